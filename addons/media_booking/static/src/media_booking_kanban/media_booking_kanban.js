import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/** A card dropped on another status asks for the verb that leads there. */
export class MediaBookingKanbanRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
    }

    /** @override a status is never written, so that its field is read-only */
    get canMoveRecords() {
        return (
            this.canResequenceRecords && this.props.list.groupByField?.name === "state"
        );
    }

    /** @override */
    async sortRecordDrop(dataRecordId, dataGroupId, { parent }) {
        const { groups } = this.props.list;
        parent?.classList.remove("o_kanban_hover");
        const source = groups.find((group) => group.id === dataGroupId);
        const target = groups.find((group) => group.id === parent?.dataset.id);
        const record = source?.list.records.find(({ id }) => id === dataRecordId);
        if (!record || !target || source === target) {
            return;
        }
        this.toggleProcessing(dataRecordId, true);
        try {
            await this.moveTo(record, target.value);
        } finally {
            this.toggleProcessing(dataRecordId, false);
            await this.props.list.load();
        }
    }

    /** @returns {Promise} of the verb, or of the dialog that it needs */
    async moveTo(record, state) {
        const action = await this.orm.call("media.booking", "board_move", [
            [record.resId],
            state,
        ]);
        if (action) {
            await this.action.doAction(action, {
                onClose: () => this.props.list.load(),
            });
        }
    }
}

registry.category("views").add("media_booking_kanban", {
    ...kanbanView,
    Renderer: MediaBookingKanbanRenderer,
});
