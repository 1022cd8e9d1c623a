from odoo import fields, models


class OrderStatusMessage(models.Model):
    """Which message the customer gets when the order gets on."""

    _name = "order.status.message"
    _description = "Order Status Message"
    _order = "event, id"

    event = fields.Selection(
        [
            ("received", "Received, being checked"),
            ("clarify", "To be clarified"),
            ("risk", "Risk order: amend or cancel"),
            ("effective", "Effective, to ship"),
            ("exception", "Delay or shortage"),
            ("shipped", "Shipped"),
        ],
        required=True,
    )
    template_id = fields.Many2one(
        "mail.template",
        required=True,
        domain="[('model', '=', 'sale.order')]",
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    _event_uniq = models.UniqueIndex(
        "(event, COALESCE(company_id, 0)) WHERE active",
        "There is a message for this event already.",
    )

    def _compute_display_name(self):
        labels = dict(self._fields["event"]._description_selection(self.env))
        for message in self:
            message.display_name = labels.get(message.event)

    def _get_template(self, event, company):
        """Return the template for the event, the company's own before the general."""
        messages = self.search(
            [("event", "=", event), ("company_id", "in", (False, company.id))]
        )
        own = messages.filtered("company_id")
        return (own or messages)[:1].template_id
