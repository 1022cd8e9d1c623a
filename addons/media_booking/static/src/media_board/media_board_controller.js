import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { useBus, useService } from "@web/core/utils/hooks";
import { useModel } from "@web/model/model";
import { useSetupAction } from "@web/search/action_hook";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { usePager } from "@web/search/pager_hook";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { ActionHelper } from "@web/views/action_helper";
import { standardViewProps } from "@web/views/standard_view_props";
import { ViewScaleSelector } from "@web/views/view_components/view_scale_selector";
import { MediaHoldDialog } from "../media_hold_dialog/media_hold_dialog";
import { STATES } from "./media_board_renderer";
import { getToday, SCALES, TimeAxis } from "./time_axis";

/** Part of the window that one step moves it by. */
const STEP = 2;
const LEGEND = ["booked", "posted", "hold", "taken", "option", "filler", "maintenance"];

/** The toolbar of the board, and what happens with what was chosen on it. */
export class MediaBoardController extends Component {
    static template = "media_booking.MediaBoardView";
    static components = {
        ActionHelper,
        CogMenu,
        Layout,
        SearchBar,
        ViewScaleSelector,
    };
    static props = {
        ...standardViewProps,
        Model: Function,
        Renderer: Function,
        archInfo: Object,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.rootRef = useRef("root");
        this.scales = SCALES;
        this.legend = LEGEND.map((state) => ({ state, label: STATES[state] }));
        this.model = useModel(this.props.Model, { archInfo: this.props.archInfo });
        useBus(this.model.bus, "update", () => this.render(true));
        useSetupAction({
            rootRef: this.rootRef,
            getLocalState: () => ({ board: this.state }),
        });
        this.searchBarToggler = useSearchBarToggler();
        usePager(() => this.pager);
    }

    get state() {
        const { axis, limit, free } = this.model;
        return { scale: axis.scale, start: axis.start.toISODate(), limit, free };
    }

    get pager() {
        const { offset, limit, length } = this.model;
        return {
            offset,
            limit,
            total: length,
            onUpdate: (page) => this.model.setPage(page),
        };
    }

    get countText() {
        const { length, total, free } = this.model;
        return free ? _t("%(free)s of %(total)s free", { free: length, total }) : "";
    }

    // === TIME === //

    move(direction) {
        const step = Math.floor(this.model.axis.columns.length / STEP);
        return this.model.setAxis(this.model.axis.move(direction * step));
    }

    goToToday() {
        return this.model.setAxis(new TimeAxis(this.model.axis.scale, getToday()));
    }

    setScale(scale) {
        return this.model.setAxis(this.model.axis.zoom(scale));
    }

    /** Ask for the faces that are free between two days; with one only, wait. */
    onFreeChange(index, value) {
        const free = [...(this.model.free || ["", ""])];
        free[index] = value;
        if (!free[0] || (free[1] && free[1] < free[0])) {
            free[1 - index] = value;
        }
        return this.model.setFree(free[0] && free[1] ? free : null);
    }

    clearFree() {
        return this.model.setFree(null);
    }

    // === WHAT WAS CHOSEN === //

    /**
     * Hold the faces, or open the enquiry that has to come first: the server knows.
     *
     * @param {Object[]} rows
     * @param {string} from
     * @param {string} to
     */
    async take(rows, from, to) {
        const ids = rows.map((row) => row.id);
        const plan = await this.orm.call("media.face", "board_prepare", [
            ids,
            from,
            to,
        ]);
        if (plan.action) {
            this.action.doAction(plan.action, { onClose: () => this.model.reload() });
            return;
        }
        this.dialog.add(MediaHoldDialog, {
            plan,
            onDone: () => this.model.reload(),
            onRetry: (row, first, last) => this.take([row], first, last),
        });
    }

    openBooking(id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "media.booking",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openFace(id) {
        this.props.selectRecord(id, {
            activeIds: this.model.rows.map((row) => row.id),
        });
    }

    // === ON PAPER === //

    print() {
        window.print();
    }

    exportXlsx() {
        return download({
            url: "/media/board/xlsx",
            data: {
                params: JSON.stringify({
                    ...this.model.params,
                    scale: this.state.scale,
                }),
            },
        });
    }

    async makeAvails() {
        const { domain, free, date_from, date_to } = this.model.params;
        const [from, to] = free || [date_from, date_to];
        const action = await this.orm.call("media.avails", "action_propose", [
            domain,
            from,
            to,
        ]);
        this.action.doAction(action);
    }
}
