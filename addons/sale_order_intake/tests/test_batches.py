from unittest.mock import patch

from odoo.tests import tagged

from .common import IntakeCommon


@tagged("post_install", "-at_install")
class TestBatches(IntakeCommon):
    """Many orders at once, and the scheduled action."""

    def _count_write(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        orders.write({"requirement_note": f"For {len(orders)}"})
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_more_orders_ask_hardly_more(self):
        """The checks of a page of orders are read together."""
        orders = self.env["sale.order"].browse()
        for _number in range(12):
            orders |= self._create_order()
        self._tick(orders)
        self.assertEqual(set(orders.mapped("intake_stage")), {"review"})
        orders = orders.sudo()
        self._count_write(orders)

        few, many = self._count_write(orders[:2]), self._count_write(orders)

        # Odoo itself asks once for the list price of each line.
        self.assertLessEqual((many - few) / 10, 1)

    def test_scheduled_action_speaks_the_seller_s_language(self):
        """The note that an order is effective is for its readers."""
        self.env["res.lang"]._activate_lang("zh_CN")
        order = self._create_order()
        self._check(order)
        self._sign(order)
        with patch.object(type(order), "_intake_follow_effective"):
            order.with_user(self.salesperson).action_confirm()
        self.assertFalse(order.effective_on)
        self.salesperson.lang = "zh_CN"
        spoken = []
        with (
            patch.object(type(self.env["ir.cron"]), "_commit_progress"),
            patch.object(
                type(order),
                "_intake_follow",
                lambda self: spoken.append((self.id, self.env.lang)),
            ),
        ):
            self.env["sale.order"]._cron_intake_effective()

        self.assertIn((order.id, "zh_CN"), spoken)
