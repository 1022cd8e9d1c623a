from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestSaleContract(OrderReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rules = cls.flow.with_context(active_test=False).rule_ids
        cls.rule = rules.filtered(lambda rule: rule.code == "no_contract")
        cls.rule.active = True
        cls.administration = new_test_user(
            cls.env,
            "contract_administration",
            groups="contract_register.group_contract_administration",
        )

    @classmethod
    def _file_contract(cls, **values):
        """File a contract that runs from a month ago for a year."""
        today = fields.Date.today()
        contract = (
            cls.env["contract.document"]
            .with_user(cls.administration)
            .create(
                {
                    "name": "Dealership",
                    "partner_id": cls.customer.id,
                    "date_signed": today - timedelta(days=40),
                    "date_start": today - timedelta(days=30),
                    "date_end": today + timedelta(days=335),
                    **values,
                }
            )
        )
        contract.action_file()
        return contract

    def test_order_without_contract_needs_the_next_level(self):
        """ORD-09: no valid contract escalates, even when price and credit are fine."""
        order = self._create_submitted()

        self.assertEqual(order.escalation_codes, "no_contract")
        self._approve(order, self.supervisor)
        self.assertEqual(order.review_step_id, self.step_higher)
        self._approve(order, self.higher)
        self.assertEqual(order.review_state, "approved")

    def test_contract_in_force_stays_with_the_supervisor(self):
        """ORD-09: under a contract in force the supervisor decides alone."""
        contract = self._file_contract()
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )

        order = self._create_submitted(partner_id=contact.id)
        self._approve(order, self.supervisor)

        self.assertEqual(order.contract_id.sudo(), contract.sudo())
        self.assertEqual(order.review_state, "approved")

    def test_draft_expired_or_closed_contract_does_not_count(self):
        """ORD-09: only a filed contract counts, between its dates."""
        today = fields.Date.today()
        draft = self.env["contract.document"].create(
            {
                "name": "Draft",
                "partner_id": self.customer.id,
                "date_start": today - timedelta(days=1),
            }
        )
        self._file_contract(date_end=today - timedelta(days=2))
        self._file_contract(
            date_start=today + timedelta(days=2), date_end=today + timedelta(days=9)
        )
        closed = self._file_contract(close_reason=False)
        closed.close_reason = "Ended"
        closed.action_close()

        order = self._create_order()

        self.assertFalse(order.contract_id)
        self.assertTrue(order.contract_missing)
        self.assertIn(order.id, order._review_check_no_contract())
        self.assertEqual(draft.state, "draft")

    def test_exempt_category_needs_no_contract(self):
        """ORD-09: direct customers are exempt by their category."""
        direct = self.env["res.partner.category"].create(
            {"name": "Direct", "contract_exempt": True}
        )
        self.customer.category_id = direct

        order = self._create_submitted()

        self.assertFalse(order.contract_missing)
        self.assertFalse(order.escalation_codes)

    def test_reasons_price_and_contract_are_shown_separately(self):
        """ORD-10: price and missing contract are two reasons with two chips."""
        self._allow(self.step_supervisor, 95)

        order = self._create_submitted(price=80.0)

        codes = [chip["code"] for chip in order.review_chips]
        self.assertEqual(sorted(codes), ["no_contract", "price_authority"])
        for code in codes:
            found = self.env["sale.order"].search(
                [("id", "=", order.id), ("escalation_codes", "=", code)]
            )
            self.assertEqual(found.ids, order.ids)

    def test_contract_of_another_customer_is_refused(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        contract = self._file_contract(partner_id=stranger.id)
        order = self._create_order()

        with self.assertRaisesRegex(ValidationError, "another customer"):
            order.sudo().contract_id = contract

    def test_check_of_many_orders_is_one_query(self):
        self._file_contract()
        orders = self.env["sale.order"]
        for _number in range(5):
            orders |= self._create_order()
        orders.partner_id.commercial_partner_id.category_id.mapped("contract_exempt")
        orders.mapped("company_id")
        self.env.flush_all()

        with self.assertQueryCount(1):
            self.assertFalse(orders.sudo()._review_check_no_contract())

    def test_rule_hangs_on_the_next_level(self):
        shipped = self.env.ref("sale_contract.review_rule_no_contract")

        self.assertEqual(
            shipped.step_ids,
            self.env.ref("sale_order_review.review_step_higher_authority"),
        )
        self.assertEqual(self.rule.step_ids, self.step_higher)
