from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import DOCUMENT, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewPreview(ReviewCommon):
    """The editor of flows: trial with a document, and warnings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "review_manager", groups="base_review.group_review_manager"
        )
        cls.draft = cls._create_flow(
            [
                {"name": "Head", "user_id": cls.director.id},
                {
                    "name": "Committee",
                    "sequence": 20,
                    "user_id": cls.supervisor.id,
                    "condition": "on_rules",
                    "rules": ["amount"],
                },
            ]
        )

    def _try(self, flow=None, user=None, **values):
        action = (flow or self.draft).with_user(user or self.manager).action_try()
        self.env.invalidate_all()
        trial = self.env[action["res_model"]].with_user(user or self.manager)
        trial = Form(trial.with_context(**action["context"]))
        for name, value in values.items():
            setattr(trial, name, value)
        return trial

    def test_inactive_flow_is_tried_on_the_newest_document(self):
        document = self._create_document(amount=5000.0)
        trial = self._try()
        self.assertEqual(trial.res_id, document.id)
        text = str(trial.preview_html)
        for word in ("Head", "Director", "Committee", "above 1000", "Author"):
            self.assertIn(word, text)
        self.assertFalse(self.draft.active)
        self.assertEqual(document.review_state, "none")

    def test_rules_decide_the_route(self):
        self._create_document(amount=10.0)
        text = str(self._try().preview_html)
        self.assertIn("Head", text)
        self.assertNotIn("Committee", text)

    def test_trial_differs_from_the_active_flow(self):
        document = self._create_document(amount=10.0)
        preview = document.with_user(self.author).review_preview()
        self.assertEqual([step["name"] for step in preview["steps"]], ["Supervisor"])
        preview = document.sudo()._review_get_preview(self.draft)
        self.assertEqual([step["name"] for step in preview["steps"]], ["Head"])

    def test_trial_tells_what_blocks(self):
        self._create_document(blocked=True)
        self.assertIn("is blocked", str(self._try().preview_html))
        empty = self._create_flow([])
        self.assertIn("has no step", str(self._try(empty).preview_html))
        rule = self.env["review.rule"].create(
            {"flow_id": self.draft.id, "name": "r", "code": "amount2", "message": "m"}
        )
        self.env.cr.execute(
            "UPDATE review_rule SET kind = 'method' WHERE id = %s", [rule.id]
        )
        self.env.invalidate_all()
        self.assertIn("no check behind it", str(self._try().preview_html))
        self.assertIn("no check behind it", self.draft.warning_text)

    def test_trial_reads_under_the_rights_of_the_manager(self):
        own = self._create_document(user=self.manager)
        self._create_document()
        self.env["ir.rule"].create(
            {
                "name": "Own documents",
                "model_id": self.env["ir.model"]._get_id(DOCUMENT),
                "domain_force": "[('create_uid', '=', user.id)]",
            }
        )
        self.assertEqual(self._try().res_id, own.id)
        foreign = self._create_document()
        trials = self.env["review.flow.trial"].with_user(self.manager)
        with self.assertRaises(AccessError):
            trials.create({"flow_id": self.draft.id, "res_id": foreign.id}).mapped(
                "preview_html"
            )

    def test_trial_is_for_managers(self):
        with self.assertRaises(AccessError):
            self._try(user=self.stranger)

    def test_trial_of_a_flow_without_documents(self):
        self.env[DOCUMENT].search([]).unlink()
        trial = self._try()
        self.assertFalse(trial.res_id)
        self.assertFalse(trial.preview_html)

    def test_company_of_the_flow_chooses_the_document(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.manager.sudo().company_ids += branch
        inside = self._create_document(company_id=branch.id)
        self._create_document()
        self.draft.company_id = branch
        self.assertEqual(self._try().res_id, inside.id)

    def _warnings(self, **values):
        step = self.draft.step_ids.filtered(lambda step: step.name == "Head")
        step.write(values)
        self.env.invalidate_all()
        return self.draft.with_user(self.manager).warning_text

    def test_sound_flow_has_no_warning(self):
        self.assertFalse(self._warnings())

    def test_warnings_on_people(self):
        cases = {
            "himself": {"fallback_user_id": self.director.id},
            "nobody of group Empty": {
                "assign_by": "group",
                "fallback_user_id": self.fallback.id,
                "group_id": self.env["res.groups"].create({"name": "Empty"}).id,
            },
        }
        for regex, values in cases.items():
            with self.subTest(values=values):
                self.assertRegex(self._warnings(**values), f"Head: .*{regex}")

    def test_warning_on_the_archived(self):
        self.director.sudo().active = False
        self.assertIn("Head: Director is archived.", self._warnings())
        self.fallback.sudo().active = False
        self.assertIn("Head: Fallback is archived.", self._warnings())

    def test_warning_on_another_company(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.draft.company_id = branch
        self.director.sudo().company_ids = [Command.link(branch.id)]
        warnings = self._warnings()
        self.assertIn("Fallback does not work for Branch", warnings)
        self.assertNotIn("Head: Director", warnings)

    def test_warning_on_a_step_that_never_applies(self):
        self.draft.rule_ids.active = False
        self.assertIn("Committee: no rule adds it", self._warnings())

    def test_empty_flow_warns(self):
        self.assertIn("no step", self._create_flow([]).warning_text)
