from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestMediaReview(OrderReviewCommon):
    """ADV-05: what was approved is one face in one period."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        site = cls.env["media.site"].create({"code": "R", "name": "Road"})
        size = cls.env["media.format"].create({"name": "Column"})
        cls.face = cls.env["media.face"].create(
            {"code": "R-1", "site_id": site.id, "format_id": size.id}
        )
        cls.start = fields.Date.today() + timedelta(days=30)

    def test_other_dates_are_reviewed_again(self):
        order = self._create_order(
            order_line=[
                Command.create(
                    {
                        "product_id": self.sprayer.id,
                        "media_face_id": self.face.id,
                        "media_date_from": self.start,
                        "media_date_to": self.start + timedelta(days=27),
                    }
                )
            ]
        )
        approved = order._review_get_fingerprint()
        order.order_line.media_date_to = self.start + timedelta(days=55)

        self.assertNotEqual(order._review_get_fingerprint(), approved)
        self.assertIn("media_slot_qty", order._review_lines["order_line"])
        self.assertIn("price_unit", order._review_lines["order_line"])
