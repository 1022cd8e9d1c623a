import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";

/** What the server stops counting at: see `review_inbox_tabs`. */
const MAX_COUNT = 1000;

/** The tabs in their order; `urgent` ones wait for the person at the screen. */
const TABS = [
    {
        id: "todo",
        label: _t("My Approvals"),
        action: "base_review.review_task_action",
        urgent: true,
    },
    {
        id: "submitted",
        label: _t("Submitted by Me"),
        action: "base_review.review_request_action",
    },
    {
        id: "done",
        label: _t("Done by Me"),
        action: "base_review.review_task_action_done",
    },
    {
        id: "cc",
        label: _t("Copied to Me"),
        action: "base_review.review_notice_action",
        urgent: true,
    },
];

/** The four lists of the inbox as tabs, with what each of them holds. */
export class InboxTabs extends Component {
    static template = "base_review.InboxTabs";
    static props = { current: { type: String, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.tabs = TABS;
        this.state = useState({ counts: {} });
        onWillStart(() => this.loadCounts());
        // Every reload of the list, as after a decision, renders the tabs again.
        onWillUpdateProps(() => {
            this.loadCounts();
        });
    }

    async loadCounts() {
        this.state.counts = await this.orm.silent.call(
            "review.task",
            "review_inbox_tabs",
            [],
        );
    }

    /** @returns {string} the count as shown, empty for none */
    formatCount(tab) {
        const count = this.state.counts[tab.id] || 0;
        if (count >= MAX_COUNT) {
            return `${MAX_COUNT - 1}+`;
        }
        return count ? String(count) : "";
    }

    /** @returns {string} the class of the count: red-letter only what waits for me */
    countClass(tab) {
        return tab.urgent ? "text-bg-primary" : "text-bg-secondary";
    }

    async open(tab) {
        await this.action.doAction(tab.action, { clearBreadcrumbs: true });
    }
}

export class InboxControlPanel extends ControlPanel {
    static template = "base_review.InboxControlPanel";
    static components = { ...ControlPanel.components, InboxTabs };

    /** @returns {string|undefined} the tab of the action on the screen */
    get currentTab() {
        return this.env.searchModel.globalContext.review_inbox_tab;
    }
}

registry.category("views").add("review_inbox_list", {
    ...listView,
    ControlPanel: InboxControlPanel,
});
registry.category("views").add("review_inbox_kanban", {
    ...kanbanView,
    ControlPanel: InboxControlPanel,
});
