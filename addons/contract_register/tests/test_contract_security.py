from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.contract_register.tests.common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractSecurity(ContractCommon):
    def test_only_administration_files_and_numbers(self):
        contract = self._create_contract().with_user(self.user)

        with self.assertRaises(AccessError):
            contract.action_file()
        with self.assertRaises(AccessError):
            contract.number = "HT-SELF"
        with self.assertRaises(AccessError):
            contract.sudo().action_file()

    def test_state_is_not_written_by_anyone(self):
        contract = self._create_contract()

        for user in (self.user, self.administration, self.env.user):
            with self.assertRaises(UserError):
                contract.with_user(user).write({"state": "filed"})
        with self.assertRaises(UserError):
            self._create_contract(state="filed")

    def test_context_does_not_file_a_new_contract(self):
        """CON-07: proposals of the context cannot stand in for administration."""
        forged = {
            "default_state": "filed",
            "default_number": "HT-FORGED",
            "default_filed_by_id": self.administration.id,
            "default_filed_on": "2026-01-01 00:00:00",
        }
        contracts = self.env["contract.document"].with_user(self.user)
        contract = contracts.with_context(**forged).create(
            {
                "name": "Dealership",
                "partner_id": self.dealer.id,
                "date_start": "2026-01-01",
            }
        )

        self.assertEqual(contract.state, "draft")
        self.assertFalse(contract.number or contract.filed_by_id or contract.filed_on)

    def test_filed_contract_is_immutable_except_for_closing(self):
        contract = self._create_filed()

        for values in (
            {"date_end": "2030-12-31"},
            {"partner_id": self.env.user.partner_id.id},
            {"amount": 1},
            {"scan": "c2Nhbg=="},
            {"filed_by_id": self.env.uid},
            {"commercial_partner_id": self.env.user.partner_id.id},
        ):
            for user in (self.administration, self.env.user):
                with self.assertRaises(UserError):
                    contract.with_user(user).write(values)
        contract.with_user(self.administration).close_reason = "Ended by both parties"
        with self.assertRaises(AccessError):
            contract.with_user(self.user).close_reason = "Mine now"

    def test_filed_contract_is_not_deleted(self):
        contract = self._create_filed()

        with self.assertRaisesRegex(UserError, "stays in the register"):
            contract.with_user(self.administration).unlink()

    def test_draft_is_cancelled_by_its_owner(self):
        contract = self._create_contract()
        contract.with_user(self.user).action_cancel()
        filed = self._create_filed()

        self.assertEqual(contract.state, "cancelled")
        with self.assertRaisesRegex(UserError, "not a draft"):
            filed.with_user(self.user).action_cancel()

    def test_user_reads_all_but_changes_own_contracts_only(self):
        """ORG-03: a salesperson prepares the contracts of own customers."""
        colleague = new_test_user(
            self.env, "contract_user2", groups="contract_register.group_contract_user"
        )
        contract = self._create_contract().with_user(colleague)

        self.assertEqual(contract.name, "Dealership 2026")
        with self.assertRaises(AccessError):
            contract.name = "Changed"

    def test_employee_without_the_group_and_other_company_see_nothing(self):
        contract = self._create_filed()
        employee = new_test_user(self.env, "plain_employee", groups="base.group_user")
        other = self.env["res.company"].create({"name": "Second Company"})
        abroad = new_test_user(
            self.env,
            "contract_abroad",
            groups="contract_register.group_contract_administration",
            company_id=other.id,
            company_ids=[other.id],
        )

        with self.assertRaises(AccessError):
            contract.with_user(employee).read(["name"])
        self.assertFalse(
            self.env["contract.document"]
            .with_user(abroad)
            .search([("id", "=", contract.id)])
        )

    def test_customer_form_counts_the_contracts_of_the_entity(self):
        self._create_filed()
        buyer = self.buyer.with_user(self.user)

        self.assertEqual(buyer.contract_count, 1)
        self.assertEqual(
            self.env["contract.document"]
            .with_user(self.user)
            .search_count(buyer.action_view_contracts()["domain"]),
            1,
        )
