import base64
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

HEADER = "租约编号,点位编码,业主,起租日期,到期日期,租金,付款周期\n"


@tagged("post_install", "-at_install")
class TestMediaLease(AccountTestInvoicingCommon):
    """Issue 5.1: leases with recurring vendor bills, each period once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = cls.env.ref("media_booking.group_media_manager")
        cls.env.user.group_ids += manager
        cls.control = new_test_user(
            cls.env, "lease_control", groups="media_booking.group_media_control"
        )
        cls.accountant = new_test_user(
            cls.env,
            "lease_accountant",
            groups="account.group_account_invoice,media_booking.group_media_control",
        )
        cls.site = cls.env["media.site"].create({"code": "L-1", "name": "Roof"})
        cls.landlord = cls.env["res.partner"].create({"name": "Landlord Li"})

    def _lease(self, **values):
        return (
            self.env["media.lease"]
            .with_user(self.control)
            .create(
                {
                    "name": "ZL-1",
                    "site_id": self.site.id,
                    "partner_id": self.landlord.id,
                    "date_from": date(2027, 1, 1),
                    "date_to": date(2027, 7, 31),
                    "amount": 9000,
                    "interval_months": 3,
                    "running": True,
                    **values,
                }
            )
        )

    def _run(self, day):
        with freeze_time(f"{day} 04:00:00"):
            self.env["media.lease"].search([])._draft_bills()

    def test_each_period_is_billed_once(self):
        lease = self._lease()
        for _run in range(3):
            self._run("2027-03-20")
        bills = lease.sudo().bill_ids.sorted("media_lease_from")
        self.assertRecordValues(
            bills,
            [
                {
                    "state": "draft",
                    "move_type": "in_invoice",
                    "partner_id": self.landlord.id,
                    "media_lease_from": date(2027, 1, 1),
                    "media_lease_to": date(2027, 3, 31),
                },
                {
                    "state": "draft",
                    "move_type": "in_invoice",
                    "partner_id": self.landlord.id,
                    "media_lease_from": date(2027, 4, 1),
                    "media_lease_to": date(2027, 6, 30),
                },
            ],
        )
        self.assertEqual(bills[0].invoice_line_ids.price_unit, 9000)
        self._run("2028-01-01")
        last = lease.sudo().bill_ids - bills
        self.assertEqual(last.media_lease_to, date(2027, 7, 31))
        self.assertAlmostEqual(last.invoice_line_ids.price_unit, 9000 * 31 / 92, 2)

    def test_a_cancelled_bill_is_not_drafted_again(self):
        lease = self._lease()
        self._run("2027-01-01")
        lease.sudo().bill_ids.button_cancel()
        self._run("2027-01-01")
        self.assertEqual(len(lease.sudo().bill_ids), 1)

    def test_the_period_is_unique(self):
        lease = self._lease()
        self._run("2027-01-01")
        values = lease._prepare_bill(date(2027, 1, 1), date(2027, 3, 31), 1)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["account.move"].create(values)

    def test_a_billed_lease_keeps_its_terms(self):
        lease = self._lease()
        self._run("2027-01-01")
        for change in ({"interval_months": 1}, {"date_from": date(2026, 1, 1)}):
            with self.assertRaisesRegex(UserError, "has been billed"):
                lease.write(change)
        with self.assertRaises(AccessError):
            lease.unlink()

    def test_who_drafts_bills(self):
        lease = self._lease(date_from=date(2026, 1, 1))
        with self.assertRaises(AccessError):
            lease.action_bill()
        lease.with_user(self.accountant).action_bill()
        self.assertTrue(lease.sudo().bill_ids)
        lease.running = False
        with self.assertRaisesRegex(UserError, "is not running"):
            lease.with_user(self.accountant).action_bill()

    def test_the_end_is_watched(self):
        with freeze_time("2027-01-05 04:00:00"):
            lease = self._lease()
            self.assertEqual(lease.deadline_at.date(), date(2027, 6, 1))

    def test_what_a_site_costs(self):
        self._lease()
        costs = self.env["media.lease"]._get_costs(
            self.site, date(2027, 1, 1), date(2027, 3, 31)
        )
        self.assertEqual(costs, {self.site.id: 9000})

    def test_the_end_of_a_face(self):
        """Issue 5.6: the board is told where a lease lapses, for everybody."""
        face = self.env["media.face"].create(
            {
                "code": "L-1-A",
                "site_id": self.site.id,
                "format_id": self.env["media.format"]
                .create({"name": "Roof 10 × 4"})
                .id,
            }
        )
        self.assertEqual(face._get_lease_ends(), {})
        self._lease()
        reader = new_test_user(
            self.env, "lease_reader", groups="media_booking.group_media_user"
        )
        ends = face.with_user(reader)._get_lease_ends()
        self.assertEqual(ends, {face.id: date(2027, 7, 31)})

    def test_import_of_leases(self):
        """A list of leases comes in once; a second run writes nothing."""
        rows = 'ZL-9,L-1,Landlord Li,2027-01-01,2029-12-31,"12,000",6\n'
        for expected in ("1 entered, 0 changed, 0", "0 entered, 0 changed, 1"):
            wizard = self._import(rows)
            self.assertIn(expected, wizard.summary, wizard.line_ids.mapped("text"))
        lease = self.env["media.lease"].search([("name", "=", "ZL-9")])
        self.assertRecordValues(
            lease,
            [{"amount": 12000, "interval_months": 6, "partner_id": self.landlord.id}],
        )
        wrong = self._import(rows.replace("Landlord Li", "Nobody"))
        self.assertRegex(wrong.line_ids.text, "is not known")

    def _import(self, rows):
        wizard = (
            self.env["media.import"]
            .with_user(self.control)
            .create(
                {
                    "kind": "lease",
                    "file": base64.b64encode((HEADER + rows).encode()),
                }
            )
        )
        wizard.action_test()
        if wizard.state == "tested":
            wizard.action_import()
        return wizard
