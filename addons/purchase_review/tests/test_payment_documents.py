from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PaymentRequestCommon


@tagged("post_install", "-at_install")
class TestPaymentDocuments(PaymentRequestCommon):
    def test_everything_missing_is_told_at_once(self):
        """TRD-07: number, file and receipt: one refusal lists all of them."""
        bill = self._create_bill(received=False, ref=False, file=False)
        request = self._create_request(bill, partner_bank_id=False)

        with self.assertRaises(UserError) as caught:
            request.review_submit()

        lines = str(caught.exception).splitlines()
        self.assertEqual(len(lines), 4, lines)
        self.assertEqual(request.missing_documents.splitlines(), lines)

    def test_goods_are_received_before_they_are_paid(self):
        """PUR-15: billed goods that did not arrive are not paid."""
        order = self._create_confirmed_order()
        self._receive(order, 3)
        request = self._create_request(self._create_bill(order, received=False))
        with self.assertRaisesRegex(UserError, "3 received"):
            request.review_submit()
        self._receive(order)
        request.review_submit()
        self.assertEqual(request.review_state, "open")

    def test_quality_belongs_to_the_receipt(self):
        """PUR-15: what another module says about quality blocks the payment."""
        line_class = type(self.env["purchase.order.line"])
        problems = line_class._payment_get_receipt_problems
        self.patch(
            line_class,
            "_payment_get_receipt_problems",
            lambda line: [*problems(line), "Scratched"],
        )
        request = self._create_request()
        with self.assertRaisesRegex(UserError, "Scratched"):
            request.review_submit()

    def test_bill_dearer_than_the_order_is_not_paid(self):
        """TRD-07, PUR-15: the vendor bills the agreed price."""
        order = self._create_confirmed_order()
        self._receive(order)
        action = order.sudo().action_create_invoice()
        bill = self.env["account.move"].browse(action["res_id"])
        bill.invoice_line_ids.price_unit = 105.0
        self._complete_bill(bill)
        with self.assertRaisesRegex(UserError, "agreed"):
            self._create_request(bill).review_submit()

    def test_payment_without_order_needs_a_reason_and_the_manager(self):
        """TRD-07: without an order the reason is compulsory, one step is added."""
        request = self._create_request(self._create_plain_bill())
        with self.assertRaises(UserError):
            request.review_submit()

        request.no_order_reason = "Electricity of March"
        request.review_submit()

        self.assertEqual(request.review_exceptions[0]["code"], "no_order")
        self.assertEqual(request.sudo()._review_get_todo().user_id, self.chief)
        self._approve(request, self.chief)
        self._approve(request, self.checker)
        self._approve(request, self.manager)
        self.assertEqual(request.state, "approved")

    def test_lines_beside_the_order_need_the_reason_too(self):
        """TRD-07: freight written onto the bill of an order is not overlooked."""
        order = self._create_confirmed_order()
        self._receive(order)
        action = order.sudo().action_create_invoice()
        bill = self.env["account.move"].browse(action["res_id"])
        bill.invoice_line_ids = [
            Command.create({"name": "Freight", "price_unit": 50.0, "quantity": 1})
        ]
        self._complete_bill(bill)
        with self.assertRaisesRegex(UserError, "Freight"):
            self._create_request(bill).review_submit()

    def test_reviewers_see_the_frozen_set(self):
        """TRD-07: the snapshot holds bill, match and files with their checksum."""
        request = self._create_request()
        request.review_submit()
        snapshot = str(request._review_get_snapshot())
        for part in (request.move_id.ref, "invoice.pdf", "Steel frame"):
            self.assertIn(part, snapshot)
