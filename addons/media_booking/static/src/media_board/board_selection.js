/** Cells chosen on the board: from an anchor to the cursor. */
export class BoardSelection {
    constructor() {
        this.clear();
    }

    clear() {
        this.cursor = null;
        this.anchor = null;
    }

    get isEmpty() {
        return !this.cursor;
    }

    get isCell() {
        const { cursor, anchor } = this;
        return cursor?.row === anchor?.row && cursor?.column === anchor?.column;
    }

    /** @returns {[number, number]} first and last index of `key`: row or column */
    range(key) {
        const ends = [this.anchor[key], this.cursor[key]];
        return [Math.min(...ends), Math.max(...ends)];
    }

    hasRow(row) {
        if (this.isEmpty) {
            return false;
        }
        const [first, last] = this.range("row");
        return first <= row && row <= last;
    }

    /** Put the cursor on a cell; the anchor stays where it is to extend. */
    set(cell, extend = false) {
        this.cursor = cell;
        if (!extend || !this.anchor) {
            this.anchor = cell;
        }
    }

    /**
     * Move the cursor by a step inside a board of `rows` × `columns`.
     *
     * @param {{row: number, column: number}} step
     * @param {{rows: number, columns: number}} size
     * @param {boolean} extend
     */
    move(step, size, extend) {
        if (this.isEmpty) {
            this.set({ row: 0, column: 0 });
            return;
        }
        const clamp = (value, count) => Math.min(count - 1, Math.max(0, value));
        const row = clamp(this.cursor.row + step.row, size.rows);
        const column = clamp(this.cursor.column + step.column, size.columns);
        this.set({ row, column }, extend);
    }
}
