from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

#: Figures from here on are typing errors.
MAX_FIGURE = 100_000


class DeadlineLimit(models.Model):
    """How long a duty may take, and who answers for it.

    Limits are data: a module ships them for all companies (company empty), a company
    that needs other figures adds its own row with the same code.
    """

    _name = "deadline.limit"
    _description = "Time Limit"
    _inherit = ["deadline.setting"]
    _order = "model, code, company_id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="The technical name by which a document starts and stops this clock.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Leave empty for a limit that holds in every company without its own.",
    )
    model = fields.Char(
        string="Document Model",
        index=True,
        help="The technical name of the documents on which this clock runs.",
    )
    model_name = fields.Char(string="Document", compute="_compute_model_name")

    value = fields.Float(string="Limit", required=True, default=1.0)
    unit = fields.Selection(
        selection=[
            ("minute", "Minutes"),
            ("hour", "Hours"),
            ("half_day", "Half Working Days"),
            ("day", "Working Days"),
            ("same_day", "On the Same Day"),
            ("days_before", "Working Days Before"),
        ],
        required=True,
        default="hour",
    )
    basis = fields.Selection(
        selection=[("working", "Working Hours"), ("clock", "Clock Time")],
        required=True,
        default="working",
        help="Clock time also runs at night, on weekends and on public holidays.",
    )
    soft = fields.Boolean(
        help="A soft limit warns the responsible person and escalates to nobody."
    )
    remind_before = fields.Float(
        string="Remind Before (Hours)",
        help="How long before the limit the responsible person is reminded, "
        "in hours of the same kind; 0 stands for no reminder.",
    )

    responsible_path = fields.Char(
        string="Responsible Field",
        help="The field of the document that holds the responsible user, employee, "
        "department or contact; dots follow relations.",
    )
    responsible_user_id = fields.Many2one(comodel_name="res.users")
    responsible_group_id = fields.Many2one(comodel_name="res.groups")
    escalate_to_manager = fields.Boolean(
        help="Tell the manager of the responsible employee when the limit has passed."
    )
    escalate_user_id = fields.Many2one(comodel_name="res.users", string="Escalate To")
    escalate_group_id = fields.Many2one(
        comodel_name="res.groups", string="Escalate To Group"
    )

    _code_company_uniq = models.UniqueIndex(
        "(code, company_id) NULLS NOT DISTINCT",
        "A company has one time limit per code: change the existing one.",
    )

    def _compute_model_name(self):
        known_models = self.env["ir.model"].sudo()  # no user reads the list of models
        for limit in self:
            known = limit.model in self.env
            limit.model_name = known and known_models._get(limit.model).name

    @api.constrains("value", "remind_before", "unit")
    def _check_hours(self):
        for limit in self:
            figures = (limit.value, limit.remind_before)
            if not all(
                isfinite(figure) and 0 <= figure < MAX_FIGURE for figure in figures
            ):
                raise ValidationError(
                    self.env._(
                        "The time limit %s needs figures between 0 and 100,000: "
                        "correct the limit or the reminder.",
                        limit.name,
                    )
                )
            if limit.unit == "days_before" and limit.value != int(limit.value):
                raise ValidationError(
                    self.env._(
                        "The time limit %s counts whole days before a date: "
                        "enter a whole number.",
                        limit.name,
                    )
                )

    @api.constrains("model", "responsible_path")
    def _check_responsible_path(self):
        for limit in self:
            if limit.model not in self.env or not limit.responsible_path:
                continue
            model = self.env[limit.model]
            for name in limit.responsible_path.split("."):
                if name not in model._fields or not model._fields[name].relational:
                    raise ValidationError(
                        self.env._(
                            "The time limit %(limit)s cannot find who is responsible: "
                            "%(field)s is not a relation of %(model)s.",
                            limit=limit.name,
                            field=name,
                            model=model._description,
                        )
                    )
                model = self.env[model._fields[name].comodel_name]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # Clocks of other companies count as well.
        clocks = self.env["deadline.clock"].sudo()
        used = clocks.search(Domain("limit_id", "in", self.ids), limit=1).limit_id
        if used:
            raise UserError(
                self.env._(
                    "The time limit %s has run on documents and cannot be deleted: "
                    "archive it instead.",
                    used.name,
                )
            )

    # === BUSINESS METHODS === #

    @api.model
    def _get_limit(self, code, company):
        """Return the limit of a company, else the default one, else nothing."""
        return self.browse(self._get_limit_id(code, company.id))

    @api.model
    @ormcache("code", "company_id")
    def _get_limit_id(self, code, company_id):
        # A customer's click starts clocks too, and customers read no limits.
        limits = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                Domain("code", "=", code)
                & Domain("company_id", "in", [False, company_id])
            )
        )
        return limits.sorted(lambda limit: not limit.company_id)[:1].id

    # === HOOKS === #

    def _get_responsible(self, record):
        """Return the user and the group that answer for a document."""
        self.ensure_one()
        user = self.responsible_user_id
        if self.responsible_path:
            found = record.sudo().mapped(self.responsible_path)[:1]
            user = self._get_user_of(found) or user
        return user, self.env["res.groups"] if user else self.responsible_group_id

    @api.model
    def _get_user_of(self, record):
        """Return the user behind a user, employee, department or contact."""
        path = {
            "res.users": "",
            "res.partner": "user_ids",
            "hr.employee": "user_id",
            "hr.department": "manager_id.user_id",
        }.get(record._name)
        if path is None:
            return self.env["res.users"]
        return (record.mapped(path) if path else record)[:1]
