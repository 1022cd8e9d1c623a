from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import check_records


class ReviewFlow(models.Model):
    """What the editor of a flow warns of, and the trial before it is switched on."""

    _inherit = "review.flow"

    warning_text = fields.Text(
        string="Warnings",
        compute="_compute_warning_text",
        compute_sudo=True,
        groups="base_review.group_review_manager",
    )

    @api.depends("company_id", "step_ids", "rule_ids")
    def _compute_warning_text(self):
        for flow in self:
            flow.warning_text = "\n".join(flow._get_warnings())

    def action_try(self):
        """Show the route of a sample document through the single flow."""
        check_records(self, single=True).check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try with a Document"),
            "res_model": "review.flow.trial",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_flow_id": self.id},
        }

    def _get_warnings(self):
        """Return in sentences what would make a document of the single flow hang."""
        self.ensure_one()
        warnings = []
        steps = self.step_ids.filtered(lambda step: step.active and not step.is_final)
        if not steps:
            warnings.append(self.env._("The flow has no step: add one."))
        for step in steps:
            warnings += step._get_warnings(self.company_id)
        for rule in self.rule_ids.filtered(lambda rule: rule.kind == "method"):
            try:
                rule._get_method()
            except UserError as error:
                warnings.append(str(error))
        return warnings


class ReviewStep(models.Model):
    _inherit = "review.step"

    def _get_rule_names(self, reasons):
        """Return by which of a document's reasons the single step is added."""
        adding = self.flow_id._get_layout().step_rules[self.id]
        return [reason["name"] for reason in reasons if reason["rule_id"] in adding]

    def _get_warnings(self, company):
        """Return in sentences what is wrong with the people of the single step.

        :param company: of the flow, empty for all
        """
        self.ensure_one()
        problems = [
            self._get_assignee_problem(company),
            self._get_fallback_problem(company),
            self._get_condition_problem(),
        ]
        return [
            self.env._("%(step)s: %(problem)s", step=self.name, problem=problem)
            for problem in problems
            if problem
        ]

    def _get_assignee_problem(self, company):
        """Return why the reviewers of the single step cannot decide, or ''."""
        if self.assign_by == "user":
            return self._get_person_problem(self.user_id, company)
        if self.assign_by == "group":
            return self._get_group_problem(company)
        if self.assign_by == "field" and not self._leads_to_user():
            return self.env._("%s does not lead to a person.", self.field_path)
        return ""

    def _get_group_problem(self, company):
        members = self.group_id.all_user_ids
        if any(not self._get_person_problem(user, company) for user in members):
            return ""
        return self.env._("nobody of group %s may decide.", self.group_id.name)

    def _get_fallback_problem(self, company):
        """Return why the fallback of the single step is none, or ''."""
        fallback = self.fallback_user_id
        if self.assign_by == "user" and fallback == self.user_id:
            return self.env._(
                "the fallback %s is the reviewer himself: name somebody else.",
                fallback.name,
            )
        return self._get_person_problem(fallback, company)

    def _get_condition_problem(self):
        """Return why the single step never applies, or ''."""
        if self.condition == "on_rules" and not self.rule_ids.filtered("active"):
            return self.env._("no rule adds it, so it never applies.")
        return ""

    def _get_person_problem(self, user, company):
        """Return why a person may not decide in the company, or ''."""
        problem = ""
        if not user:
            problem = self.env._("nobody is named.")
        elif not user.active:
            problem = self.env._("%s is archived.", user.name)
        elif user.share:
            problem = self.env._("%s is no employee.", user.name)
        elif company and company not in user.company_ids:
            problem = self.env._(
                "%(user)s does not work for %(company)s.",
                user=user.name,
                company=company.name,
            )
        return problem
