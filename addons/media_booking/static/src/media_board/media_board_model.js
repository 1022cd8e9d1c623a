import { KeepLast } from "@web/core/utils/concurrency";
import { Model } from "@web/model/model";
import { getToday, parseDay, TimeAxis } from "./time_axis";

const OPTION = "option";

/** Loads a page of faces with their bookings in the window of time. */
export class MediaBoardModel extends Model {
    setup({ archInfo }) {
        this.keepLast = new KeepLast();
        const start = archInfo.start ? parseDay(archInfo.start) : getToday();
        this.axis = new TimeAxis(archInfo.scale, start);
        this.limit = archInfo.limit;
        this.offset = 0;
        /** First and last day on which the faces have to be free. */
        this.free = archInfo.free || null;
        this.searchParams = {};
        this.length = 0;
        this.total = 0;
        this.rows = [];
        this.rights = {};
    }

    /** @override */
    async load({ domain, context }) {
        this.searchParams = { domain, context };
        this.offset = 0;
        // The renderer gets the same model: it does not see by itself what has changed.
        await this.reload();
    }

    async reload() {
        await this.fetch();
        this.notify();
    }

    get params() {
        return {
            domain: this.searchParams.domain,
            date_from: this.axis.start.toISODate(),
            date_to: this.axis.end.toISODate(),
            free: this.free,
        };
    }

    async fetch() {
        const { context } = this.searchParams;
        const data = await this.keepLast.add(
            this.orm.call("media.face", "get_board", [], {
                ...this.params,
                limit: this.limit,
                offset: this.offset,
                context,
            }),
        );
        this.length = data.length;
        this.total = data.total;
        this.rights = data.rights;
        this.currencyId = data.currency;
        this.rows = data.faces.map((face) => this.makeRow(face));
    }

    makeRow(face) {
        const bars = face.bars.map((bar) => this.makeBar(bar)).filter(Boolean);
        return {
            ...face,
            bars: bars.filter((bar) => bar.state !== OPTION),
            options: bars.filter((bar) => bar.state === OPTION),
            closed: this.makeClosed(face),
            windows: (face.windows || []).map((span) => this.makeSpan(span)),
        };
    }

    makeBar([from, to, state, label, id, detail]) {
        const place = this.axis.place(parseDay(from), parseDay(to));
        return place && { from, to, state, label, id: id || null, detail, ...place };
    }

    makeSpan([from, to, label]) {
        return { from, to, label, ...this.axis.place(parseDay(from), parseDay(to)) };
    }

    /** @returns {Object[]} when the face cannot be let: outside its dates, its permit */
    makeClosed(face) {
        const { start, end } = this.axis;
        const spans = [];
        if (face.opens && parseDay(face.opens) > start) {
            spans.push([start, parseDay(face.opens).minus({ days: 1 }), "closed"]);
        }
        for (const [day, reason] of face.ends || []) {
            spans.push([parseDay(day).plus({ days: 1 }), end, reason, day]);
        }
        return spans
            .map(([from, to, reason, day]) => {
                const place = this.axis.place(from, to);
                return place && { reason, day, ...place };
            })
            .filter(Boolean);
    }

    async setAxis(axis) {
        this.axis = axis;
        await this.reload();
    }

    async setFree(free) {
        this.free = free;
        this.offset = 0;
        await this.reload();
    }

    async setPage({ offset, limit }) {
        this.offset = offset;
        this.limit = limit;
        await this.reload();
    }

    hasData() {
        return this.rows.length > 0;
    }
}
