from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PurchaseReviewCommon


@tagged("post_install", "-at_install")
class TestSettings(PurchaseReviewCommon):
    def test_switch_gives_the_company_its_own_flows(self):
        """PUR-02, PUR-15: both flows ship inactive; the company has a copy."""
        for model, name in (
            ("purchase.order", "review_flow_purchase_order"),
            ("payment.request", "review_flow_payment_request"),
        ):
            shipped = self.env.ref(f"purchase_review.{name}")
            flow = self.env["review.flow"]._get_flow(model, self.company)
            self.assertFalse(shipped.active)
            self.assertEqual(flow.company_id, self.company)
            self.assertEqual(flow.name, shipped.name)
            self.assertEqual(
                flow.step_ids.mapped("name"), shipped.step_ids.mapped("name")
            )
            self.assertEqual(
                flow.rule_ids.mapped("code"), shipped.rule_ids.mapped("code")
            )
            steps = flow.step_ids.filtered(lambda step: not step.is_final)
            self.assertEqual(steps.fallback_user_id, self.fallback)
            self.assertEqual(len(steps.rule_ids), len(shipped.step_ids.rule_ids))

    def test_switching_off_and_on_keeps_the_flow(self):
        """PUR-02: the company keeps what it changed in its flow."""
        settings = self.env["res.config.settings"].with_company(self.company)
        settings = settings.create({})
        self.assertTrue(settings.purchase_review)
        settings.purchase_review = False
        settings.execute()
        self.assertFalse(self.flow.active)
        self.assertFalse(self.company.purchase_review)
        self.company.purchase_review = True
        self.assertTrue(self.flow.active)

    def test_fallback_follows_the_setting(self):
        """PUR-02: who decides when nobody else may is a setting."""
        self.company.purchase_review_fallback_id = self.head
        steps = self.flow.step_ids.filtered(lambda step: not step.is_final)
        self.assertEqual(steps.fallback_user_id, self.head)
