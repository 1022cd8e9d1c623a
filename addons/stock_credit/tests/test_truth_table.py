from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SettlementCommon

#: Settlement type, situation, what holds the order, its delivery, the hand-over.
TABLE = (
    ("prepayment", "nothing paid", {"prepayment"}, {"prepayment"}, set()),
    ("prepayment", "paid", set(), set(), set()),
    ("prepayment", "not certified", {"prepayment"}, {"prepayment"}, set()),
    ("prepayment", "on hold", {"prepayment", "credit_hold"}, {"prepayment"}, set()),
    ("cash_on_delivery", "nothing paid", set(), set(), {"cash"}),
    ("cash_on_delivery", "paid", set(), set(), set()),
    ("cash_on_delivery", "not certified", set(), set(), {"cash"}),
    ("cash_on_delivery", "on hold", {"credit_hold"}, set(), {"cash"}),
    ("cash_on_delivery", "cash only", set(), set(), {"cash"}),
    ("monthly", "nothing paid", set(), set(), set()),
    ("monthly", "not certified", {"certification"}, {"certification"}, set()),
    ("monthly", "on hold", {"credit_hold"}, {"credit_hold"}, set()),
    ("monthly", "over the limit", {"credit"}, {"credit"}, set()),
    ("monthly", "cash only", {"cash_only"}, {"cash_only"}, set()),
    (False, "nothing paid", set(), set(), set()),
    (False, "not certified", set(), {"certification"}, set()),
    (False, "over the limit", {"credit"}, {"credit"}, set()),
)


@tagged("post_install", "-at_install")
class TestTruthTable(SettlementCommon):
    """SOM-09: settlement types from the order to the hand-over, every case of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._get_account()

    def _create_case(self, settlement, situation):
        """Return an order with its delivery, in a situation that came up later."""
        self.company.require_confirmed_prepayment = False
        order = self._create_sale(settlement)
        picking = self._get_delivery(order)
        self.company.require_confirmed_prepayment = True
        if situation == "paid":
            self._pay(order, 500)
        elif situation == "not certified":
            self._set_limit(self.customer, 5000)
        elif situation == "on hold":
            self.account.hold = True
        elif situation == "over the limit":
            self._create_invoice_for(self.customer, 900)
        elif situation == "cash only":
            self.account.policy = "cash_only"
            self.account.with_user(self.certifier).action_certify()
        return order.sudo(), picking.sudo()

    def _get_codes(self, found, record):
        codes = {code for code, _text in found.get(record.id, [])}
        return codes - {"signature", "quantity"}

    def test_table(self):
        """SOM-09, OCM-13: what holds order, delivery and hand-over in each case."""
        for settlement, situation, *expected in TABLE:
            with self.subTest(settlement=settlement, situation=situation):
                savepoint = self.env.cr.savepoint()
                order, picking = self._create_case(settlement, situation)
                found = (
                    self._get_codes(picking._release_blockers(), picking),
                    self._get_codes(picking._departure_blockers(), picking),
                )
                quotation = order.copy()
                if situation == "paid":
                    self._pay(quotation, 500)
                asked = self._get_codes(quotation._confirm_blockers(), quotation)
                asked -= {"credit"} if situation == "nothing paid" else set()
                savepoint.close(rollback=True)
                self.env.invalidate_all()
                self.assertEqual([asked, *found], expected)

    # === THE TYPE AND ITS POLICY === #

    def test_monthly_needs_a_certified_customer(self):
        """SOM-09: monthly settlement follows the credit standing, not a click."""
        self._set_limit(self.customer, 5000)
        order = self._create_sale_held("monthly")
        self.assertEqual(order.confirm_hold_codes, "certification")
        self.assertEqual(order.credit_state, "held")

        self.account.with_user(self.certifier).action_certify()
        order.sudo()._confirm_retry()
        self.assertEqual(order.state, "sale")

    def test_decision_replaces_the_certification(self):
        """SOM-09: or an approver of credit decides for this order."""
        self._set_limit(self.customer, 5000)
        order = self._create_sale_held("monthly")
        approver = self._create_user(
            "settle_decider",
            "account_credit_limit.group_credit_approver,"
            "sales_team.group_sale_salesman_all_leads",
        )
        order.with_user(approver).credit_release("Paid well for years")
        order.sudo()._confirm_retry()
        self.assertEqual(order.state, "sale")

    def _create_sale_held(self, settlement):
        order = self._create_quote(settlement)
        order.action_confirm()
        self.assertEqual(order.state, "draft")
        return order

    def test_type_is_fixed_by_the_confirmation(self):
        """SOM-09: neither a click nor another customer changes what was agreed."""
        order = self._create_sale("prepayment")
        with self.assertRefused("is confirmed"):
            self._call(
                order, "write", {"settlement_type": "monthly"}, user=self.salesperson
            )
        other = self._create_customer("Harbour Inn", 5000, settlement_type="monthly")
        order.sudo().partner_id = other
        self.assertEqual(order.settlement_type, "prepayment")
        picking = self._get_delivery(order)
        self._assert_blocked(picking, "is prepaid")

    def test_down_payment_is_not_lowered_afterwards(self):
        """SOM-09: the share in advance is lowered by finance only, once agreed."""
        self.company.require_confirmed_prepayment = True
        order = self._create_quote("prepayment", require_payment=True)
        order.prepayment_percent = 0.5
        self._pay(order, 250)
        order.action_confirm()
        self.assertEqual(order.state, "sale", order.confirm_hold_reason)
        with self.assertRefused("pays in advance", AccessError):
            lowered = {"prepayment_percent": 0.1}
            self._call(order, "write", lowered, user=self.salesperson)
        self._call(order, "write", {"prepayment_percent": 0.6}, user=self.salesperson)
        finance = self._create_user("settle_finance", "account.group_account_invoice")
        finance.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self._call(order, "write", {"prepayment_percent": 0.3}, user=finance)
        self.assertEqual(order.prepayment_percent, 0.3)

    def _create_quote(self, settlement, **values):
        line = {
            "product_id": self.sprayer.id,
            "product_uom_qty": 5,
            "price_unit": 100.0,
            "tax_ids": [Command.clear()],
        }
        orders = self.env["sale.order"].with_user(self.salesperson)
        return orders.create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "settlement_type": settlement,
                "require_payment": False,
                "order_line": [Command.create(line)],
                **values,
            }
        )

    # === MONEY === #

    def test_money_given_back_after_the_signature(self):
        """SOM-09: what went back to the customer does not let his goods go."""
        order = self._create_sale("prepayment")
        picking = self._get_delivery(order)
        payment = self._pay(order, 500).payment_id
        self._sign(picking)
        refund = self.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "customer",
                "partner_id": order.partner_id.id,
                "journal_id": self.bank.id,
                "amount": 200,
            }
        )
        refund.action_post()
        items = (payment | refund).move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        items.reconcile()
        with self.assertRefused("200.* is missing"):
            self._call(picking, "button_validate")

    def test_foreign_currency(self):
        """SOM-09: money in another currency counts at the rate of the day."""
        currency = self._create_foreign_currency()
        pricelist = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": currency.id}
        )
        order = self._create_quote("prepayment", pricelist_id=pricelist.id)
        order.order_line.price_unit = 100
        order.action_confirm()
        self.assertEqual((order.currency_id, order.amount_total), (currency, 500))
        picking = self._get_delivery(order)
        self._pay(order, 70)
        self._assert_blocked(picking, "10.00.* is missing")
        self._pay(order, 2)
        self._sign(picking)
        self._ship(picking)
        self.assertEqual(picking.state, "done")

    # === WHOSE CREDIT === #

    def test_contacts_and_branches(self):
        """SOM-09: a contact settles like its company, a branch by its own switches."""
        self.customer.settlement_type = "monthly"
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        order = self._create_sale(contact.settlement_type, customer=contact)
        self.assertEqual(order.settlement_type, "monthly")
        self._create_invoice_for(self.customer, 900)
        self._assert_blocked(self._get_delivery(order), "too much")
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self.assertFalse(branch.require_confirmed_prepayment)
        self.assertFalse(branch.credit_control)

    # === SIMULATOR === #

    def _simulate(self, order, **values):
        simulation = self.env["credit.simulation"].with_user(self.salesperson)
        values = {"order_id": order.id, "date": self.today, **values}
        simulation = simulation.new({"partner_id": self.customer.id, **values})
        return simulation.gates_now, simulation.gates_then

    def test_gates_in_the_simulator(self):
        """SOM-09: the simulator asks the doors themselves."""
        self.company.require_confirmed_prepayment = True
        now, then = self._simulate(self._create_quote("prepayment"), pay_amount=500)
        self.assertIn("is prepaid", now)
        self.assertIn("has arrived", now)
        self.assertNotIn("is prepaid", then)
        self.assertNotIn("has arrived", then)
        now, then = self._simulate(
            self._create_quote("cash_on_delivery"), pay_amount=500
        )
        self.assertIn("still to be recorded", now)
        self.assertNotIn("still to be recorded", then)
        order = self._create_quote("monthly")
        now, then = self._simulate(order, new_order_amount=800)
        self.assertNotIn("too much", now)
        self.assertIn("too much", then.split("Delivery of everything")[1])
        self._set_limit(self.customer, 900)
        now, _then = self._simulate(order)
        self.assertIn("not certified", now)
        with self.assertRaises(UserError):
            self._simulate(order, pay_amount=float("nan"))
