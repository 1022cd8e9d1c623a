import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

FIELD_PATH = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}$")


class ReviewStep(models.Model):
    """A duty in a flow, and a column of the documents' kanban.

    Steps of equal sequence run in parallel.
    """

    _name = "review.step"
    _description = "Review Step"
    _inherit = ["review.setting"]
    _order = "sequence, id"

    flow_id = fields.Many2one(
        comodel_name="review.flow", required=True, index=True, ondelete="cascade"
    )
    model = fields.Char(related="flow_id.model")
    company_id = fields.Many2one(related="flow_id.company_id", store=True, index=True)
    sequence = fields.Integer(
        default=10, help="Steps with the same number run at the same time."
    )
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, translate=True)
    is_final = fields.Boolean(
        readonly=True, help="The column of the documents that passed every step."
    )
    fold = fields.Boolean(string="Folded in Kanban")
    condition = fields.Selection(
        selection=[("always", "Always"), ("on_rules", "When a rule applies")],
        default="always",
        required=True,
    )
    rule_ids = fields.Many2many(
        comodel_name="review.rule",
        relation="review_step_rule_rel",
        column1="step_id",
        column2="rule_id",
        domain="[('flow_id', '=', flow_id)]",
    )
    assign_by = fields.Selection(
        selection=[
            ("user", "Person"),
            ("group", "Group"),
            ("field", "Field of the document"),
            ("manager", "Manager of the requester"),
        ],
        default="user",
        required=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Reviewer", ondelete="restrict"
    )
    group_id = fields.Many2one(comodel_name="res.groups", ondelete="restrict")
    field_path = fields.Char(
        help="Path from the document to a person, for example team_id.user_id."
    )
    policy = fields.Selection(
        selection=[("any", "Any may approve"), ("all", "All must approve")],
        default="any",
        required=True,
    )
    fallback_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Fallback",
        ondelete="restrict",
        help="Decides when nobody else may: absent, archived, or already involved.",
    )
    limit_id = fields.Many2one(
        comodel_name="deadline.limit",
        string="Time Limit",
        ondelete="restrict",
        help="Runs from the moment the step opens. Lateness warns and never decides.",
    )
    escalation_policy = fields.Selection(
        selection=[
            ("none", "Only tell people"),
            ("add", "Let a superior decide too"),
            ("replace", "Hand it over to a superior"),
        ],
        string="When Time Runs Out",
        default="add",
        required=True,
        help="Nothing is ever approved because time ran out.",
    )
    escalate_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Superior",
        domain=[("share", "=", False)],
        ondelete="restrict",
    )
    escalate_to_manager = fields.Boolean(
        string="Manager of the Reviewer",
        help="Asks the manager of the late reviewer, where no superior is named.",
    )
    identity_amount = fields.Float(
        string="Password from Amount",
        digits=(16, 2),
        help="Approving from this amount in company currency on asks for the "
        "password; 0 stands for never.",
    )

    _assignee_check = models.Constraint(
        "CHECK(is_final OR assign_by = 'manager'"
        " OR (assign_by = 'user' AND user_id IS NOT NULL)"
        " OR (assign_by = 'group' AND group_id IS NOT NULL)"
        " OR (assign_by = 'field' AND field_path IS NOT NULL))",
        "Say who reviews: a person, a group or a field of the document.",
    )
    _fallback_check = models.Constraint(
        "CHECK(is_final OR fallback_user_id IS NOT NULL)",
        "Every step needs a fallback, so that no document hangs.",
    )
    _identity_check = models.Constraint(
        "CHECK(identity_amount IS NULL"
        " OR (identity_amount >= 0 AND identity_amount < 1e15))",
        "The amount that asks for a password is zero or more.",
    )
    _final_uniq = models.UniqueIndex(
        "(flow_id) WHERE is_final", "A flow has one final column."
    )

    @api.constrains("assign_by", "field_path")
    def _check_field_path(self):
        for step in self.filtered(lambda step: step.assign_by == "field"):
            if not step._leads_to_user():
                raise ValidationError(
                    self.env._(
                        "%(path)s of step %(step)s does not lead to a person: "
                        "give a path like team_id.user_id.",
                        path=step.field_path,
                        step=step.name,
                    )
                )

    @api.constrains("condition", "rule_ids")
    def _check_rules(self):
        for step in self:
            if step.rule_ids.flow_id - step.flow_id:
                raise ValidationError(
                    self.env._("The rules of %s belong to another flow.", step.name)
                )

    def write(self, vals):
        if {"is_final", "flow_id"} & vals.keys() and any(
            step.is_final or step.flow_id.id != vals.get("flow_id", step.flow_id.id)
            for step in self
        ):
            raise UserError(
                self.env._("The final column and the flow of a step are fixed.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.filtered("is_final"):
            raise UserError(self.env._("A flow keeps its final column."))
        # sudo: tasks of every reader count
        used = (
            self.env["review.task"]
            .sudo()
            .search([("step_id", "in", self.ids)], limit=1)
        )
        if used:
            raise UserError(
                self.env._(
                    "%s has review records. Archive it instead.", used.step_id.name
                )
            )

    def _leads_to_user(self):
        """Return whether every hop is a relation and the last one is people."""
        self.ensure_one()
        if not FIELD_PATH.match(self.field_path or ""):
            return False
        model = self.env[self.model]
        for name in self.field_path.split("."):
            field = model._fields.get(name)
            if not field or not field.relational:
                return False
            model = self.env[field.comodel_name]
        return model._name == "res.users"
