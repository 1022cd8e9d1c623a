import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** Of each zoom: unit of a column, number of columns, and what stands above them. */
export const SCALES = {
    day: { unit: "day", count: 42, description: _t("Day"), hotkey: "d" },
    week: { unit: "week", count: 26, description: _t("Week"), hotkey: "w" },
    month: { unit: "month", count: 18, description: _t("Month"), hotkey: "m" },
};

/**
 * @param {DateTime} from
 * @param {DateTime} to
 * @returns {number} days from `from` until `to`, 0 for the same day
 */
export function countDays(from, to) {
    return Math.round(to.diff(from, "days").days);
}

/** @returns {DateTime} midnight of an ISO date, in a zone without summer time */
export function parseDay(text) {
    return DateTime.fromISO(text, { zone: "utc" });
}

/** @returns {DateTime} midnight of the day that it is here, as `parseDay` has it */
export function getToday() {
    return parseDay(DateTime.local().toISODate());
}

/** The columns of the board: consecutive days, weeks from Monday, or months. */
export class TimeAxis {
    /**
     * @param {string} scale key of `SCALES`
     * @param {DateTime} day any day of the first column
     */
    constructor(scale, day) {
        const { unit, count } = SCALES[scale];
        this.scale = scale;
        this.unit = unit;
        this.start = day.startOf(unit);
        this.end = this.start.plus({ [unit]: count }).minus({ days: 1 });
        this.days = countDays(this.start, this.end) + 1;
        this.columns = Array.from({ length: count }, (_value, index) =>
            this.makeColumn(index),
        );
        this.groups = this.groupColumns();
    }

    makeColumn(index) {
        const from = this.start.plus({ [this.unit]: index });
        const to = from.plus({ [this.unit]: 1 }).minus({ days: 1 });
        const labels = { day: from.day, week: from.weekNumber, month: from.month };
        return {
            key: from.toISODate(),
            from,
            to,
            days: countDays(from, to) + 1,
            label: String(labels[this.scale]),
            isWeekend: this.scale === "day" && from.weekday > 5,
        };
    }

    /** @returns {Object[]} months, or years, with the number of days they take */
    groupColumns() {
        const format = this.scale === "month" ? "yyyy" : "yyyy-MM";
        const groups = [];
        for (const column of this.columns) {
            const label = column.from.toFormat(format);
            if (groups.at(-1)?.label !== label) {
                groups.push({ label, days: 0 });
            }
            groups.at(-1).days += column.days;
        }
        return groups;
    }

    /**
     * @param {number} steps columns to move, negative into the past
     * @returns {TimeAxis}
     */
    move(steps) {
        return new TimeAxis(this.scale, this.start.plus({ [this.unit]: steps }));
    }

    /** @returns {TimeAxis} the same time seen from nearer or farther */
    zoom(scale) {
        return new TimeAxis(scale, this.start);
    }

    /** @returns {number} index of the column at a part (0 to 1) of the width */
    columnAt(part) {
        const day = Math.min(this.days - 1, Math.max(0, Math.floor(part * this.days)));
        const date = this.start.plus({ days: day });
        return this.columns.findLastIndex((column) => column.from <= date);
    }

    /**
     * @param {DateTime} from
     * @param {DateTime} to last day, included
     * @returns {{left: number, width: number}|null} percentages, `null` outside
     */
    place(from, to) {
        const first = Math.max(0, countDays(this.start, from));
        const last = Math.min(this.days - 1, countDays(this.start, to));
        if (last < first) {
            return null;
        }
        const percent = 100 / this.days;
        return { left: first * percent, width: (last - first + 1) * percent };
    }
}
