from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PurchaseReviewCommon


@tagged("post_install", "-at_install")
class TestComparison(PurchaseReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chosen = cls._create_order(price=110.0)
        cls.cheaper = cls._create_order(price=90.0, partner_id=cls.other_vendor.id)

    def setUp(self):
        super().setUp()
        self._link_alternatives(self.chosen, self.cheaper)

    def test_choice_among_suppliers_needs_a_reason(self):
        """PUR-06: no submission without the reason for the chosen supplier."""
        with self.assertRaisesRegex(UserError, self.vendor.name):
            self.chosen.review_submit()

        self.chosen.choice_reason = "Delivers a month earlier"
        self.chosen.review_submit()

        self.assertEqual(self.chosen.review_state, "open")

    def test_comparison_is_frozen_at_submission(self):
        """PUR-06: reviewers see every offer as it stood, the chosen one marked."""
        self.chosen.choice_reason = "Delivers a month earlier"
        self.chosen.review_submit()
        self.cheaper.order_line.price_unit = 1234.0

        rows = self.chosen._get_comparison_shown()
        self.assertEqual([bool(row["chosen"]) for row in rows], [True, False])
        self.assertEqual(rows[1]["supplier"], self.other_vendor.display_name)
        self.assertIn("450.00", rows[1]["total"])
        self.assertNotIn("1,234", str(self.chosen.comparison_html))
        self.assertIn("Delivers a month earlier", str(self.chosen.comparison_html))
        self.chosen.review_recall(1)
        self.assertIn("1,234", str(self.chosen.comparison_html))

    def test_dearer_supplier_is_told_to_the_reviewers(self):
        """PUR-06: the head sees that another supplier is cheaper, and the reason."""
        self.chosen.choice_reason = "Delivers a month earlier"
        self.chosen.review_submit()
        self.cheaper.choice_reason = "Cheaper"
        self.cheaper.review_submit()

        self.assertEqual(
            [reason["code"] for reason in self.chosen.review_exceptions],
            ["not_cheapest"],
        )
        self.assertIn("Delivers a month earlier", self.chosen.review_exception_text)
        self.assertFalse(self.cheaper.review_exceptions)

    def test_one_supplier_from_an_amount_on_needs_a_reason(self):
        """PUR-06: asking one supplier only is explained, from a set amount on."""
        self.company.purchase_single_source_amount = 1000.0
        small = self._create_order(price=199.0)
        small.review_submit()
        large = self._create_order(price=200.0)
        with self.assertRaises(UserError):
            large.review_submit()
        large.choice_reason = "The only maker"
        large.review_submit()
        self.assertIn("The only maker", large.review_exception_text)

    def test_cancelled_offers_do_not_count(self):
        """PUR-06: what is no offer any more needs no comparison."""
        self.cheaper.button_cancel()
        self.chosen.review_submit()
        self.assertFalse(self.chosen._get_comparison())
        self.assertFalse(self.chosen.comparison_html)
