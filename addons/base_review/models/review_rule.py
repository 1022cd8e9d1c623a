import ast

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class ReviewRule(models.Model):
    """A reason to ask one more person.

    A rule of kind *method* calls ``_review_check_<code>()`` of the documents, which
    returns ``{id: message}``; a rule of kind *domain* names the documents (or the
    lines) that match.
    """

    _name = "review.rule"
    _description = "Review Rule"
    _inherit = ["review.setting"]
    _order = "flow_id, sequence, id"

    flow_id = fields.Many2one(
        comodel_name="review.flow", required=True, index=True, ondelete="cascade"
    )
    model = fields.Char(related="flow_id.model")
    company_id = fields.Many2one(related="flow_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Short technical name, unique in the flow: price_authority."
    )
    kind = fields.Selection(
        selection=[("domain", "Condition"), ("method", "Built in")],
        default="domain",
        required=True,
    )
    level = fields.Selection(
        selection=[("document", "Document"), ("line", "Line")],
        default="document",
        required=True,
    )
    domain = fields.Char(default="[]")
    line_model = fields.Char(compute="_compute_line_model")
    message = fields.Char(
        translate=True, help="Shown to the reviewers when the condition is met."
    )
    step_ids = fields.Many2many(
        comodel_name="review.step",
        relation="review_step_rule_rel",
        column1="rule_id",
        column2="step_id",
        string="Adds the Steps",
        domain="[('flow_id', '=', flow_id), ('is_final', '=', False)]",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(flow_id, code)", "The code of a rule is unique in its flow."
    )

    @api.depends("model", "level")
    def _compute_line_model(self):
        for rule in self:
            rule.line_model = rule._get_domain_model()._name if rule.model else False

    @api.constrains("kind", "code", "domain", "level")
    def _check_definition(self):
        for rule in self:
            if rule.kind == "method":
                rule._get_method()
            else:
                rule._check_domain()

    @api.constrains("step_ids")
    def _check_steps(self):
        self.step_ids._check_rules()

    def _check_domain(self):
        self.ensure_one()
        try:
            domain = Domain(self._parse_domain())
            domain.validate(self._get_domain_model())
        except (ValueError, SyntaxError, TypeError, KeyError) as error:
            raise ValidationError(
                self.env._(
                    "The condition of rule %(rule)s is not valid: %(error)s",
                    rule=self.name,
                    error=error,
                )
            ) from error

    def _parse_domain(self):
        return ast.literal_eval((self.domain or "[]").strip() or "[]")

    def _get_domain_model(self):
        """Return the empty recordset the condition speaks of."""
        document = self.env[self.model]
        line_field = next(iter(document._review_lines), None)
        return document[line_field] if self.level == "line" and line_field else document

    def _get_method(self):
        self.ensure_one()
        name = f"_review_check_{self.code}"
        if not callable(getattr(self.env.registry.get(self.model), name, None)):
            raise UserError(
                self.env._(
                    "Rule %(rule)s has no check behind it (%(method)s). "
                    "Archive the rule or install the application it belongs to.",
                    rule=self.name,
                    method=name,
                )
            )
        return name

    def _evaluate(self, documents):
        """Return the reasons that apply, as ``{document id: [reason]}``.

        A reason is a ``dict`` of rule_id, code, name and message.
        """
        reasons = {document.id: [] for document in documents}
        for rule in self:
            for res_id, message in rule._match(documents).items():
                if res_id in reasons:
                    reasons[res_id].append(
                        {
                            "rule_id": rule.id,
                            "code": rule.code,
                            "name": rule.name,
                            "message": str(message),
                        }
                    )
        return reasons

    def _match(self, documents):
        """Return ``{document id: message}`` for the documents the rule speaks of."""
        self.ensure_one()
        if self.kind == "method":
            return getattr(documents, self._get_method())() or {}
        domain = Domain(self._parse_domain())
        if self.level == "document":
            matching = documents.filtered_domain(domain)
        else:
            matching = documents.filtered(
                lambda document: document._review_get_lines().filtered_domain(domain)
            )
        return {document.id: self.message or self.name for document in matching}
