from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DOCUMENT, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewCompany(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create({"name": "Branch"})
        people = cls.author | cls.supervisor | cls.director | cls.fallback
        people.sudo().write({"company_ids": [Command.link(cls.branch.id)]})

    def test_company_flow_wins_over_the_common_one(self):
        own = self._create_flow(
            [{"name": "Branch head", "user_id": self.director.id}],
            company_id=self.branch.id,
        )
        own.active = True
        document = self._submit(company_id=self.branch.id)
        other = self._submit()

        self.assertEqual(self._tasks(document).step_name, "Branch head")
        self.assertEqual(self._tasks(other).step_name, "Supervisor")

    def test_a_company_gets_a_whole_copy_of_a_shipped_flow(self):
        """Steps come with escalation and password, rules with their steps."""
        rule = self.env["review.rule"].create(
            {"flow_id": self.flow.id, "name": "Large", "code": "l", "kind": "domain"}
        )
        self.first_step.write(
            {
                "escalation_policy": "replace",
                "identity_amount": 5000.0,
                "rule_ids": [Command.set(rule.ids)],
            }
        )

        self.flow._switch_for_company(self.branch, True, self.director)

        own = self.env["review.flow"]._get_flow(DOCUMENT, self.branch)
        first = own._get_steps()[0]
        self.assertEqual((own.name, own.company_id), (self.flow.name, self.branch))
        self.assertEqual(own._get_steps().fallback_user_id, self.director)
        self.assertEqual(first.escalation_policy, "replace")
        self.assertEqual(first.identity_amount, 5000.0)
        self.assertEqual(first.rule_ids.code, rule.code)
        self.assertEqual(first.rule_ids.flow_id, own)

    def test_common_flow_serves_other_companies(self):
        document = self._submit(company_id=self.branch.id)

        self.assertEqual(self._tasks(document).user_id, self.supervisor)
        self.assertEqual(self._tasks(document).company_id, self.branch)

    def test_reviewer_of_another_company_is_skipped(self):
        self.supervisor.sudo().write({"company_ids": [Command.unlink(self.branch.id)]})
        document = self._submit(company_id=self.branch.id)

        self.assertEqual(self._tasks(document).user_id, self.fallback)

    def test_company_without_flow_is_untouched(self):
        self.flow.company_id = self.branch
        document = self._create_document()
        document.action_confirm()

        self.assertEqual(document.state, "done")
        with self.assertRefused("submit it first"):
            self._create_document(company_id=self.branch.id).action_confirm()

    def test_rows_of_other_companies_are_hidden(self):
        document = self._submit(company_id=self.branch.id)
        request = document.sudo().review_request_id
        supervisor = self.supervisor
        for companies, visible in ((self.env.company, False), (self.branch, True)):
            scoped = request.with_user(supervisor).with_context(
                allowed_company_ids=companies.ids
            )
            self.assertEqual(scoped.has_access("read"), visible)
            self.assertEqual(
                scoped.task_ids.browse(request.task_ids.ids).has_access("read"), visible
            )

    @mute_logger("odoo.sql_db")
    def test_one_active_flow_per_company(self):
        second = self._create_flow([])
        with self.assertRaises(IntegrityError):
            second.active = True
            self.env.flush_all()

    def test_models_without_review_are_refused(self):
        with self.assertRefused("cannot be reviewed", ValidationError):
            self.env["review.flow"].create(
                {"name": "x", "model_id": self.env["ir.model"]._get_id("res.partner")}
            )

    def test_conditions_are_checked(self):
        rule = {"flow_id": self.flow.id, "name": "r", "code": "r", "message": "m"}
        for values in (
            {"domain": "[('no_field', '=', 1)]"},
            {"domain": "__import__('os')"},
            {"domain": "[("},
            {"kind": "method", "code": "missing"},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(UserError),
                self.cr.savepoint(),
            ):
                self.env["review.rule"].create({**rule, **values})

    def test_condition_on_document_and_lines(self):
        """ORD-10: conditions set up by hand, on the document or on its lines."""
        self.env["review.rule"].create(
            [
                {
                    "flow_id": self.flow.id,
                    "name": level,
                    "code": level,
                    "level": level,
                    "domain": domain,
                    "message": f"{level} matched",
                    "step_ids": [Command.link(self.second_step.id)],
                }
                for level, domain in {
                    "document": "[('amount', '>', 500)]",
                    "line": "[('price', '>', 15)]",
                }.items()
            ]
        )
        document = self._submit(amount=600.0)

        self.assertEqual(
            document.review_exception_text.splitlines(),
            ["document matched", "line matched"],
        )
        self.assertEqual(len(self._tasks(document)), 2)

    def test_flow_form_switches_on_and_off(self):
        self.flow.action_toggle()
        self.assertFalse(self.flow.active)
        self.assertEqual(self.env[DOCUMENT]._review_is_live(), False)
        self.flow.action_toggle()
        self.assertTrue(self.env[DOCUMENT]._review_is_live())
