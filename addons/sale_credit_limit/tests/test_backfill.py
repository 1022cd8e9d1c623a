from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SaleCreditCommon

LOGGER = "odoo.addons.account_credit_limit.models.credit_account_proof"


@tagged("post_install", "-at_install")
class TestBackfill(SaleCreditCommon):
    def _create_running_orders(self):
        """Create orders in the states that the figures tell apart."""
        tax = self._create_tax(13.0)
        product = self._create_goods("Poster", invoice_policy="delivery")
        plain = self._create_confirmed(100)
        taxed = self._create_order(10.01)
        taxed.order_line.write({"tax_ids": tax, "product_uom_qty": 3})
        taxed.action_confirm()
        delivered = self._create_confirmed(30, product=product)
        delivered.order_line.qty_delivered = 4
        odd = self._create_confirmed(20)
        extra = odd.order_line.create(
            {
                "order_id": odd.id,
                "product_id": product.id,
                "product_uom_qty": 0,
                "price_unit": 7,
                "tax_ids": [Command.set(tax.ids)],
            }
        )
        extra.qty_delivered = 2
        prepaid = self._create_confirmed(200)
        self._invoice(prepaid, advance_payment_method="fixed", fixed_amount=50)
        refunded = self._create_confirmed(40)
        self._refund(self._invoice(refunded))
        quotation = self._create_order(5)
        return plain + taxed + delivered + odd + prepaid + refunded + quotation

    def test_switching_on_fills_in_running_orders(self):
        """Orders confirmed before the control count, they are not checked again."""
        company = self.company.sudo()
        company.credit_control = False
        orders = self._create_running_orders()
        self.assertEqual(set(orders.mapped("credit_open")), {0.0})
        self.assertFalse(orders.credit_partner_id)

        company.credit_control = True

        self.assertEqual(
            orders.mapped("credit_open"), [100, 33.93, 120, 35.82, 150, 0, 0]
        )
        self.assertEqual(orders.credit_partner_id, self.customer)
        self.assertEqual(orders[:1].credit_state, "ok")
        self.assertEqual(orders[-1:].credit_state, "none")

    def test_stored_figures_equal_recomputed_ones(self):
        """The nightly proof finds no difference after ordinary work."""
        self._create_running_orders()

        drift = self.env["credit.account"].sudo()._prove_figures(self.company)

        self.assertFalse(drift)

    def test_difference_is_recorded_alarmed_and_corrected(self):
        """A stored figure that is wrong is recorded and put right."""
        order = self._create_confirmed(100)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET credit_open = 1 WHERE id = %s", (order.id,)
        )
        self.env.invalidate_all()

        with mute_logger(LOGGER):
            drift = self.env["credit.account"].sudo()._prove_figures(self.company)

        self.assertRecordValues(
            drift,
            [
                {
                    "res_id": order.id,
                    "amount_stored": 1,
                    "amount_expected": 100,
                    "is_fixed": True,
                }
            ],
        )
        self.assertEqual(order.credit_open, 100)
        self.assertTrue(self._get_account().activity_ids)
