from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import format_date

from .common import NOW, PROMISED, ExecutionCommon, china

FINAL = date(2026, 6, 26)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestChase(ExecutionCommon):
    def _create_chase(self, order=None, **values):
        chases = self.env["order.chase"].with_user(self.clerk)
        return chases.create(
            {
                "order_id": (order or self._create_order()).id,
                "final_date": FINAL,
                "reason": "Steel came late",
                "agreed_with": "Ms Li",
                **values,
            }
        )

    def test_chase_is_entered_on_the_order(self):
        """OCM-36: final date, reason, and who of the customer agreed."""
        order = self._create_order().with_user(self.clerk)
        action = order.action_create_chase()
        chases = self.env[action["res_model"]].with_user(self.clerk)
        with Form(chases.with_context(**action["context"])) as form:
            form.final_date = FINAL
            form.reason = "Steel came late"
        chase = form.record
        self.assertEqual(chase.order_id, order)
        with self.assertRaisesRegex(UserError, "contact the customer first"):
            chase.action_issue()

    def test_chase_reaches_production_and_general_manager(self):
        """OCM-36: issued to the production manager and the general manager/deputy."""
        chase = self._create_chase()
        chase.action_issue()
        for user in (self.maker, self.boss):
            self.assertTrue(self._get_activities(chase, user), user.login)
        self.assertFalse(self._get_activities(chase, self.colleague))
        with self.assertRaises(AccessError):
            chase.action_acknowledge()
        chase.with_user(self.maker).action_acknowledge()
        self.assertRecordValues(
            chase,
            [{"state": "acknowledged", "acknowledged_by_id": self.maker.id}],
        )
        chase.action_close()
        self.assertEqual(chase.state, "closed")

    def test_promised_date_moves_and_production_is_told(self):
        """OCM-36: the order, its instruction and its reminder follow the final date."""
        instruction = self._create_issued()
        order = instruction.sudo().order_id
        chase = self._create_chase(order)
        chase.action_issue()
        self._follow()
        moved = PROMISED + timedelta(days=7)
        self.assertEqual(order.commitment_date, moved)
        self.assertEqual(instruction.date_promised, moved)
        self.assertEqual(instruction.version, 2)
        self.assertRecordValues(
            chase, [{"date_state": "applied", "date_before": PROMISED}]
        )

    def test_days_are_those_of_the_company(self):
        """OCM-36: promised for the small hours in Shanghai, the day before in UTC."""
        order = self._create_order(date=china(2026, 6, 19, 1))
        chase = self._create_chase(order)
        chase.action_issue()
        self.assertEqual(order.commitment_date, china(2026, 6, 26, 1))

    def test_protected_date_is_only_proposed(self):
        """OCM-36: a chase brings no change past the lock of an order."""
        order = self._create_order()
        order.sudo().locked = True
        chase = self._create_chase(order)
        chase.action_issue()
        self.assertEqual(order.commitment_date, PROMISED)
        self.assertEqual(chase.date_state, "proposed")
        self.assertTrue(chase.date_note)

    def test_refused_date_is_only_proposed(self):
        """OCM-36: whatever refuses the date, the chase is issued and says so."""
        order = self._create_order()
        chase = self._create_chase(order)

        def refuse(orders, moment):
            raise UserError(f"{orders.name}: {moment} needs a change notice")

        self.patch(self.registry["sale.order"], "_execution_move_date", refuse)
        chase.action_issue()
        self.assertEqual(chase.state, "issued")
        self.assertEqual(chase.date_state, "proposed")
        self.assertIn("needs a change notice", chase.date_note)

    def test_customer_is_told_the_delay(self):
        """SOM-07: the exception is communicated; the customer sees the message."""
        chase = self._create_chase()
        chase.action_issue()
        message = chase.order_id.message_ids.filtered(
            lambda message: self.customer in message.partner_ids
        )[:1]
        self.assertIn("Ms Li", message.body)
        # Written in the language of the reader.
        languages = self.env["res.lang"].get_installed()
        days = [
            format_date(self.env, FINAL, lang_code=code) for code, _name in languages
        ]
        self.assertTrue([day for day in days if day in message.body], message.body)
        self.assertFalse(message.subtype_id.internal)

    def test_issued_chase_stays_as_it_is(self):
        """OCM-36: neither edited, nor forged, nor deleted."""
        chase = self._create_chase()
        for vals in ({"state": "issued"}, {"date_state": "applied"}, {"name": "X"}):
            with self.assertRaises(AccessError):
                chase.sudo().write(vals)
        with self.assertRaises(AccessError):
            self._create_chase(state="acknowledged")
        context = {"default_state": "issued"}
        smuggled = self.env["order.chase"].sudo().with_context(**context)
        order = self._create_order()
        vals = {"order_id": order.id, "final_date": FINAL, "reason": "x"}
        self.assertEqual(smuggled.create(vals).state, "draft")
        chase.action_issue()
        with self.assertRaises(UserError):
            chase.final_date = FINAL + timedelta(days=1)
        with self.assertRaises(UserError):
            chase.unlink()

    def test_chase_needs_a_confirmed_order_and_a_date_to_come(self):
        """OCM-36: bad input is told in words."""
        with self.assertRaisesRegex(UserError, "not confirmed"):
            self._create_chase(self._create_quotation())
        chase = self._create_chase(final_date=date(2026, 5, 1))
        with self.assertRaisesRegex(UserError, "over"):
            chase.action_issue()
        chase.action_cancel()
        self.assertEqual(chase.state, "cancelled")

    def test_salespeople_issue_nothing(self):
        """OCM-36: order management issues."""
        chase = self._create_chase().with_user(self.salesperson)
        with self.assertRaises(AccessError):
            chase.action_issue()
        with self.assertRaises(AccessError):
            chase.reason = "Mine"
