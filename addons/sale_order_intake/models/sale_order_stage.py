from odoo import SUPERUSER_ID, api, fields, models

from .sale_order_requirement import TICKS

#: What ``_intake_missing`` looks at.
MISSING_FIELDS = (
    *TICKS,
    *("state", "intake_channel_id", "commitment_date", "settlement_type"),
    *("payment_mode", "packing_method", "order_class", "surcharge_waiver"),
    *("is_complete_set", "project_name", "project_address", "partner_id"),
    *("intake_document_ids", "order_line.product_id", "order_line.product_uom_qty"),
    *("order_line.price_unit", "order_line.surcharge_line_id"),
)


class SaleOrder(models.Model):
    """Where an order stands on the desk, and since when it is effective."""

    _inherit = "sale.order"

    intake_stage = fields.Selection(
        [
            ("information", "Information"),
            ("requirement", "Requirement Confirmation"),
            ("review", "Order Review"),
            ("quotation", "Quotation"),
            ("sheet", "Sign Sheet"),
            ("instruction", "Production Instruction"),
        ],
        readonly=True,
        copy=False,
        index="btree_not_null",
        group_expand=True,
    )
    effective_on = fields.Datetime(
        readonly=True,
        copy=False,
        tracking=True,
        help="The later of the customer's signature, the review and the payment that "
        "the settlement type requires.",
    )
    intake_missing_text = fields.Text(
        string="Missing", compute="_compute_intake_missing", groups="base.group_user"
    )

    @api.depends(*MISSING_FIELDS)
    @api.depends_context("lang")
    def _compute_intake_missing(self):
        missing = self._intake_open()._intake_missing()
        for order in self:
            order.intake_missing_text = "\n".join(missing.get(order.id, []))

    # === FOLLOW === #

    def _intake_follow(self):
        """Bring the desk's columns in line with the orders after any change."""
        orders = self._intake_orders()
        waiting = orders._intake_open()
        # Confirmed before the desk was switched on, or cancelled: left as they are.
        orders = waiting | orders.filtered(
            lambda order: order.state == "sale" and order.intake_stage
        )
        if waiting:
            waiting._intake_follow_requirement()
            waiting._intake_follow_confirmation()
            missing = waiting._intake_missing()
            complete = waiting.filtered(lambda order: order.id not in missing)
            complete._intake_follow_risk()
        orders.filtered(lambda order: order.state == "sale")._intake_follow_effective()
        for order in orders:
            stage = order._intake_get_stage()
            if stage != order.intake_stage:
                before = order.intake_stage
                order._intake_write({"intake_stage": stage})
                order._intake_after_stage(before)

    def _intake_get_stage(self):
        """Return the stage of the single order; each is left when its work is done."""
        self.ensure_one()
        work = (
            (
                "information",
                lambda: self.clarify_open or self._intake_missing_entries(),
            ),
            ("requirement", self._intake_missing_requirement),
            ("review", lambda: not self._intake_is_reviewed()),
            ("quotation", self._is_to_quote),
        )
        if self.state == "sale":
            return "instruction" if self.effective_on else "sheet"
        return next((stage for stage, is_open in work if is_open()), "sheet")

    def _is_to_quote(self):
        """Tell whether the reviewed order was not sent to the customer yet."""
        return self.state == "draft" and not self.customer_confirmed_on

    def _intake_is_reviewed(self):
        """Tell whether the review of the single order passed; extend with super()."""
        self.ensure_one()
        return self.risk_state != "flagged" and (
            self.state == "sale" or self._is_intake_checked()
        )

    def _intake_after_stage(self, before):
        """Tell the next people when the single order enters its stage."""
        stage = self.intake_stage
        if stage == "review" and self.risk_state != "flagged":
            self._intake_remind(self.env._("Check the order"))
            self._intake_tell("received")
        elif stage in {"quotation", "sheet"} and before == "review":
            self._intake_follow_responsible()

    def _intake_follow_responsible(self):
        """Assign the reviewed order to the desk, unless somebody was chosen."""
        user = self._get_desk_user()
        # sudo: column of colleagues
        if user and not self.sudo().intake_responsible_id:
            self._intake_assign(user)

    # === EFFECTIVE === #

    def _intake_effective_parts(self):
        """Return ``{name: datetime or False}`` of what makes the order effective.

        Extend with ``super()``; a part that is not there yet is False.
        """
        self.ensure_one()
        parts = {"review": self._get_reviewed_on()}
        if self._needs_customer_signature():
            parts["signature"] = self.customer_confirmed_on
        if self.settlement_type == "prepayment":
            parts["payment"] = self._get_prepaid_on()
        return parts

    def _get_reviewed_on(self):
        """Return when the last check or clearing was written."""
        # sudo: the log counts whoever reads
        log = self.env["order.intake.log"].sudo()
        rows = log.search(
            [("order_id", "=", self.id), ("kind", "in", ("check", "clear"))], limit=1
        )
        return rows.logged_at or self.date_order

    def _get_prepaid_on(self):
        """Return when the prepayment was complete, or False."""
        order = self.sudo()  # payments and invoices of the order
        share = order.prepayment_percent if order.require_payment else 1.0
        required = order.currency_id.round(order.amount_total * share)
        invoices = order.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )
        paid = sum(
            invoice.amount_total - invoice.amount_residual for invoice in invoices
        )
        if (
            order.currency_id.compare_amounts(max(paid, order.amount_paid), required)
            < 0
        ):
            return False
        done = order.transaction_ids.filtered(lambda tx: tx.state == "done")
        dates = [date for date in done.mapped("last_state_change") if date]
        return max(dates) if dates else fields.Datetime.now()

    def _intake_follow_effective(self):
        """Make confirmed orders effective whose parts are all there."""
        for order in self.filtered(lambda order: not order.effective_on):
            parts = order._intake_effective_parts().values()
            if all(parts):
                order._intake_write({"effective_on": max(parts)})
                order._intake_log("effective")
                order._intake_after_effective()

    def _intake_after_effective(self):
        """Hook: the single order is effective; tell seller and customer."""
        self._intake_write({"follow_stage": "place"})
        self.sudo().message_post(  # sudo: also when the customer's payment does it
            body=self.env._("The order is effective and to be shipped."),
            partner_ids=self.user_id.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
        self._intake_tell("effective")

    @api.model
    def _cron_intake_effective(self):
        """Look for payments that made confirmed orders effective meanwhile."""
        orders = self.search(
            [
                ("state", "=", "sale"),
                ("effective_on", "=", False),
                ("company_id.order_intake", "=", True),
                ("intake_stage", "!=", False),
            ]
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(orders))
        for order in orders:
            # The scheduled action has no language of its own: its notes have readers.
            lang = order.user_id.lang or order.company_id.partner_id.lang
            order.with_context(lang=lang or self.env.lang)._intake_follow()
            if not cron._commit_progress(processed=1):
                break

    # === GATE === #

    def _confirm_blockers(self):
        """Block what the desk is not done with: entries, checks, risk, signature."""
        blockers = super()._confirm_blockers()
        orders = self._intake_orders()
        missing = orders._intake_missing()
        for order in orders:
            found = [("intake", message) for message in missing.get(order.id, [])]
            found += order._get_intake_blockers()
            if found:
                blockers.setdefault(order.id, []).extend(found)
        return blockers

    def _get_intake_blockers(self):
        """Return ``[(code, message)]`` for what people still have to do."""
        self.ensure_one()
        found = []
        if self.clarify_open:
            question = self.env._(
                "Clarify with the customer: %s", self.clarify_question
            )
            found.append(("intake", question))
        if self._is_risk_order():
            found.append(("risk", self._get_risk_text()))
        if not self._is_intake_checked():
            message = self.env._("Let the order desk check the order.")
            found.append(("intake", message))
        if self._needs_customer_signature() and not self.customer_confirmed_on:
            message = self.env._(
                "The customer has not confirmed the order: send it to be signed, or "
                "register the signed copy."
            )
            found.append(("signature", message))
        if self._is_payment_awaited():
            found.append(("payment", self.env._("The customer has not paid yet.")))
        return found

    def _is_payment_awaited(self):
        """Tell whether a customer who signed still has to pay, as in core.

        The signature of an order that may not be paid yet asks for a confirmation,
        which must not come true without the payment; colleagues may go on without.
        """
        self.ensure_one()
        if not self.require_payment or self._is_confirmation_amount_reached():
            return False
        user = self.env.user
        if user.id == SUPERUSER_ID:
            user = self.sudo().confirm_requested_by or user  # who asked
        return not user._is_internal()
