from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestPanel(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_invoice_for(cls.customer, 300, due_in=-41)
        cls._create_invoice_for(cls.customer, 50, post=False)
        cls._create_confirmed(200)
        cls.order = cls._create_order(600)

    def test_figures_of_the_panel(self):
        """ORD-04, ORD-06: the salesperson sees the figures of the own order."""
        self.assertRecordValues(
            self.order,
            [
                {
                    "credit_visible": True,
                    "credit_limit_amount": 1000,
                    "credit_receivable": 300,
                    "credit_overdue": 300,
                    "credit_overdue_days": 41,
                    "credit_draft_invoices": 50,
                    "credit_open_orders": 200,
                    "credit_this_order": 600,
                    "credit_unconfirmed": 0,
                    "credit_exposure": 1150,
                    "credit_available": 0,
                    "credit_excess": 150,
                }
            ],
        )
        self.assertIn("bg-danger", self.order.credit_bar)

    def test_confirmed_order_is_not_counted_twice(self):
        """This order stays apart from the other open orders."""
        self._set_limit(self.customer, 2000)
        self.order.action_confirm()
        self.order.invalidate_recordset()

        self.assertEqual(self.order.credit_this_order, 600)
        self.assertEqual(self.order.credit_open_orders, 200)
        self.assertEqual(self.order.credit_exposure, 1150)
        self.assertEqual(self.order.credit_available, 850)
        self.assertEqual(self.order.credit_excess, 0)

    def test_colleague_does_not_see_them(self):
        """Figures are for credit users and the order's salesperson."""
        order = self.order.with_user(self.colleague)

        self.assertFalse(order.credit_visible)
        self.assertFalse(order.credit_receivable)
        with self.assertRaises(AccessError):
            order.action_credit_receivable()

    def test_figures_open_their_items(self):
        """ORD-06: each figure opens what it is made of."""
        for name, field, amount in (
            ("action_credit_receivable", "amount_residual", 300),
            ("action_credit_overdue", "amount_residual", 300),
            ("action_credit_draft_invoices", "amount_residual_signed", 50),
            ("action_credit_open_orders", "credit_open", 200),
        ):
            action = getattr(self.order, name)()
            records = self.env[action["res_model"]].sudo().search(action["domain"])
            self.assertEqual(sum(records.mapped(field)), amount)

    def test_form_shows_the_panel(self):
        """The form works for the salesperson, on new orders too."""
        with Form(self.order) as form:
            self.assertEqual(form.credit_this_order, 600)
        form = Form(self.env["sale.order"].with_user(self.salesperson))
        form.partner_id = self.customer
        self.assertEqual(form.credit_limit_amount, 1000)

    def test_salesperson_asks_for_the_certification(self):
        """ORD-12: one click on the order reaches the accountant."""
        account = self._get_account()
        account.owner_id = self.certifier

        self.order.action_ask_certification()

        self.assertEqual(account.activity_ids.user_id, self.certifier)

    def test_warning_has_our_figures(self):
        """Core's banner is replaced where the control is on."""
        self.company.sudo().account_use_credit_limit = True

        self.order.invalidate_recordset()

        self.assertIn("150.00", self.order.partner_credit_warning)
        self.assertIn("too much", self.order.partner_credit_warning)
