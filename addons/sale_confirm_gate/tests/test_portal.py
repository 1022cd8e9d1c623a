from odoo.tests import tagged

from odoo.addons.base.tests.common import HttpCaseWithUserPortal

from .common import GateMixin

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
    "RU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPortal(GateMixin, HttpCaseWithUserPortal):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_gate()
        product = cls.env["product.product"].create(
            {"name": "Poster", "type": "service", "list_price": 100}
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.partner_portal.id,
                "state": "sent",
                "require_signature": True,
                "require_payment": False,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        )

    def _sign(self, login):
        self.authenticate(login, login)
        token = self.order._portal_ensure_token()
        return self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/accept",
            {"access_token": token, "name": "Buyer", "signature": SIGNATURE},
        )

    def test_signature_of_a_blocked_order_is_kept_and_the_order_held(self):
        """ORD-13: the customer signs, the company checks; nobody sees an error."""
        self._block(self.order, message="Customer X is over the limit of 5,000.")

        answer = self._sign("portal")
        page = self.url_open(answer["redirect_url"])

        self.assertTrue(answer["force_refresh"])
        self.assertEqual(self.order.state, "sent")
        self.assertTrue(self.order.signature)
        self.assertTrue(self.order.confirm_held)
        self.assertTrue(self.order.confirm_requested)
        self.assertEqual(page.status_code, 200)
        self.assertIn('name="confirm_held"', page.text)
        self.assertNotIn("over the limit", page.text)

    def test_public_visitor_with_the_link_is_held_too(self):
        self._block(self.order)

        answer = self._sign(None)

        self.assertTrue(answer["force_refresh"])
        self.assertTrue(self.order.confirm_held)

    def test_free_order_is_confirmed_by_the_signature(self):
        answer = self._sign("portal")
        page = self.url_open(answer["redirect_url"])

        self.assertEqual(self.order.state, "sale")
        self.assertNotIn('name="confirm_held"', page.text)
