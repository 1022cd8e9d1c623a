from odoo import api, fields, models

#: How the application names the sources of the order desk.
CHANNELS = {
    "website": "online",
    "telephone": "telephone",
    "mail": "email",
    "letter": "message",
    "visit": "in_person",
    "fax": "message",
    "platform": "online",
}
#: For sources that the company added, by their kind.
KINDS = {"platform": "online", "direct": "message"}


class SaleOrder(models.Model):
    """The order desk hands complete orders over to the review."""

    _inherit = "sale.order"

    order_channel = fields.Selection(
        compute="_compute_order_channel", store=True, readonly=False, precompute=True
    )

    @api.depends("intake_channel_id")
    def _compute_order_channel(self):
        for order in self:
            source = order.intake_channel_id
            known = CHANNELS.get(source.code) or KINDS.get(source.kind, "in_person")
            order.order_channel = known if source else order.order_channel

    # === SUBMISSION === #

    def _review_submit_blockers(self):
        """Only complete orders without open question or risk are submitted."""
        blockers = super()._review_submit_blockers()
        orders = self._intake_orders()
        missing = orders._intake_missing()
        for order in orders:
            messages = [f"{order.name}: {text}" for text in missing.get(order.id, [])]
            messages += [f"{order.name}: {text}" for text in order._get_open_matters()]
            if messages:
                blockers.setdefault(order.id, []).extend(messages)
        return blockers

    def _get_open_matters(self):
        """Return the open question and the open risk of the single order."""
        self.ensure_one()
        matters = []
        if self.clarify_open:
            question = self.clarify_question
            matters.append(self.env._("Clarify with the customer: %s", question))
        if self._is_risk_order():
            matters.append(self._get_risk_text())
        return matters

    # === STAGE === #

    def _intake_follow(self):
        """An application that was entered without its channel gets it, too."""
        for order in self._intake_orders():
            if order.intake_channel_id and not order.order_channel:
                order._compute_order_channel()
        return super()._intake_follow()

    def _intake_is_reviewed(self):
        """The application is approved, where the company reviews applications."""
        return super()._intake_is_reviewed() and (
            not self._review_is_required() or self.review_state == "approved"
        )

    def _get_reviewed_on(self):
        """The later of the desk's review and the approval."""
        checked = super()._get_reviewed_on()
        # sudo: the approval counts whoever reads the order
        approved = self.sudo().review_request_id.closed_at
        return max(checked, approved) if checked and approved else checked

    def _review_engine_write(self, vals):
        """The stage follows the review."""
        result = super()._review_engine_write(vals)
        if "review_state" in vals:
            self._intake_follow()
        return result

    # === PRICES === #

    def _get_price_risk_lines(self):
        """Prices go the way of the review, where there is one; they are no risk."""
        return (
            super()
            ._get_price_risk_lines()
            .filtered(lambda line: not line.order_id._review_is_required())
        )

    def _review_check_off_list(self):
        """Return ``{order id: message}`` for standard orders off the price list.

        Where somebody has a price authority the rule of authorities judges them.
        """
        messages = {}
        for order in self._intake_orders():
            if order.order_class != "standard":
                continue
            texts = [
                self.env._(
                    "%(product)s: %(percent).1f %% off the price list",
                    product=line.product_id.display_name,
                    percent=line.price_off_list,
                )
                for line in order.order_line
                if line.price_off_list and not line.price_authority_state
            ]
            if texts:
                messages[order.id] = "\n".join(texts)
        return messages
