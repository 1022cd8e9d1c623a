from datetime import timedelta

from odoo.tests import tagged

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestQueue(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_invoice_for(cls.customer, 1000)
        cls.held = cls.env["sale.order"]
        for number, amount in enumerate((300, 500, 100)):
            order = cls._create_order(amount)
            order.action_confirm()
            waiting_since = order.confirm_held_on - timedelta(hours=3 - number)
            order._confirm_gate_write({"confirm_held_on": waiting_since})
            cls.held |= order

    def _retry(self):
        for group in self.held.sudo()._confirm_retry_groups():
            group._confirm_retry()

    def _count_triggers(self):
        cron = self.env.ref("sale_confirm_gate.ir_cron_confirm_approved")
        return (
            self.env["ir.cron.trigger"].sudo().search_count([("cron_id", "=", cron.id)])
        )

    def test_nothing_moves_without_money(self):
        """Held orders stay held while there is no room."""
        self._retry()

        self.assertEqual(self.held.mapped("state"), ["draft"] * 3)

    def test_first_that_does_not_fit_stops_the_queue(self):
        """The oldest held order is confirmed first; none jumps the queue."""
        before = self._count_triggers()
        self._create_payment_of(self.customer, 450)
        self.assertGreater(self._count_triggers(), before)

        self._retry()

        self._assert_confirmed(self.held[0])
        self._assert_held(self.held[1])
        self._assert_held(self.held[2])

    def test_all_fit(self):
        """Enough money lets all of them go."""
        self._create_payment_of(self.customer, 900)

        self._retry()

        self._assert_confirmed(*self.held)

    def test_order_with_another_blocker_loses_only_this_one(self):
        """An order that waits for something else lets the next one go."""
        self._create_payment_of(self.customer, 450)
        first = self.held[0]
        model_class = type(self.env["sale.order"])
        origin = model_class._confirm_blockers

        def _confirm_blockers(orders):
            blockers = origin(orders)
            if first.id in orders.ids:
                blockers.setdefault(first.id, []).append(("other", "Other"))
            return blockers

        self.patch(model_class, "_confirm_blockers", _confirm_blockers)
        self.held[1].sudo().order_line.price_unit = 200

        self._retry()

        self.assertEqual(first.confirm_hold_codes, "other")
        self._assert_confirmed(self.held[1], self.held[2])

    def test_raised_limit_triggers_the_queue(self):
        """A higher limit looks at the held orders at once."""
        before = self._count_triggers()

        self._set_limit(self.customer, 5000)

        self.assertGreater(self._count_triggers(), before)
        self._retry()
        self._assert_confirmed(*self.held)

    def test_dropped_hold_triggers_the_queue(self):
        """So does a hold that is dropped, an order that is cancelled or reduced."""
        self._set_limit(self.customer, 5000)
        account = self._get_account()
        account.write({"hold": True, "hold_reason": "Bounced"})
        before = self._count_triggers()

        account.hold = False

        self.assertGreater(self._count_triggers(), before)

    def test_cancelled_order_makes_room(self):
        """A cancelled order triggers the queue of its customer."""
        self._set_limit(self.customer, 1300)
        confirmed = self._create_confirmed(300)
        before = self._count_triggers()

        confirmed.with_user(self.manager)._action_cancel()

        self.assertGreater(self._count_triggers(), before)

    def test_night_looks_at_what_changed_with_the_date(self):
        """The nightly net triggers the queue, too."""
        before = self._count_triggers()

        self.env["credit.account"].sudo()._after_proof(self.company)

        self.assertGreater(self._count_triggers(), before)

    def test_other_customers_do_not_wait(self):
        """Every customer has a queue of his own."""
        other = self._create_customer("Other", 0)
        order = self._create_order(100, customer=other)
        order.action_confirm()
        self._set_limit(other, 100)
        self.held |= order

        self._retry()

        self._assert_confirmed(order)
