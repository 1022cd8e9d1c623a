import { expect, test } from "@odoo/hoot";
import { BoardSelection } from "@media_booking/media_board/board_selection";
import { parseDay, TimeAxis } from "@media_booking/media_board/time_axis";

test("weeks begin on Monday and months with their first day", () => {
    const weeks = new TimeAxis("week", parseDay("2026-12-30"));
    expect(weeks.start.toISODate()).toBe("2026-12-28");
    expect(weeks.end.toISODate()).toBe("2027-06-27");
    expect(weeks.columns[0].label).toBe("53");
    expect(weeks.columns[1].label).toBe("1");
    const months = weeks.zoom("month");
    expect(months.columns.slice(0, 3).map(({ days }) => days)).toEqual([31, 31, 28]);
});

test("bars are placed by the day, both ends included, cut at the window", () => {
    const days = new TimeAxis("day", parseDay("2026-12-01"));
    const one = 100 / 42;
    const place = (from, to) => days.place(parseDay(from), parseDay(to));
    expect(place("2026-12-01", "2026-12-01")).toEqual({ left: 0, width: one });
    expect(place("2026-11-01", "2026-12-02")).toEqual({ left: 0, width: 2 * one });
    expect(place("2026-11-01", "2026-11-30")).toBe(null);
});

test("a point of the width is found in its column", () => {
    const months = new TimeAxis("month", parseDay("2026-12-15"));
    expect(months.columnAt(0)).toBe(0);
    expect(months.columnAt(31.5 / months.days)).toBe(1);
    expect(months.columnAt(1)).toBe(17);
    expect(months.columnAt(-1)).toBe(0);
});

test("the selection stays on the board and extends from its anchor", () => {
    const selection = new BoardSelection();
    const size = { rows: 3, columns: 5 };
    selection.move({ row: 1, column: 0 }, size, false);
    expect(selection.cursor).toEqual({ row: 0, column: 0 });
    selection.move({ row: 0, column: Infinity }, size, true);
    selection.move({ row: 9, column: 0 }, size, true);
    expect(selection.range("column")).toEqual([0, 4]);
    expect(selection.range("row")).toEqual([0, 2]);
    selection.move({ row: 0, column: -1 }, size, false);
    expect(selection.isCell).toBe(true);
    expect([selection.hasRow(1), selection.hasRow(2)]).toEqual([false, true]);
});
