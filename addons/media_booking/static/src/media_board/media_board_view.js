import { registry } from "@web/core/registry";
import { MediaBoardArchParser } from "./media_board_arch_parser";
import { MediaBoardController } from "./media_board_controller";
import { MediaBoardModel } from "./media_board_model";
import { MediaBoardRenderer } from "./media_board_renderer";

/** Faces × time: which face is free when, and who takes it until when. */
export const mediaBoardView = {
    type: "media_board",
    ArchParser: MediaBoardArchParser,
    Controller: MediaBoardController,
    Model: MediaBoardModel,
    Renderer: MediaBoardRenderer,
    searchMenuTypes: ["filter", "favorite"],

    props(genericProps, view) {
        const archInfo = new view.ArchParser().parse(genericProps.arch);
        return {
            ...genericProps,
            archInfo: { ...archInfo, ...genericProps.state?.board },
            Model: view.Model,
            Renderer: view.Renderer,
        };
    },
};

registry.category("views").add("media_board", mediaBoardView);
