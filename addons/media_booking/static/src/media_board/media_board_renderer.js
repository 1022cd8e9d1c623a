import { Component, onPatched, useExternalListener, useRef, useState } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatMonetary } from "@web/views/fields/formatters";
import { BoardSelection } from "./board_selection";
import { countDays, getToday } from "./time_axis";

export const STATES = {
    hold: _t("Hold"),
    booked: _t("Booked"),
    posted: _t("Posted"),
    removed: _t("Removed"),
    taken: _t("Taken"),
    filler: _t("Filler"),
    option: _t("Option"),
    maintenance: _t("Maintenance"),
    part: _t("Partly taken"),
    full: _t("Full"),
};

const CLOSED = {
    closed: _t("Not to let"),
    end: _t("To let until %s"),
    permit: _t("Permit ends on %s"),
    lease: _t("Lease ends on %s"),
};

const STEPS = {
    ArrowLeft: { row: 0, column: -1 },
    ArrowRight: { row: 0, column: 1 },
    ArrowUp: { row: -1, column: 0 },
    ArrowDown: { row: 1, column: 0 },
    Home: { row: 0, column: -Infinity },
    End: { row: 0, column: Infinity },
};

/** The grid: pointer and keyboard choose cells, the controller does the rest. */
export class MediaBoardRenderer extends Component {
    static template = "media_booking.MediaBoardRenderer";
    static props = {
        model: Object,
        onTake: Function,
        onOpenBooking: Function,
        onOpenFace: Function,
        onMove: Function,
    };

    setup() {
        this.gridRef = useRef("grid");
        this.selection = useState(new BoardSelection());
        this.isDragging = false;
        useExternalListener(window, "pointerup", () => this.onPointerUp());
        useExternalListener(window, "pointercancel", () => this.onPointerUp());
        onPatched(() => this.showCursor());
    }

    get model() {
        return this.props.model;
    }

    get axis() {
        return this.model.axis;
    }

    /** @returns {number|null} where today is, in percent of the width */
    get todayLeft() {
        return this.axis.place(getToday(), getToday())?.left ?? null;
    }

    // === WORDS === //

    formatPrice(row) {
        if (!row.price) {
            return "";
        }
        const digits = Number.isInteger(row.price) ? [16, 0] : null;
        return formatMonetary(row.price, { currencyId: this.model.currencyId, digits });
    }

    formatBar(bar) {
        if (bar.state === "part" || bar.state === "full") {
            return bar.label;
        }
        return bar.label || STATES[bar.state];
    }

    /** @returns {string} everything known about a bar, in one line */
    describeBar(bar) {
        const parts = [STATES[bar.state], bar.label, `${bar.from} – ${bar.to}`];
        if (bar.state === "hold" && bar.detail) {
            const until = formatDateTime(deserializeDateTime(bar.detail));
            parts.push(_t("until %s", until));
        }
        return parts.filter(Boolean).join(" · ");
    }

    describeClosed(closed) {
        const text = CLOSED[closed.reason];
        return closed.day ? text.replace("%s", closed.day) : text;
    }

    /** @returns {string} what is selected, for the eye and for a screen reader */
    get selectionText() {
        const { from, to, rows } = this.chosen;
        const days = _t("%s days", countDays(from, to) + 1);
        const faces = rows.length > 1 ? _t("%s faces", rows.length) : rows[0].code;
        return [faces, `${from.toISODate()} – ${to.toISODate()}`, days].join(" · ");
    }

    // === SELECTION === //

    get chosen() {
        const [top, bottom] = this.selection.range("row");
        const [left, right] = this.selection.range("column");
        return {
            rows: this.model.rows.slice(top, bottom + 1),
            from: this.axis.columns[left].from,
            to: this.axis.columns[right].to,
        };
    }

    /** @returns {boolean} whether there is a selection, and its rows are still shown */
    get hasSelection() {
        return !this.selection.isEmpty && this.chosen.rows.length > 0;
    }

    get selectionPlace() {
        return this.axis.place(this.chosen.from, this.chosen.to);
    }

    take() {
        if (this.hasSelection) {
            const { rows, from, to } = this.chosen;
            this.props.onTake(rows, from.toISODate(), to.toISODate());
        }
    }

    showCursor() {
        if (this.wasKeyboard) {
            const cursor = this.gridRef.el.querySelector(".o_media_board_selection");
            cursor?.scrollIntoView({ block: "nearest", inline: "nearest" });
            this.wasKeyboard = false;
        }
    }

    // === POINTER === //

    findCell(ev, row) {
        const { left, width } = ev.currentTarget.getBoundingClientRect();
        const isTurned = getComputedStyle(ev.currentTarget).direction === "rtl";
        const part = (ev.clientX - left) / width;
        return { row, column: this.axis.columnAt(isTurned ? 1 - part : part) };
    }

    onPointerDown(ev, row) {
        if (ev.button || ev.pointerType === "touch") {
            return;
        }
        this.isDragging = true;
        this.hasMoved = false;
        this.selection.set(this.findCell(ev, row), ev.shiftKey);
    }

    onPointerMove(ev, row) {
        if (!this.isDragging) {
            return;
        }
        this.selection.set(this.findCell(ev, row), true);
        this.hasMoved ||= !this.selection.isCell;
    }

    onPointerUp() {
        const isChoice = this.isDragging && this.hasMoved && !this.selection.isCell;
        this.isDragging = false;
        if (isChoice) {
            this.take();
        }
    }

    /** A finger scrolls; a tap chooses a cell, a second one in the row extends it. */
    onClickTrack(ev, row) {
        if (ev.pointerType === "touch") {
            const extend = this.selection.isCell && this.selection.hasRow(row);
            this.selection.set(this.findCell(ev, row), extend);
        }
    }

    onClickBar(bar) {
        if (bar.id && !this.hasMoved) {
            this.props.onOpenBooking(bar.id);
        }
    }

    // === KEYBOARD === //

    onKeydown(ev) {
        const step = STEPS[ev.key];
        if (ev.target !== this.gridRef.el || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        if (step && this.model.rows.length) {
            const rows = this.model.rows.length;
            const columns = this.axis.columns.length;
            this.selection.move(step, { rows, columns }, ev.shiftKey);
            this.wasKeyboard = true;
        } else if (!this.onCommandKey(ev.key)) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** @returns {boolean} whether the key is one of ours */
    onCommandKey(key) {
        const commands = {
            Enter: () => this.take(),
            Escape: () => this.selection.clear(),
            " ": () => this.openUnderCursor(),
            PageDown: () => this.props.onMove(1),
            PageUp: () => this.props.onMove(-1),
        };
        commands[key]?.();
        return key in commands;
    }

    openUnderCursor() {
        if (!this.hasSelection) {
            return;
        }
        const { rows, from, to } = this.chosen;
        const [first, last] = [from.toISODate(), to.toISODate()];
        const bar = rows[0].bars.find(
            (one) => one.id && one.from <= last && one.to >= first,
        );
        if (bar) {
            this.props.onOpenBooking(bar.id);
        }
    }
}
