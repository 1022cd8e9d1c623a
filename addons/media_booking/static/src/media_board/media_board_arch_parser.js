import { SCALES } from "./time_axis";

const DEFAULT_LIMIT = 80;

/** Reads `<media_board scale="week" limit="80"/>`. */
export class MediaBoardArchParser {
    /**
     * @param {Element} arch
     * @returns {{scale: string, limit: number}}
     */
    parse(arch) {
        const scale = arch.getAttribute("scale");
        const limit = Number.parseInt(arch.getAttribute("limit"), 10);
        return {
            scale: scale in SCALES ? scale : "week",
            limit: limit > 0 ? limit : DEFAULT_LIMIT,
        };
    }
}
