from odoo import fields, models


class DemoBuilder(models.AbstractModel):
    """Somebody is away, and somebody is kept informed."""

    _inherit = "yewu.demo.builder"

    def _build_absence(self):
        """The general manager travels for three days; his deputy signs for him."""
        manager = self._as("general_manager")
        manager.env["review.delegation"].create(
            {
                "user_id": manager.env.uid,
                "delegate_id": self._person("deputy_manager").id,
                "date_from": fields.Datetime.add(fields.Datetime.now(), days=7),
                "date_to": fields.Datetime.add(fields.Datetime.now(), days=10),
                "reason": "出差",
            }
        )

    def _build_copies(self):
        """Sales keeps the business manager informed of a large order."""
        order = self.env["sale.order"].search(
            [
                ("partner_id", "=", self._partner("jinqiao").id),
                ("review_state", "=", "open"),
            ],
            limit=1,
        )
        order.with_user(order.user_id).review_cc(
            self._person("business_manager").ids, "大额订单，请知悉"
        )
