from unittest.mock import patch

from odoo.tests import new_test_user

from odoo.addons.sale.tests.common import SaleCommon


class GateMixin:
    """Blocks chosen orders the way a module with a rule would."""

    @classmethod
    def _set_up_gate(cls):
        cls.blocked = {}
        model_class = type(cls.env["sale.order"])
        origin = model_class._confirm_blockers

        def _confirm_blockers(orders):
            blockers = origin(orders)
            for order in orders:
                for code, message in cls.blocked.get(order.id, ()):
                    blockers.setdefault(order.id, []).append((code, message))
            return blockers

        cls.startClassPatcher(
            patch.object(model_class, "_confirm_blockers", _confirm_blockers)
        )

    def setUp(self):
        super().setUp()
        self.blocked.clear()

    def _block(
        self, orders, code="credit", message="Over the limit: ask for a release."
    ):
        for order in orders:
            self.blocked[order.id] = [(code, message)]


class GateCommon(GateMixin, SaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_gate()
        cls.salesperson = new_test_user(
            cls.env, "gate_salesperson", groups="sales_team.group_sale_salesman"
        )
        cls.colleague = new_test_user(
            cls.env,
            "gate_colleague",
            groups="sales_team.group_sale_salesman_all_leads",
        )
        cls.order = cls._create_order()

    @classmethod
    def _create_order(cls, **values):
        order = cls.sale_order.copy({"user_id": cls.salesperson.id, **values})
        return order.with_user(cls.salesperson)

    def _get_activities(self, order):
        return order.sudo().activity_ids.filtered(
            lambda activity: (
                activity.activity_type_id
                == self.env.ref("sale_confirm_gate.mail_activity_type_held")
            )
        )
