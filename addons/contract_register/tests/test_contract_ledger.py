from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.contract_register.tests.common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractLedger(ContractCommon):
    def test_ledger_lists_signing_customer_amount_and_period(self):
        """CON-07: signing date, customer, amount, performance period and status."""
        contract = self._create_filed()

        row = (
            self.env["contract.document"]
            .with_user(self.user)
            .search_read(
                [("id", "=", contract.id)],
                ["date_signed", "amount", "date_start", "date_end", "state"],
            )[0]
        )

        del row["id"]
        self.assertEqual(
            row,
            {
                "date_signed": date(2025, 12, 20),
                "amount": 500000,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 12, 31),
                "state": "filed",
            },
        )
        arch = self.env["contract.document"].get_view(
            self.env.ref("contract_register.contract_document_view_list").id, "list"
        )["arch"]
        for field in ("date_signed", "partner_id", "amount", "date_start", "state"):
            self.assertIn(f'name="{field}"', arch)

    def test_filing_numbers_the_contract_and_keeps_who_filed(self):
        contract = self._create_filed()

        self.assertTrue(contract.number)
        self.assertEqual(contract.filed_by_id, self.administration)
        self.assertTrue(contract.filed_on)

    def test_number_given_by_administration_is_kept(self):
        contract = self._create_contract()
        contract.with_user(self.administration).number = "HT-A-1"

        contract.with_user(self.administration).action_file()

        self.assertEqual(contract.number, "HT-A-1")

    def test_number_is_unique_within_a_company_only(self):
        other = self.env["res.company"].create({"name": "Second Company"})
        administration = self.administration
        administration.company_ids += other
        first, second = self._create_contract(), self._create_contract()
        abroad = self._create_contract(company_id=other.id)
        first.with_user(administration).number = "HT-B-1"
        abroad.with_user(administration).with_context(
            allowed_company_ids=[other.id]
        ).number = "HT-B-1"

        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            second.with_user(administration).number = "HT-B-1"
            second.flush_recordset()

    def test_draft_without_dates_is_not_filed(self):
        contract = self._create_contract(date_signed=False)

        with self.assertRaisesRegex(UserError, "signing date"):
            contract.with_user(self.administration).action_file()

    @freeze_time("2026-06-01")
    def test_in_force_follows_the_dates(self):
        running = self._create_filed()
        open_ended = self._create_filed(date_end=False)
        future = self._create_filed(
            date_start=date(2026, 7, 1), date_end=date(2026, 8, 1)
        )
        expired = self._create_filed(date_end=date(2026, 5, 31))
        draft = self._create_contract()
        contracts = running + open_ended + future + expired + draft

        found = contracts.search([("is_valid", "=", True), ("id", "in", contracts.ids)])
        missed = contracts.search(
            [("is_valid", "=", False), ("id", "in", contracts.ids)]
        )

        self.assertEqual(found, running + open_ended)
        self.assertEqual(missed, future + expired + draft)
        self.assertEqual(contracts.filtered("is_valid"), running + open_ended)

    def test_valid_framework_is_found_for_contacts_in_one_query(self):
        self._create_filed(date_start=date(2025, 1, 1))
        latest = self._create_filed()
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        partners = self.buyer + stranger
        partners.mapped("commercial_partner_id")
        self.env.flush_all()

        contracts = self.env["contract.document"]
        with self.assertQueryCount(1):
            found = contracts._find_valid_framework(
                partners, self.env.company, date(2026, 3, 1)
            )

        self.assertEqual(found, {self.dealer.id: latest})

    def test_valid_framework_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Second Company"})
        self._create_filed()

        found = self.env["contract.document"]._find_valid_framework(
            self.dealer, other, date(2026, 3, 1)
        )

        self.assertFalse(found)

    def test_closed_contract_is_no_longer_valid(self):
        contract = self._create_filed()
        administration = contract.with_user(self.administration)

        with self.assertRaisesRegex(UserError, "Enter why"):
            administration.action_close()
        administration.close_reason = "Dealer stopped trading"
        administration.action_close()

        self.assertRecordValues(
            contract, [{"state": "closed", "closed_by_id": self.administration.id}]
        )
        self.assertFalse(
            contract._find_valid_framework(
                self.dealer, self.env.company, date(2026, 3, 1)
            )
        )
