from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestCreditOpen(SaleCreditCommon):
    def test_quotation_uses_nothing(self):
        """ORD-06: only confirmed orders are open orders."""
        order = self._create_order(400)
        self.assertEqual(order.credit_open, 0)
        self.assertEqual(order.credit_partner_id, self.customer)

        order.action_confirm()

        self.assertEqual(order.credit_open, 400)
        self._assert_exposure(400)

    def test_total_includes_taxes(self):
        """The exposure is what the customer will owe, taxes included."""
        tax = self._create_tax(13.0)
        order = self._create_order(100)
        order.order_line.tax_ids = tax

        order.action_confirm()

        self.assertEqual(order.credit_open, 113)

    def test_undelivered_order_counts_under_the_delivery_policy(self):
        """Probe 5: 900 ordered, nothing delivered, is 900."""
        product = self._create_goods("Poster", invoice_policy="delivery")

        self._create_confirmed(900, product=product)

        self._assert_exposure(900)

    def test_more_delivered_than_ordered(self):
        """The larger of ordered and delivered quantity counts."""
        product = self._create_goods("Poster", invoice_policy="delivery")
        order = self._create_confirmed(100, product=product)

        order.order_line.qty_delivered = 3

        self.assertEqual(order.credit_open, 300)
        self.assertEqual(order.credit_open_delivered, 300)

    def test_delivered_without_being_ordered(self):
        """A line of quantity 0 that is delivered counts with its taxes."""
        product = self._create_goods("Extra", invoice_policy="delivery")
        order = self._create_confirmed(100)
        line = order.order_line.create(
            {
                "order_id": order.id,
                "product_id": product.id,
                "product_uom_qty": 0,
                "price_unit": 50,
                "tax_ids": [Command.clear()],
            }
        )

        line.qty_delivered = 2

        self.assertEqual(order.credit_open, 200)

    def test_invoiced_order_counts_once(self):
        """Probe 8: an order drafted into an invoice stays 1000, posted as well."""
        order = self._create_confirmed(1000)

        invoice = self._invoice(order, post=False)
        self.assertEqual(order.credit_open, 0)
        self._assert_exposure(1000)
        invoice.action_post()
        self._assert_exposure(1000)

        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(order.credit_open, 1000)

    def test_down_payment_counts_once(self):
        """Probe 6: 300 down on an order of 1000 is 1000, from draft to the end."""
        order = self._create_confirmed(1000)

        invoice = self._invoice(
            order, post=False, advance_payment_method="fixed", fixed_amount=300
        )
        self._assert_exposure(1000)
        invoice.action_post()
        self._assert_exposure(1000)
        self.assertEqual(order.credit_open, 700)

        self._invoice(order)
        self._assert_exposure(1000)
        self.assertEqual(order.credit_open, 0)

    def test_refunded_down_payment_reopens_its_part(self):
        """A down payment that is given back is open again."""
        order = self._create_confirmed(1000)
        invoice = self._invoice(order, advance_payment_method="fixed", fixed_amount=300)

        refund = self._refund(invoice)

        self.assertEqual(order.credit_open, 1000)
        self.assertEqual(refund.state, "posted")

    def test_refund_releases_unless_invoiced_again(self):
        """Probe 14: a refunded order releases its credit."""
        order = self._create_confirmed(1000)
        invoice = self._invoice(order)

        refund = self._refund(invoice)
        self.assertEqual(order.credit_open, 0)
        self._assert_exposure(0)

        refund.credit_reinvoice = True
        self.assertEqual(order.credit_open, 1000)

    def test_corrected_invoice_counts_once(self):
        """A credit note with a new invoice keeps the exposure."""
        order = self._create_confirmed(1000)
        invoice = self._invoice(order)

        refund = self._refund(invoice, modify=True)

        self.assertTrue(refund.credit_reinvoice)
        self.assertEqual(order.credit_open, 0)
        self._assert_exposure(1000)

    def test_draft_refund_changes_nothing(self):
        """A draft credit note does not lower the exposure."""
        order = self._create_confirmed(1000)
        invoice = self._invoice(order)

        self._refund(invoice, post=False)

        self._assert_exposure(1000)

    def test_cancelled_order_is_released(self):
        """Probe 15: a cancelled order uses nothing."""
        order = self._create_confirmed(1000)

        order.with_user(self.manager)._action_cancel()

        self.assertEqual(order.credit_open, 0)
        self._assert_exposure(0)

    def test_foreign_order_counts_at_its_own_rate(self):
        """Probe 16: an order of 7000 at 7 for 1 uses 1000."""
        foreign = self._create_foreign_currency()
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        order = self._create_order(7000, pricelist_id=pricelist.id)

        order.action_confirm()

        self.assertEqual(order.credit_open, 1000)
        self._assert_exposure(1000)

    def test_foreign_invoice_of_an_order(self):
        """Part of a foreign order that is invoiced is not open any more."""
        foreign = self._create_foreign_currency()
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        order = self._create_confirmed(7000, pricelist_id=pricelist.id)

        self._invoice(order, advance_payment_method="fixed", fixed_amount=700)

        self.assertEqual(order.credit_open, 900)
        self._assert_exposure(1000)

    def test_terms_are_tick_boxes(self):
        """未执行订单 and 已发货未开票 are chosen apart."""
        product = self._create_goods("Poster", invoice_policy="delivery")
        order = self._create_confirmed(100, product=product)
        order.order_line.product_uom_qty = 4
        order.order_line.qty_delivered = 1
        company = self.company.sudo()

        self._assert_exposure(400)
        company.credit_term_orders = False
        self._assert_exposure(100)
        company.write({"credit_term_orders": True, "credit_term_deliveries": False})
        self._assert_exposure(300)
        company.credit_term_orders = False
        self._assert_exposure(0)

    def test_invoice_address_decides(self):
        """The limit is that of the company that is invoiced."""
        payer = self._create_customer("Payer", 50)

        order = self._create_order(100, partner_invoice_id=payer.id)

        self.assertEqual(order.credit_partner_id, payer)

    def test_moved_contact_moves_its_orders(self):
        """Orders follow a contact to another company."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        order = self._create_confirmed(100, customer=contact)
        other = self._create_customer("Other", 10)

        contact.parent_id = other

        self.assertEqual(order.credit_partner_id, other)
        self._assert_exposure(100, other)
        self._assert_exposure(0)

    def test_merged_customers_have_their_orders(self):
        """Orders follow when contacts are merged."""
        duplicate = self._create_customer("Harbor Hotel", 700)
        self._create_confirmed(300, customer=duplicate)
        self._create_confirmed(200)

        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.customer + duplicate).ids, self.customer, extra_checks=False
        )

        self._assert_exposure(500)

    def test_engine_fields_are_locked(self):
        """No door opens by writing what the engine writes."""
        order = self._create_confirmed(100)

        for vals in (
            {"credit_open": 0},
            {"credit_closed": True},
            {"credit_partner_id": self.outsider.partner_id.id},
            {"credit_state": "ok"},
        ):
            with self.assertRaises(AccessError):
                order.sudo().write(vals)
        with self.assertRaises(AccessError):
            self._create_order(100, credit_closed=True)
        with self.assertRaises(AccessError):
            order.with_context(default_credit_open=-5).create(
                {"partner_id": self.customer.id}
            )
