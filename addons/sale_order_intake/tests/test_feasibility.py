from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .feasibility_common import FeasibilityCommon


@tagged("post_install", "-at_install")
class TestFeasibility(FeasibilityCommon):
    """Departments say in writing whether an order can be delivered as agreed."""

    def test_standard_order_asks_production_and_material_control(self):
        """OCM-06, OCM-08: clerk, production and material control; all say feasible."""
        order = self._create_order()
        self._check(order)
        self.assertEqual(order.intake_stage, "review")
        self.assertIn("feasibility", self._get_blockers(order))
        with self.assertRaises(AccessError):
            order.intake_ask_feasibility("Looks fine.")
        with self.assertRaises(UserError):
            order.with_user(self.clerk).intake_ask_feasibility("  ")
        order.with_user(self.clerk).intake_ask_feasibility("The customer is in a hurry")
        round_ = self._get_round(order)
        self.assertEqual(round_.opinion, "The customer is in a hurry")
        tasks = round_.review_request_id.task_ids
        self.assertEqual(set(tasks.mapped("state")), {"todo"})
        groups = {"production", "material"}
        expected = {getattr(self, name).id for name in groups}
        self.assertLessEqual(expected, set(tasks._get_reviewers().ids))
        self.assertNotIn(self.technical, tasks._get_reviewers())
        self.assertEqual(order.feasibility_state, "asked")
        self._answer(self.production, order)
        self.assertEqual(order.feasibility_state, "asked")
        self.assertIn("feasibility", self._get_blockers(order))
        self._answer(self.material, order)
        self.assertEqual(order.feasibility_state, "feasible")
        self.assertNotIn("feasibility", self._get_blockers(order))
        self.assertEqual(order.intake_stage, "quotation")

    def test_nonstandard_order_asks_the_technical_department(self):
        """OCM-02, OCM-07: the design department answers as well, and reads why."""
        order = self._create_order(
            order_class="nonstandard", nonstandard_reason="new_design"
        )
        self._ask(order)
        round_ = self._get_round(order)
        self.assertEqual(len(round_.review_request_id.task_ids), 3)
        self.assertIn("New technical design", round_.review_exception_text)
        for user in (self.production, self.material):
            self._answer(user, order)
        self.assertEqual(order.feasibility_state, "asked")
        self._answer(self.technical, order, opinion="The drawing can be adapted.")
        self.assertEqual(order.feasibility_state, "feasible")
        self.assertIn("The drawing can be adapted.", round_.opinion_text)

    def test_opinion_is_compulsory(self):
        """OCM-06: a department answers in words, by dialog, inbox and program."""
        order = self._ask()
        round_ = self._get_round(order).with_user(self.production)
        for opinion in (None, "  "):
            with self.assertRaisesRegex(UserError, "opinion"):
                self._answer(self.production, order, opinion=opinion)
        with self.assertRaisesRegex(UserError, "opinion"):
            round_.review_approve(1)
        result = round_.review_approve_many([{"id": round_.id, "revision": 1}])
        self.assertFalse(result[0]["ok"])
        task = self.env["review.task"].with_user(self.production)
        task = task.search([("mine", "=", True), ("res_id", "=", round_.id)])
        action = task.action_approve()
        self.assertEqual(action["res_model"], "review.decision")
        dialog = Form(
            self.env["review.decision"]
            .with_user(self.production)
            .with_context(action["context"])
        )
        dialog.reason = "Two weeks are enough"
        dialog.date_possible = self._in_days(15)
        dialog.save().action_confirm()
        self.assertIn("Two weeks are enough", round_.sudo().opinion_text)
        self.assertEqual(round_.sudo().date_possible, self._in_days(15))

    def test_not_feasible_blocks_and_names_the_date(self):
        """OCM-09: not feasible is said with a reason and perhaps a later date."""
        order = self._ask()
        with self.assertRaises(UserError):
            self._answer(self.material, order, feasible=False, opinion="")
        self._answer(self.material, order, False, "No steel before", self._in_days(40))
        self.assertEqual(order.feasibility_state, "infeasible")
        round_ = self._get_round(order)
        self.assertEqual(
            (round_.state, round_.date_possible), ("infeasible", self._in_days(40))
        )
        self.assertIn("No steel before", self._get_blockers(order)["feasibility"])
        self.assertIn(self.salesperson, order.sudo().activity_ids.user_id)
        self.assertEqual(order.intake_stage, "review")
        with self.assertRaisesRegex(UserError, "later date"):
            order.with_user(self.clerk).intake_ask_feasibility("Once more")

    def test_agreed_date_restarts_the_review(self):
        """OCM-09, SOM-04: the customer agrees to a later date, a new round begins."""
        order = self._ask()
        self._answer(self.production, order, False, "Busy", self._in_days(40))
        order.intake_negotiate_date("We can deliver in 40 days. Is that all right?")
        self.assertEqual(order.feasibility_state, "negotiation")
        self.assertIn("40 days", str(self._get_messages(order)[:1].body))
        paper = self.env["ir.attachment"].with_user(self.salesperson)
        paper = paper.create({"name": "answer.pdf", "raw": b"yes"})
        order.intake_agree_date(self._in_days(41), "Fine with us", "Mr Zhao", paper.ids)
        self.assertEqual(order._get_local_day(order.commitment_date), self._in_days(41))
        rounds = order.sudo().feasibility_ids
        self.assertEqual(rounds.mapped("number"), [2, 1])
        self.assertEqual(rounds.mapped("state"), ["asked", "infeasible"])
        first = rounds[1]
        self.assertEqual(first.customer_answer, "Fine with us")
        self.assertEqual(first.customer_contact, "Mr Zhao")
        self.assertEqual(first.customer_answer_by_id, self.salesperson)
        self.assertEqual(first.date_agreed, self._in_days(41))
        self.assertEqual(first.customer_document_ids, paper)
        self.assertIn("Busy", first.opinion_text)
        self.assertEqual(paper.sudo().res_id, order.id)
        self._say_feasible(order)
        self.assertEqual(order.feasibility_state, "feasible")

    def test_bad_dates_are_refused(self):
        """OCM-09: an earlier date, no date, and what is none."""
        order = self._ask()
        with self.assertRaisesRegex(UserError, "negotiated"):
            order.intake_agree_date(self._in_days(41), "Fine", "Mr Zhao")
        self._answer(self.production, order, False, "Busy")
        for date in (self._in_days(19), None, "soon", True, 7, "9999-01-01", [1]):
            with self.assertRaises(UserError):
                order.intake_agree_date(date, "Fine", "Mr Zhao")
        with self.assertRaises(UserError):
            order.intake_agree_date(self._in_days(41), "Fine", "")
        with self.assertRaises(UserError):
            order.intake_agree_date(self._in_days(41), "Fine", "Zhao", ["x"])
        self.assertEqual(len(order.sudo().feasibility_ids), 1)

    def test_changed_order_is_asked_again(self):
        """OCM-08: products, quantities or dates that change void the answers."""
        changes = (
            {"order_line": "quantity"},
            {"commitment_date": self._in_days(10)},
            {"requirement_note": "Stainless"},
            {"order_class": "nonstandard", "nonstandard_reason": "tight_delivery"},
        )
        for change in changes:
            order = self._ask()
            self._say_feasible(order)
            with self.subTest(change=change):
                if "order_line" in change:
                    order.order_line.product_uom_qty = 9
                else:
                    order.write(change)
                self.assertEqual(order.feasibility_state, "none")
                self.assertEqual(self._get_round(order).state, "void")
                self.assertIn("feasibility", self._get_blockers(order))

    def test_change_withdraws_what_is_asked(self):
        """OCM-08: nobody answers about an order that is no more what it was."""
        order = self._ask()
        round_ = self._get_round(order)
        self._answer(self.production, order)
        order.order_line.product_uom_qty = 3
        self.assertEqual(round_.state, "void")
        self.assertEqual(round_.review_request_id.state, "superseded")
        with self.assertRaises(UserError):
            round_.with_user(self.material).feasibility_answer(1, True, "Yes")
        self._check(order)
        order.with_user(self.clerk).intake_ask_feasibility("Three now")
        self._say_feasible(order)
        self.assertEqual(order.feasibility_state, "feasible")
        order.order_line.price_unit = 101
        self.assertEqual(order.feasibility_state, "feasible")

    def test_incomplete_orders_are_not_asked_about(self):
        """OCM-03, OIN-04: first the requirement, then the review."""
        order = self._create_order()
        with self.assertRaises(UserError) as refused:
            order.with_user(self.clerk).intake_ask_feasibility("Hurry")
        self.assertIn("requirement", str(refused.exception))
        self._check(order)
        order.intake_flag_risk("Never heard of them")
        with self.assertRaises(UserError) as refused:
            order.with_user(self.clerk).intake_ask_feasibility("Hurry")
        self.assertIn("Risk", str(refused.exception))
        self.assertFalse(order.sudo().feasibility_ids)

    def test_who_sells_does_not_answer(self):
        """OCM-06: seller, clerk and strangers do not answer for a department."""
        group = self.env.ref("sale_order_intake.group_feasibility_production")
        group.user_ids += self.salesperson | self.clerk
        order = self._ask()
        for user in (self.salesperson, self.clerk, self.technical, self.manager):
            with self.assertRaises(AccessError):
                self._answer(user, order)
        with self.assertRaises(UserError):
            round_ = self._get_round(order).with_user(self.production)
            round_.feasibility_answer(1, "yes", "We can.")

    def test_rounds_are_evidence(self):
        """OCM-08: nobody writes an answer but the department, sudo included."""
        order = self._ask()
        round_ = self._get_round(order)
        for records in (round_, round_.with_user(self.clerk)):
            with self.assertRaises(AccessError):
                records.write({"state": "feasible"})
            with self.assertRaises(AccessError):
                records.unlink()
        with self.assertRaises(AccessError):
            round_.create({"order_id": order.id, "name": "X", "number": 7})
        for name, value in (
            ("feasibility_state", "feasible"),
            ("feasibility_print", "x"),
            ("refusal_reason", "x"),
        ):
            with self.assertRaises(AccessError):
                order.sudo().write({name: value})
        order.action_cancel()
        self.assertEqual((order.feasibility_state, round_.state), ("none", "void"))
        with self.assertRaises(UserError):
            order.sudo().unlink()

    def test_who_reads_rounds(self):
        """OCM-06: departments read what they are asked, sellers their own orders."""
        order = self._ask()
        round_ = self._get_round(order)
        other = self._create_clerk_s_order()
        other = self._get_round(self._ask(other))
        self.env.invalidate_all()
        for user in (self.production, self.material, self.clerk, self.manager):
            self.assertTrue((round_ | other).with_user(user).has_access("read"))
        self.assertIn("Sprayer", round_.with_user(self.production).content)
        self.assertTrue(round_.with_user(self.salesperson).has_access("read"))
        self.assertFalse(other.with_user(self.salesperson).has_access("read"))
        self.assertFalse(order.with_user(self.production).has_access("read"))
        with Form(round_.with_user(self.production)) as form:
            self.assertEqual(form.name, f"{order.name}/1")

    def test_off_means_untouched(self):
        """OCM-08: a company without the switch asks nobody."""
        self.company.order_feasibility = False
        order = self._create_order()
        self._check(order)
        self.assertEqual(order.intake_stage, "quotation")
        with self.assertRaisesRegex(UserError, "needs no answer"):
            order.with_user(self.clerk).intake_ask_feasibility("Well")
        self.company.order_feasibility = True
        flow = self.env["review.flow"]._get_flow("order.feasibility", self.company)
        self.assertEqual(flow.company_id, self.company)
        shipped = self.env.ref("sale_order_intake.review_flow_feasibility")
        self.assertFalse(shipped.active)
        self.company.order_feasibility_fallback_id = self.clerk
        steps = flow.step_ids.filtered(lambda step: not step.is_final)
        self.assertEqual(steps.fallback_user_id, self.clerk)

    def test_services_need_no_answer(self):
        """OCM-06: what nobody makes or delivers is not asked about."""
        service = self._create_goods("Advice", type="service", is_storable=False)
        order = self._create_order(product=service)
        self.assertFalse(order.feasibility_needed)
        order.order_line = [Command.create({"product_id": self.goods.id})]
        self.assertTrue(order.feasibility_needed)

    def test_goods_from_stock_need_no_answer(self):
        """OCM-06, OCM-07: only what is off the standard is asked about all the same."""
        self.goods.ask_feasibility = False
        order = self._create_order()
        self._check(order)
        self.assertNotIn("feasibility", self._get_blockers(order))
        order.write({"order_class": "nonstandard", "nonstandard_reason": "new_design"})
        self.assertIn("feasibility", self._get_blockers(order))

    def test_many_orders_ask_hardly_more(self):
        """Answers cost a page of orders no query of their own."""
        orders = self.env["sale.order"]
        for _number in range(8):
            orders |= self._ask()

        def read(orders):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders.web_read({"feasibility_state": {}, "intake_stage": {}})
            rounds = orders.sudo().feasibility_ids
            rounds.web_read({"opinion_text": {}, "review_waiting_on": {}})
            return self.cr.sql_log_count - before

        read(orders)
        self.assertEqual(read(orders[:2]), read(orders))
