from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """An order that the company does not accept, and how its customer is told."""

    _inherit = "sale.order"

    refusal_reason = fields.Text(
        string="Not Accepted Because",
        readonly=True,
        copy=False,
        help="What the customer was told.",
    )
    refusal_ids = fields.One2many(
        "order.refusal",
        "order_id",
        string="Refusals",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )
    refusal_open = fields.Boolean(
        compute="_compute_refusal_open", groups="base.group_user"
    )

    @api.depends("refusal_ids.state", "feasibility_state")
    def _compute_refusal_open(self):
        # sudo: what is asked counts whoever reads the order
        asked = self.env["order.refusal"].sudo()
        asked = asked.search([("order_id", "in", self.ids), ("state", "=", "asked")])
        order_ids = set(asked.order_id.ids)
        for order in self:
            order.refusal_open = order._origin.id in order_ids

    def write(self, vals):
        if vals.get("state") in {"draft", "sent", "sale"}:
            self._check_not_refused()
        result = super().write(vals)
        if vals.get("state") in {"sale", "cancel"}:
            self._get_asked_refusals()._void()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_refusal(self):
        # sudo: refusals count whoever deletes
        refusals = self.env["order.refusal"].sudo()
        asked = refusals.search([("order_id", "in", self.ids)], limit=1)
        if asked:
            raise UserError(
                self.env._(
                    "The management was asked about %s: cancel it instead of "
                    "deleting it.",
                    asked.order_name,
                )
            )

    def _check_not_refused(self):
        """What the management refused is not taken up again behind its back."""
        for order in self:
            if order.feasibility_state == "refused":
                raise UserError(
                    self.env._(
                        "%s was not accepted by the management: enter a new order, "
                        "which is reviewed again.",
                        order.display_name,
                    )
                )

    # === VERBS === #

    def intake_ask_refusal(self, kind, reason):
        """Ask the management not to accept the order."""
        self._intake_check_access()
        self._intake_check_open()
        refusals = self.env["order.refusal"]
        if kind not in dict(refusals._fields["kind"].selection):
            raise UserError(self.env._("Choose why the order is not accepted."))
        reason = self._intake_text(reason, self.env._("Why"))
        if self._get_asked_refusals():
            raise UserError(
                self.env._(
                    "The management is asked about %s already.", self.display_name
                )
            )
        refusal = refusals._append([self._prepare_refusal(kind, reason)])
        refusal._ask_deciders()
        self._intake_log("refusal", reason, event="asked")
        return True

    def _prepare_refusal(self, kind, reason):
        """Return what the management decides about."""
        return {
            "order_id": self.id,
            "order_name": self.name,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "amount_total": self.amount_total,
            "kind": kind,
            "reason": reason,
            "feasibility_text": self._get_feasibility().opinion_text,
            "asked_by_id": self.env.uid,
        }

    def _get_asked_refusals(self):
        # sudo: what is asked counts whoever looks
        refusals = self.env["order.refusal"].sudo()
        return refusals.search([("order_id", "in", self.ids), ("state", "=", "asked")])

    # === ENGINE === #

    def _follow_refusal(self, refusal):
        """Take over the decision of the management, in the name of who took it."""
        self._intake_log("refusal", refusal.decision, event=refusal.state)
        if refusal.state == "refused":
            self._intake_refuse(refusal)
            return
        if self.feasibility_state in {"infeasible", "negotiation"}:
            # The management wants the order: the departments are asked once more.
            self._intake_write(
                {"feasibility_state": "none", "feasibility_print": False}
            )
        self._feasibility_remind(
            refusal.asked_by_id,
            self.env._("The management accepts the order"),
            refusal.decision,
        )
        self._intake_follow()

    def _intake_refuse(self, refusal):
        """Cancel the single order as refused, and tell the customer why."""
        self._intake_check_open()
        self._get_feasibility()._void(self.env._("The order is not accepted."))
        self._intake_write(
            {"feasibility_state": "refused", "refusal_reason": refusal.decision}
        )
        self._action_cancel()
        self._feasibility_remind(
            refusal.asked_by_id,
            self.env._("The order is not accepted: the customer was told"),
            refusal.decision,
        )
        self._refusal_tell()

    def _refusal_tell(self):
        """Send the customer the reason, with the company's message or the shipped."""
        messages = self.env["order.status.message"]
        template = messages._get_template("refused", self.company_id)
        template = template or self.env.ref(
            "sale_order_intake.mail_template_refused", raise_if_not_found=False
        )
        if template:
            self.message_post_with_source(
                template,
                email_layout_xmlid="mail.mail_notification_light",
                subtype_xmlid="mail.mt_comment",
            )
        else:
            self.message_post(
                body=self.refusal_reason,
                partner_ids=self.partner_id.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        self._intake_log("told", event="refused")


class OrderIntakeLog(models.Model):
    _inherit = "order.intake.log"

    kind = fields.Selection(
        selection_add=[("feasibility", "Feasibility"), ("refusal", "Refusal")],
        ondelete={"feasibility": "cascade", "refusal": "cascade"},
    )


class OrderStatusMessage(models.Model):
    _inherit = "order.status.message"

    event = fields.Selection(
        selection_add=[("refused", "Not accepted")], ondelete={"refused": "cascade"}
    )
