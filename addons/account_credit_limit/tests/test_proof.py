from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CreditCommon

LOGGER = "odoo.addons.account_credit_limit.models.credit_account_proof"


@tagged("post_install", "-at_install")
class TestProof(CreditCommon):
    def test_no_difference_in_good_order(self):
        """The nightly proof finds nothing when all is well."""
        self._create_invoice_for(self.customer, 300)
        self._create_payment_of(self.customer, 100)

        drift = self.env["credit.account"].sudo()._prove_figures(self.company)

        self.assertFalse(drift)

    def test_difference_is_recorded_and_alarmed(self):
        """A figure that is wrong reaches a person."""
        invoice = self._create_invoice_for(self.customer, 300)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET reconciled = TRUE WHERE move_id = %s",
            (invoice.id,),
        )
        self.env.invalidate_all()

        with mute_logger(LOGGER):
            drift = self.env["credit.account"].sudo()._prove_figures(self.company)

        drift = drift.filtered(lambda row: row.partner_id == self.customer)
        self.assertEqual((drift.amount_stored, drift.amount_expected), (0, 300))
        self.assertTrue(self._get_account().activity_ids)
        with self.assertRaises(AccessError):
            drift.sudo().amount_stored = 300

    def test_cron_passes_over_companies(self):
        """The cron runs as the system, company by company."""
        with self.enter_registry_test_mode():
            self.env.ref(
                "account_credit_limit.ir_cron_prove_figures"
            ).method_direct_trigger()
