from odoo.tests import TransactionCase, new_test_user, tagged

ROLES = (
    "administration",
    "business_manager",
    "cashier",
    "customer_service",
    "deputy_manager",
    "finance",
    "general_manager",
    "higher_authority",
    "material_control",
    "order_management",
    "process_control",
    "production_manager",
    "purchaser",
    "purchasing_head",
    "sales_clerk",
    "salesperson",
    "storekeeper",
    "technical",
    "unit_accountant",
    "unit_supervisor",
)


@tagged("post_install", "-at_install")
class TestRoles(TransactionCase):
    def test_every_menu_of_a_role_leads_to_something_it_may_read(self):
        """ORG-01: each role finds its own work and nothing that refuses it."""
        for role in ROLES:
            user = new_test_user(self.env, role, groups=f"yewu.role_{role}")
            menus = self.env["ir.ui.menu"].with_user(user)
            root = self.env.ref("yewu.yewu_menu_root")
            visible = menus.browse(menus._visible_menu_ids()).filtered(
                lambda menu, root=root: menu.parent_path.startswith(root.parent_path)
            )
            self.assertTrue(visible, role)
            for menu in visible.filtered("action"):
                model = menu.action.sudo().res_model
                with self.subTest(role=role, menu=menu.complete_name):
                    self.env[model].with_user(user).search([], limit=1)

    def test_whoever_applies_for_a_payment_does_not_pay_it(self):
        """TRD-07: finance checks, the manager signs, the cashier pays."""
        duties = {
            "finance": "purchase_review.group_payment_checker",
            "general_manager": "purchase_review.group_payment_manager",
            "cashier": "purchase_review.group_payment_cashier",
        }
        for role, duty in duties.items():
            user = new_test_user(self.env, f"pay_{role}", groups=f"yewu.role_{role}")
            for group in duties.values():
                with self.subTest(role=role, group=group):
                    self.assertEqual(user.has_group(group), group == duty)

    def test_a_salesperson_decides_nothing_on_credit(self):
        """ORD-12: the salesperson sees the figures of an order, and edits none."""
        user = new_test_user(self.env, "seller", groups="yewu.role_salesperson")

        self.assertFalse(user.has_group("account_credit_limit.group_credit_certifier"))
        self.assertFalse(user.has_group("account_credit_limit.group_credit_approver"))
        self.assertFalse(self.env["credit.account"].with_user(user).has_access("write"))
