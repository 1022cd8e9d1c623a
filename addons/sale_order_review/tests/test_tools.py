import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.sale_order_review import tools


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_amounts_in_capitals(self):
        self.assertFalse(doctest.testmod(tools).failed)
        for amount, text in (
            (10001, "壹万零壹元整"),
            (100000000, "壹亿元整"),
            (100010000, "壹亿零壹万元整"),
            (20300.3, "贰万零叁佰元叁角"),
            (0.05, "伍分"),
        ):
            self.assertEqual(tools.rmb_in_capitals(amount), text)
