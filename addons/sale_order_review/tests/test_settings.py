from odoo.tests import tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestSettings(OrderReviewCommon):
    def test_switch_gives_the_company_its_own_flow(self):
        shipped = self.env.ref("sale_order_review.review_flow_sale_order")

        self.assertFalse(shipped.active)
        self.assertEqual(self.flow.company_id, self.company)
        self.assertEqual(
            self.flow.step_ids.mapped("name"), shipped.step_ids.mapped("name")
        )
        for code in ("name", "code"):
            self.assertEqual(
                set(self.flow.with_context(active_test=False).rule_ids.mapped(code)),
                set(shipped.rule_ids.mapped(code)),
            )

    def test_names_are_copied_in_every_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        shipped = self.env.ref("sale_order_review.review_flow_sale_order")
        step = self.env.ref("sale_order_review.review_step_supervisor")
        step.update_field_translations("name", {"fr_FR": "Visa du responsable"})
        company = self.env["res.company"].create({"name": "Second Company"})

        company.order_review = True

        flow = self.env["review.flow"]._get_flow("sale.order", company)
        names = flow.step_ids.with_context(lang="fr_FR").mapped("name")
        self.assertIn("Visa du responsable", names)
        self.assertEqual(len(flow.step_ids), len(shipped.step_ids))

    def test_switching_off_and_on_keeps_the_flow(self):
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.order_review)

        settings.order_review = False
        settings.execute()
        self.assertFalse(self.flow.active)
        self.assertFalse(self.company.order_review)
        self.company.order_review = True

        self.assertEqual(
            self.env["review.flow"]._get_flow("sale.order", self.company), self.flow
        )

    def test_fallback_follows_the_setting(self):
        self.assertEqual(self.step_supervisor.fallback_user_id, self.fallback)

        self.company.order_review_fallback_id = self.higher

        self.assertEqual(self.step_supervisor.fallback_user_id, self.higher)
        self.assertEqual(self.step_higher.fallback_user_id, self.higher)

    def test_other_company_stays_untouched(self):
        company = self.env["res.company"].create({"name": "Second Company"})

        self.assertFalse(company.order_review)

    def test_new_rules_reach_the_flows_of_the_companies(self):
        shipped = self.env.ref("sale_order_review.review_flow_sale_order")
        step = self.env.ref("sale_order_review.review_step_higher_authority")
        rule = self.env["review.rule"].create(
            {
                "flow_id": shipped.id,
                "name": "Large order",
                "code": "large",
                "domain": "[('amount_total', '>', 50)]",
                "step_ids": [(4, step.id)],
            }
        )

        self.env["review.flow"]._sync_all_order_review_rules()
        self.env["review.flow"]._sync_all_order_review_rules()

        copy = self.flow.rule_ids.filtered(lambda other: other.code == rule.code)
        self.assertEqual(len(copy), 1)
        self.assertEqual(copy.step_ids, self.step_higher)
