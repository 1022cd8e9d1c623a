from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools import check_records

#: What may still change, by state; only the engine writes the state.
OPEN_FIELDS = {
    "planned": {
        "active",
        "company_id",
        "date_from",
        "date_to",
        "delegate_id",
        "flow_id",
        "reason",
        "user_id",
    },
    "running": {"date_to", "reason"},
    "ended": set(),
}


class ReviewDelegation(models.Model):
    """Who decides in whose place, and from when to when (委托).

    While it runs, tasks open for the delegate; the principal keeps the right to decide
    them. What was decided under a delegation keeps it: it is ended, never rewritten.
    """

    _name = "review.delegation"
    _description = "Review Delegation"
    _inherit = ["review.setting"]
    _order = "date_from desc, id desc"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Absent",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        ondelete="restrict",
    )
    delegate_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        index=True,
        domain=[("share", "=", False)],
        ondelete="restrict",
        help="Decides meanwhile, except what he wrote, submitted or reviewed himself: "
        "that goes to the fallback of the step.",
    )
    date_from = fields.Datetime(
        string="From", required=True, default=fields.Datetime.now
    )
    date_to = fields.Datetime(string="To", required=True)
    flow_id = fields.Many2one(
        comodel_name="review.flow",
        string="Only for",
        ondelete="restrict",
        help="Empty: every document.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    reason = fields.Char()
    active = fields.Boolean(default=True)
    state = fields.Selection(
        selection=[("planned", "Planned"), ("running", "Running"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
    )

    _people_check = models.Constraint(
        "CHECK(user_id <> delegate_id)", "Name somebody else as your delegate."
    )
    _dates_check = models.Constraint(
        "CHECK(date_from < date_to OR (state = 'ended' AND date_from <= date_to))",
        "A delegation ends after it starts.",
    )
    # Ranges of one number stand for equality: no extension of the database is needed.
    _overlap_excl = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(user_id, user_id, '[]') WITH &&, "
        "int4range(company_id, company_id, '[]') WITH &&, "
        "int4range(COALESCE(flow_id, 0), COALESCE(flow_id, 0), '[]') WITH &&, "
        "tsrange(date_from, date_to) WITH &&) WHERE (active)",
        "There is already a delegation for some of these days. End it first.",
    )
    _live_idx = models.Index("(date_from) WHERE active AND state <> 'ended'")

    @api.depends("user_id", "delegate_id")
    def _compute_display_name(self):
        for delegation in self:
            delegation.display_name = self.env._(
                "%(delegate)s in place of %(user)s",
                delegate=delegation.delegate_id.name or "",
                user=delegation.user_id.name or "",
            )

    @api.constrains("user_id", "delegate_id", "company_id", "flow_id")
    def _check_people(self):
        for delegation in self:
            company, flow = delegation.company_id, delegation.flow_id
            for user in (delegation.user_id | delegation.delegate_id).sudo():
                employed = user.active and not user.share
                if not employed or company not in user.company_ids:
                    raise ValidationError(
                        self.env._(
                            "%(user)s is no active employee of %(company)s.",
                            user=user.name,
                            company=company.name,
                        )
                    )
            if flow.company_id and flow.company_id != company:
                raise ValidationError(
                    self.env._("%s belongs to another company.", flow.name)
                )

    @api.constrains("user_id", "delegate_id", "company_id", "date_from", "date_to")
    def _check_cycle(self):
        dated = self.filtered(lambda d: d.active and d.date_from and d.date_to)
        for delegation in dated:
            if delegation.user_id in delegation._get_followers():
                raise ValidationError(
                    self.env._(
                        "%(delegate)s is away too and leads back to %(user)s: choose "
                        "somebody else.",
                        delegate=delegation.delegate_id.name,
                        user=delegation.user_id.name,
                    )
                )

    def _get_followers(self):
        """Return everybody the single delegation leads to on some of its days."""
        self.ensure_one()
        # sudo: delegations of others are private, their loops are not
        others = self.sudo().search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "!=", "ended")
            & Domain("date_from", "<", self.date_to)
            & Domain("date_to", ">", self.date_from)
        )
        found, reached = self.env["res.users"], self.delegate_id
        while reached:
            found |= reached
            reached = others.filtered_domain([("user_id", "in", reached.ids)])
            reached = reached.delegate_id - found
        return found

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("state", "planned") != "planned" for vals in vals_list):
            raise self._get_state_error()
        # The initial state is explicit: a default_* key in the context is ignored.
        delegations = super().create(
            [{**vals, "state": "planned"} for vals in vals_list]
        )
        for delegation in delegations:
            if delegation.date_to <= fields.Datetime.now():
                raise UserError(
                    self.env._("%s is over before it starts.", delegation.display_name)
                )
        delegations._schedule()
        delegations._tell_delegates()
        return delegations

    def write(self, vals):
        # What is in force may have given tasks before the scheduled action ran.
        now = fields.Datetime.now()
        self.filtered(lambda d: d.state == "planned" and d.date_from <= now)._apply()
        for delegation in self:
            if vals.keys() - OPEN_FIELDS[delegation.state]:
                raise self._get_state_error()
        result = super().write(vals)
        self.flush_recordset()  # the database judges the dates before they are used
        self.check_access("write")  # not in the name of somebody else, once written
        self._schedule()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: tasks of every reader count
        used = (
            self.env["review.task"]
            .sudo()
            .search([("delegation_id", "in", self.ids)], limit=1)
        )
        if used or any(delegation.state == "running" for delegation in self):
            raise UserError(
                self.env._(
                    "This delegation was in force: end it, it cannot be deleted."
                )
            )

    @api.model
    def _get_state_error(self):
        return AccessError(
            self.env._(
                "Of a delegation that runs, only the end and the reason may change; "
                "one that ended stays as it is. Create a new one."
            )
        )

    def _engine_write(self, vals):
        """Write what starting and ending changes; the guard above is for people."""
        # sudo: the principal may not write the state of his delegation
        return super(ReviewDelegation, self.sudo()).write(vals)

    # === ACTIONS === #

    def action_end(self):
        """End the delegations now; what is open goes back to the principal."""
        check_records(self).check_access("write")
        if any(delegation.state == "ended" for delegation in self):
            raise UserError(self.env._("This delegation has already ended."))
        self._end()
        return True
