import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { useService } from "@web/core/utils/hooks";
import { formatMonetary } from "@web/views/fields/formatters";

/** Who the chosen faces are held for; why they cannot be, and what can be done. */
export class MediaHoldDialog extends Component {
    static template = "media_booking.MediaHoldDialog";
    static components = { Dialog, RecordSelector };
    static props = {
        plan: Object,
        onDone: Function,
        onRetry: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        const { partner, refusal } = this.props.plan;
        this.state = useState({ partnerId: partner || false, refusal, busy: false });
    }

    get plan() {
        return this.props.plan;
    }

    get title() {
        return this.state.refusal ? _t("This cannot be held") : _t("Hold");
    }

    get price() {
        const { price, currency } = this.plan;
        return price ? formatMonetary(price, { currencyId: currency }) : "";
    }

    setPartner(partnerId) {
        this.state.partnerId = partnerId;
    }

    hold() {
        return this.save("hold");
    }

    queue() {
        return this.save("option");
    }

    /** @param {string} state what becomes of it: a hold, or an option behind it */
    async save(state) {
        this.state.busy = true;
        const { ids, from, to } = this.plan;
        try {
            const message = await this.orm.silent.call(
                "media.face",
                "board_hold",
                [ids, from, to],
                { partner_id: this.state.partnerId, state },
            );
            this.notification.add(message, { type: "success" });
            this.props.onDone();
            this.props.close();
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.refusal = error.data?.message || error.message;
            this.props.onDone();
        } finally {
            this.state.busy = false;
        }
    }

    /** Choose another face, or other days, which the server proposes instead. */
    retry(proposal) {
        this.props.close();
        this.props.onRetry({ id: proposal.id }, proposal.from, proposal.to);
    }
}
