from ast import literal_eval

from odoo.tests import freeze_time, tagged

from odoo.addons.purchase_review.tests.common import PaymentRequestCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 02:00:00")
class TestPayables(PaymentRequestCommon):
    def _find_clock(self, bill):
        return self.env["deadline.clock"].search(
            [
                ("res_model", "=", "account.move"),
                ("res_id", "=", bill.id),
                ("limit_id.code", "=", "vendor_bill_due"),
            ],
            order="id desc",
            limit=1,
        )

    def _find_payables(self):
        """Return what the accountant sees under Payables Due."""
        action = self.env.ref("purchase_review.account_move_action_payable")
        moves = self.env["account.move"].with_user(self.accountant)
        return moves.search(literal_eval(action.sudo().domain))

    def test_posted_bill_stays_payable_until_its_term(self):
        """TRD-08: it is in the list, with a clock of the cashier until the due date."""
        bill = self._create_bill(
            invoice_payment_term_id=False, invoice_date_due="2026-03-20"
        )
        clock = self._find_clock(bill)
        self.assertEqual(clock.state, "running")
        self.assertEqual(
            clock.group_id, self.env.ref("purchase_review.group_payment_cashier")
        )
        self.assertEqual(str(clock.due_at.date()), "2026-03-20")
        self.assertIn(bill, self._find_payables())

    def test_payment_stops_the_clock(self):
        """TRD-08: paid at term is met, and leaves the list."""
        bill = self._create_bill(
            invoice_payment_term_id=False, invoice_date_due="2026-03-20"
        )
        request = self._create_approved_request(bill)
        self.assertEqual(str(request.date_due), "2026-03-20")
        self._pay(request)
        self.assertEqual(self._find_clock(bill).state, "met")
        self.assertNotIn(bill, self._find_payables())

    def test_reset_bill_is_not_payable(self):
        """TRD-08: a bill that was taken back has no term."""
        bill = self._create_bill()
        bill.button_draft()
        self.assertEqual(self._find_clock(bill).state, "cancelled")
        bill.action_post()
        self.assertEqual(self._find_clock(bill).state, "running")
