from odoo.tests import Form, tagged

from odoo.addons.purchase_review.tests.common import PaymentRequestCommon


@tagged("post_install", "-at_install")
class TestScreens(PaymentRequestCommon):
    """Each role opens the screens of its work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._create_approved_request()
        cls.order = cls.request.purchase_order_ids

    def test_payment_request_opens_for_every_role(self):
        """TRD-07: whoever takes part opens the request."""
        self.env.invalidate_all()
        for user in (
            self.accountant,
            self.checker,
            self.manager,
            self.cashier,
            self.buyer,
        ):
            with self.subTest(user=user.login):
                form = Form(self.request.with_user(user))
                self.assertEqual(form.amount, 500.0)

    def test_order_and_bill_open_for_every_role(self):
        """PUR-09: those who take part open the order and the bill."""
        self.env.invalidate_all()
        for user in (self.buyer, self.head, self.checker):
            with self.subTest(user=user.login):
                form = Form(self.order.with_user(user))
                self.assertEqual(form.review_state, "approved")
        for user in (self.accountant, self.cashier, self.manager):
            with self.subTest(user=user.login):
                form = Form(self.request.move_id.with_user(user))
                self.assertEqual(form.state, "posted")

    def test_lists_and_cards_are_read_by_their_roles(self):
        """TRD-07, TRD-08: what the views show may be read."""
        for user, name, records in (
            (self.cashier, "payment_request_view_list", self.request),
            (self.manager, "payment_request_view_kanban", self.request),
            (self.cashier, "account_move_view_list_payable", self.request.move_id),
            (self.head, "purchase_order_view_kanban_review", self.order),
        ):
            view = self.env.ref(f"purchase_review.{name}")
            self.env.invalidate_all()
            model = records.with_user(user)
            fields = model.get_view(view.id)["models"][records._name]
            with self.subTest(view=name):
                model.read(fields)
