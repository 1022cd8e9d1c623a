from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from .common import IntakeCommon

GROUPS = {
    "production": "sale_order_intake.group_feasibility_production",
    "material": "sale_order_intake.group_feasibility_material",
    "technical": "sale_order_intake.group_feasibility_technical",
    "manager": "sale_order_intake.group_order_refusal",
    "deputy": "sale_order_intake.group_order_refusal",
}
STEPS = {
    "production": "sale_order_intake.review_step_feasibility_production",
    "material": "sale_order_intake.review_step_feasibility_material",
    "technical": "sale_order_intake.review_step_feasibility_technical",
}


class FeasibilityCommon(IntakeCommon):
    """A company whose departments say whether an order is feasible."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, group in GROUPS.items():
            user = new_test_user(cls.env, f"feasibility_{name}", groups=group)
            setattr(cls, name, user)
        cls.company.order_feasibility = True

    @classmethod
    def _ask(cls, order=None, opinion="Stock is there, date is tight.", **values):
        """Ask about a complete order as the sales clerk."""
        order = order or cls._create_order(**values)
        cls._check(order)
        order.with_user(cls.clerk).intake_ask_feasibility(opinion)
        return order

    @classmethod
    def _create_clerk_s_order(cls):
        """Enter an order that the clerk sells himself."""
        order = cls._create_order()
        order.sudo().user_id = cls.clerk
        return order.sudo(False).with_user(cls.clerk)

    def _get_round(self, order):
        return order.sudo()._get_feasibility()

    def _answer(self, user, order, feasible=True, opinion="We can.", date=None):
        round_ = self._get_round(order).with_user(user)
        round_.feasibility_answer(
            round_.sudo().review_revision, feasible, opinion, date
        )

    def _say_feasible(self, order):
        for user in (self.production, self.material):
            self._answer(user, order)
        if order.order_class == "nonstandard":
            self._answer(self.technical, order)

    def _get_blockers(self, order):
        return dict(order._confirm_blockers().get(order.id, []))

    @classmethod
    def _in_days(cls, days):
        return fields.Date.today() + timedelta(days=days)
