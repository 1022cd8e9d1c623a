from odoo import api, fields, models
from odoo.exceptions import UserError

FOLLOW_STAGES = ("take", "place", "production", "quality", "ship")


class SaleOrder(models.Model):
    """What the customer sees and is told, and how the order gets on."""

    _inherit = "sale.order"

    follow_stage = fields.Selection(
        [
            ("take", "Take order"),
            ("place", "Place order"),
            ("production", "Production follow-up"),
            ("quality", "Quality check"),
            ("ship", "Pack and ship"),
        ],
        string="Progress",
        readonly=True,
        copy=False,
    )
    intake_status = fields.Selection(
        [
            ("received", "Received"),
            ("clarify", "To be clarified"),
            ("risk", "Please amend or cancel"),
            ("checking", "Being checked"),
            ("to_sign", "To be confirmed by you"),
            ("to_pay", "To be paid"),
            ("to_ship", "To ship"),
            ("partial", "Partly shipped"),
            ("shipped", "Shipped"),
            ("cancelled", "Cancelled"),
        ],
        string="Order Status",
        compute="_compute_intake_status",
        compute_sudo=True,
    )

    @api.depends(
        "state",
        "intake_stage",
        "risk_state",
        "effective_on",
        "clarify_open",
        "customer_confirmed_on",
        "delivery_status",
    )
    def _compute_intake_status(self):
        for order in self:
            order.intake_status = order.order_intake and order._get_intake_status()

    def _get_intake_status(self):
        """Return the status of the single order in the customer's terms."""
        shipped = {"full": "shipped", "partial": "partial", "started": "partial"}
        early = self.intake_stage in {"information", "requirement", False}
        unsigned = self._needs_customer_signature() and not self.customer_confirmed_on
        states = (
            ("cancelled", self.state == "cancel"),
            (shipped.get(self.delivery_status), self.delivery_status in shipped),
            ("risk", self.risk_state == "flagged"),
            ("clarify", self.clarify_open),
            ("to_ship", self.effective_on),
            ("received", early),
            ("checking", self.intake_stage == "review"),
            ("to_sign", unsigned),
            ("to_pay", self.settlement_type == "prepayment"),
        )
        return next((status for status, holds in states if holds), "checking")

    # === VERBS === #

    def intake_follow_next(self, note=None):
        """Take the effective order to its next stage of progress."""
        self._intake_check_access()
        if not self.effective_on:
            raise UserError(
                self.env._(
                    "%s is not effective yet: production waits for signature, review "
                    "and payment.",
                    self.display_name,
                )
            )
        position = FOLLOW_STAGES.index(self.follow_stage or "take")
        if position + 1 == len(FOLLOW_STAGES):
            raise UserError(
                self.env._("%s is packed and shipped already.", self.display_name)
            )
        stage = FOLLOW_STAGES[position + 1]
        self._intake_write({"follow_stage": stage})
        note = self._intake_text(note, self.env._("Progress")) if note else False
        self._intake_log("follow", note, event=stage)
        return True

    def intake_tell_progress(self, text):
        """Tell the customer how the order gets on."""
        self._intake_check_access()
        text = self._intake_text(text, self.env._("Progress"))
        self._intake_log("follow", text, event=self.follow_stage)
        self.message_post(
            body=text,
            partner_ids=self.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        return True

    def intake_report_exception(self, kind, description):
        """Report a delay or shortage and tell the customer.

        :param str kind: delay, shortage or other
        """
        self._intake_check_access()
        exceptions = self.env["order.exception"]
        if kind not in dict(exceptions._fields["kind"].selection):
            raise UserError(self.env._("Choose delay, shortage or other."))
        description = self._intake_text(description, self.env._("What happened"))
        responsible = self._get_desk_user()
        exceptions._append(
            [
                {
                    "order_id": self.id,
                    "kind": kind,
                    "description": description,
                    "reported_by_id": self.env.uid,
                    "responsible_id": responsible.id,
                }
            ]
        )
        self._intake_remind(self.env._("Resolve with the customer"), description)
        self._intake_tell("exception", again=True)
        return True

    def intake_resolve_exception(self, exception_id, resolution):
        """Note how an exception was resolved with the customer."""
        self._intake_check_access()
        exception = self.order_exception_ids.filtered(
            lambda row: row.id == exception_id and row.state == "open"
        )
        if not exception:
            raise UserError(self.env._("This exception is resolved already."))
        exception._resolve(self._intake_text(resolution, self.env._("Resolution")))
        return True

    def action_intake_follow_next(self):
        """Take the order to its next stage of progress."""
        return self.intake_follow_next()

    def action_intake_tell(self):
        """Ask what to tell the customer."""
        return self._intake_ask("progress")

    def action_intake_exception(self):
        """Ask what happened."""
        return self._intake_ask("exception")

    # === MESSAGES === #

    def _intake_tell(self, event, again=False):
        """Send the customer the message of the event, if the company has one.

        :param bool again: also when the customer was told before
        """
        self.ensure_one()
        # sudo: messages come from the desk, whoever caused them
        order = self.sudo()
        template = order.env["order.status.message"]._get_template(
            event, order.company_id
        )
        told = order.intake_log_ids.filtered(
            lambda row: row.kind == "told" and row.event == event
        )
        if not template or (told and not again):
            return
        order.message_post_with_source(
            template,
            email_layout_xmlid="mail.mail_notification_light",
            message_type="auto_comment",  # shown on the portal, unlike notifications
            subtype_xmlid="mail.mt_comment",
        )
        labels = self.env["order.status.message"]._fields["event"]
        note = dict(labels._description_selection(self.env))[event]
        self._intake_log("told", note, event=event)
