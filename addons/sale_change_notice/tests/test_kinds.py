from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import ChangeCommon


@tagged("post_install", "-at_install")
class TestKinds(ChangeCommon):
    def _get_waiting(self, notice):
        tasks = notice.sudo()._review_get_todo()
        return set(tasks.mapped("step_name"))

    def test_minor_goes_to_production_and_around(self):
        """OCM-16: production manager, then the departments at once."""
        notice = self._submit(self._create_notice(self._change(new_quantity=3)))
        self.assertEqual(self._get_waiting(notice), {"Production manager"})
        self._apply(self._approve(notice, self.production))

        rows = notice.sudo().circulation_ids
        self.assertEqual(rows.department_id, self.workshop)
        self.env.invalidate_all()
        rows = rows.with_user(self.foreman)
        self.assertIn("3.00", rows.notice_id.change_text)
        with self.assertRaises(AccessError):
            rows.with_user(self.head).action_acknowledge()
        rows.action_acknowledge()
        self.assertEqual(rows.acknowledged_by_id, self.foreman)

    def test_production_decides_in_the_dialog_without_seeing_orders(self):
        """OCM-16: the dialog names the order to whoever may not open it."""
        notice = self._submit(self._create_notice(self._change(new_quantity=3)))
        self.assertFalse(self.order.with_user(self.production).has_access("read"))
        self.env.invalidate_all()
        action = notice.with_user(self.production).action_review_approve()
        dialogs = self.env["review.decision"].with_user(self.production)
        dialog = Form(dialogs.with_context(action["context"]))
        self.assertIn(notice.name, dialog.document_name)
        dialog.save().action_confirm()

        self.assertEqual(notice.review_state, "approved")

    def test_more_departments(self):
        """OCM-16: the production manager circulates further, nobody else."""
        store = self._create_department("Store", self.material)
        notice = self._apply(self._create_approved(self._change(new_quantity=3)))

        with self.assertRaises(AccessError):
            notice.with_user(self.salesperson).change_circulate(store.ids)
        notice.with_user(self.production).change_circulate(store.ids)
        self.assertEqual(
            notice.sudo().circulation_ids.department_id, self.workshop | store
        )

    def test_delivery_goes_to_head_production_and_customer(self):
        """OCM-17: head, production manager, the customer's word, then in force."""
        notice = self._submit(
            self._create_notice(new_commitment_date=self._in_days(30), kind="delivery")
        )
        self.assertEqual(self._get_waiting(notice), {"Own head"})
        self._approve(notice, self.head, self.production)
        self._apply(notice)
        self._assert_not_applied(notice, "speak to the customer")

        notice.change_contact("Ms Li agrees")
        self._apply(notice)
        self._assert_applied(notice)
        self.assertEqual(notice.contacted_by_id, self.salesperson)

    def test_structure_is_reviewed_in_full(self):
        """OCM-18: head, production, material control, design, order management."""
        notice = self._submit(
            self._create_notice(
                self._change(new_product_id=self.hose.id), kind="structure"
            )
        )
        self._approve(notice, self.head)
        self.assertEqual(
            self._get_waiting(notice),
            {"Production manager", "Material control", "Design"},
        )
        self._approve(notice, self.production, self.material, self.designer)
        self.assertEqual(self._get_waiting(notice), {"Order management"})
        self._approve(notice, self.desk)
        notice.change_contact("Ms Li agrees")
        self._apply(notice)
        self._assert_not_applied(notice, "order management has to decide")

        desk = notice.with_user(self.desk)
        desk.change_supplement("needed", "Price goes up")
        self._apply(notice)
        self._assert_not_applied(notice, "not signed yet")
        desk.change_supplement("signed", "Contract 7/B")
        self._apply(notice)
        self._assert_applied(notice)

    def test_kind_is_judged(self):
        """OCM-16, OCM-17, OCM-18: the kind follows from what changes."""
        cases = (
            ({"new_commitment_date": self._in_days(30)}, (), "minor"),
            ({}, (self._change(new_quantity=6),), "minor"),
            ({}, ({"new_product_id": self.hose.id},), "minor"),
            ({}, (self._change(new_product_id=self.hose.id),), "minor"),
            ({}, (self._change(new_product_id=self.hose.id),), "delivery"),
        )
        for values, lines, kind in cases:
            notice = self._create_notice(*lines, kind=kind, **values)
            with self.assertRaisesRegex(UserError, "cannot be filed as"):
                notice.review_submit()
        empty = self._create_notice(self._change())
        with self.assertRaisesRegex(UserError, "changes nothing"):
            empty.review_submit()

    def test_lower_price_goes_to_the_head(self):
        """OCM-16: the own head sees what becomes cheaper, by price or discount."""
        cases = ({"new_price_unit": 90}, {"new_discount": 5})
        for values in cases:
            notice = self._submit(self._create_notice(self._change(**values)))
            self.assertEqual(self._get_waiting(notice), {"Own head"})

    def test_technical_without_effect_is_filed(self):
        """OCM-49: the customer's paper is filed, the order stays."""
        notice = self._create_notice(is_technical=True, affects_structure=False)
        with self.assertRaisesRegex(UserError, "file it"):
            notice.review_submit()
        notice.change_file()

        self.assertEqual(notice.state, "filed")
        self.assertFalse(notice.review_request_id)
        self.assertFalse(self.order.change_version)
        told = notice.sudo().message_ids.partner_ids
        self.assertIn(self.production.partner_id, told)

    def test_technical_with_effect_is_not_filed(self):
        """OCM-49: what touches the order is no filing."""
        notice = self._create_notice(
            self._change(new_quantity=3), is_technical=True, affects_structure=False
        )
        with self.assertRaisesRegex(UserError, "has an effect"):
            notice.change_file()

    def test_technical_with_effect_is_decided_by_order_management(self):
        """OCM-50: head, production and design, then order management decides."""
        notice = self._submit(
            self._create_notice(
                is_technical=True, kind="delivery", user=self.designer, paper=True
            ).with_user(self.salesperson)
        )
        self.assertEqual(self._get_waiting(notice), {"Own head"})
        self._approve(notice, self.head)
        self.assertIn("Production manager", self._get_waiting(notice))
        self.assertIn("Design", self._get_waiting(notice))

    def test_full_review_after_a_technical_change(self):
        """OCM-50: order management asks for the full review, which starts again."""
        notice = self._submit(self._create_notice(is_technical=True, kind="delivery"))
        self._approve(notice, self.head, self.production, self.designer)
        with self.assertRaises(AccessError):
            notice.change_rereview("I want it")
        notice.with_user(self.desk).change_rereview("Another motor")

        self.assertEqual(notice.kind, "structure")
        self.assertEqual(notice.state, "review")
        self.assertEqual(notice.review_revision, 2)
        self.assertEqual(notice.sudo().review_request_id.requester_id, self.salesperson)
        self._approve(notice, self.head)
        self.assertIn("Material control", self._get_waiting(notice))

    def test_paper_is_compulsory(self):
        """OCM-80: no change of a customer without the written paper."""
        notice = self._create_notice(self._change(new_quantity=3), paper=False)
        with self.assertRaisesRegex(UserError, "written paper"):
            notice.review_submit()
        filed = self._create_notice(
            is_technical=True, affects_structure=False, paper=False
        )
        with self.assertRaisesRegex(UserError, "written paper"):
            filed.change_file()

    def test_designers_need_the_customers_word(self):
        """OCM-45: a technical change of ours needs the user's written consent, too."""
        notice = self._create_notice(
            is_technical=True, caused_by="company", kind="delivery", paper=False
        )
        with self.assertRaisesRegex(UserError, "written paper"):
            notice.review_submit()

    def test_change_of_the_company_needs_no_paper(self):
        """OCM-80: what the company causes itself has no paper of the customer."""
        notice = self._create_notice(
            self._change(new_price_unit=190), caused_by="company", paper=False
        )
        self._apply(self._approve(self._submit(notice), self.production))
        self._assert_applied(notice)

    def test_paper_stays(self):
        """OCM-80: the paper is archived: not deleted, not swapped, sudo neither."""
        notice = self._submit(self._create_notice(self._change(new_quantity=3)))
        paper = notice.sudo().paper_ids
        self.assertEqual((paper.res_model, paper.res_id), (notice._name, notice.id))
        for function in (
            paper.unlink,
            lambda: paper.write({"raw": b"other"}),
            lambda: paper.write({"res_id": 0}),
        ):
            with self.assertRaises(AccessError):
                function()
        with self.assertRaisesRegex(UserError, "was submitted"):
            notice.sudo().paper_ids = False

    def test_both_moments_are_stored(self):
        """OCM-15: receipt and reaction are stored, the clock is soft."""
        received = fields.Datetime.subtract(fields.Datetime.now(), minutes=10)
        notice = self._create_notice(self._change(new_quantity=3), received_at=received)
        clock = self._find_clock(notice)
        self.assertTrue(clock.limit_id.soft)
        self.assertEqual(clock.limit_id.code, "change_reaction")
        self.assertEqual(clock.started_at, received)
        self._submit(notice)

        self.assertEqual(notice.received_at, received)
        self.assertTrue(notice.reacted_at)
        self.assertFalse(self._find_clock(notice))

    def test_technical_clock(self):
        """OCM-48: designers answer for the reaction to technical changes."""
        notice = self._create_notice(is_technical=True)

        self.assertEqual(
            self._find_clock(notice).limit_id.code, "change_reaction_technical"
        )
        notice.action_react()
        self.assertTrue(notice.reacted_at)

    def test_circulation_clock(self):
        """OCM-16: the production manager's clock runs until it is circulated."""
        notice = self._create_approved(self._change(new_quantity=3))
        self.assertEqual(self._find_clock(notice).limit_id.code, "change_circulation")
        self._apply(notice)
        self.assertFalse(self._find_clock(notice))

    def test_rejected_notice_is_corrected(self):
        """OCM-16: a rejected notice goes back to its author."""
        notice = self._submit(self._create_notice(self._change(new_quantity=3)))
        notice.with_user(self.production).review_reject(1, "Already built")
        self.assertEqual(notice.state, "rejected")
        notice.action_reset()
        notice.line_ids.new_quantity = 4
        self._apply(self._approve(self._submit(notice), self.production))
        self._assert_applied(notice)

    def test_recalled_and_cancelled(self):
        """OCM-16: a recalled notice is a draft again, a cancelled one is closed."""
        notice = self._submit(self._create_notice(self._change(new_quantity=3)))
        notice.review_recall(1)
        self.assertEqual(notice.state, "draft")
        notice.action_cancel()
        self.assertEqual(notice.state, "cancelled")
        with self.assertRaises(UserError):
            notice.action_cancel()

    def test_form_shows_before_and_after(self):
        """OCM-16: the form proposes every line of the order as it is."""
        notices = self.env["sale.change.notice"].with_user(self.salesperson)
        action = self.order.action_request_change()
        form = Form(notices.with_context(**action["context"]))
        form.reason = "Fewer"
        form.caused_by = "company"
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.old_quantity, 5)
            line.new_quantity = 3
        notice = form.save()

        self.assertEqual(len(notice.line_ids), 2)
        self.assertEqual(notice.line_ids.mapped("is_changed"), [True, False])
        self.assertEqual(notice.amount_difference, -200)

    def test_figures(self):
        """OCM-16: what is no number is refused in words."""
        for value in (float("nan"), float("inf"), 1e15):
            with self.assertRaisesRegex(UserError, "not a number"):
                self._create_notice(self._change(new_price_unit=value))
        with self.assertRaisesRegex(UserError, "negative"):
            self._create_notice(self._change(new_quantity=-1))

    def _find_clock(self, notice):
        clocks = self.env["deadline.clock"].search(
            [("res_model", "=", notice._name), ("res_id", "=", notice.id)]
        )
        return clocks.filtered(lambda clock: clock.state == "running")
