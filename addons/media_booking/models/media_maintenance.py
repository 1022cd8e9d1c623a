from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: Rounds are planned so many days ahead.
AHEAD = 14


class MediaMaintenancePlan(models.Model):
    """How often a face is looked after, and by whom."""

    _name = "media.maintenance.plan"
    _description = "Maintenance Plan of a Face"
    _order = "next_date, id"
    _check_company_auto = True

    name = fields.Char(string="Work", required=True)
    face_id = fields.Many2one(
        "media.face",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="face_id.company_id", store=True, index=True, precompute=True
    )
    interval_days = fields.Integer(string="Every (days)", required=True, default=30)
    next_date = fields.Date(
        string="Next Round", required=True, default=fields.Date.context_today
    )
    user_id = fields.Many2one("res.users", string="Responsible")
    active = fields.Boolean(default=True)

    _interval_check = models.Constraint(
        "CHECK(interval_days BETWEEN 1 AND 3660)",
        "Rounds come every 1 to 3,660 days.",
    )

    @api.model
    def _cron_plan(self):
        """Plan the rounds of the next two weeks, each of them once."""
        horizon = fields.Date.context_today(self) + timedelta(days=AHEAD)
        plans = self.search(Domain("next_date", "<=", horizon))
        self.env["media.maintenance"].create([plan._prepare_round() for plan in plans])
        for plan in plans:
            plan.next_date += timedelta(days=plan.interval_days)

    def _prepare_round(self):
        return {
            "plan_id": self.id,
            "face_id": self.face_id.id,
            "name": self.name,
            "date_planned": self.next_date,
            "user_id": self.user_id.id,
        }


class MediaMaintenance(models.Model):
    """One round at a face: planned, perhaps blocking it, then done with a result.

    What is done is evidence and does not change.
    """

    _name = "media.maintenance"
    _description = "Maintenance Round"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_planned desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Work", required=True)
    plan_id = fields.Many2one(
        "media.maintenance.plan", index="btree_not_null", ondelete="set null"
    )
    face_id = fields.Many2one(
        "media.face",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="face_id.company_id", store=True, index=True, precompute=True
    )
    date_planned = fields.Date(string="Planned for", required=True, tracking=True)
    days = fields.Integer(
        string="Days Blocked",
        default=1,
        help="For so many days from the planned day on the face is not to let.",
    )
    user_id = fields.Many2one("res.users", string="Responsible", tracking=True)
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("cancelled", "Cancelled")],
        string="Status",
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    result = fields.Selection(
        [
            ("good", "In order"),
            ("repaired", "Repaired"),
            ("defect", "Defect remains"),
        ],
        copy=False,
        tracking=True,
    )
    image = fields.Image(string="Photo", max_width=1920, max_height=1920, copy=False)
    note = fields.Text(string="Report", copy=False)
    booking_id = fields.Many2one(
        "media.booking", string="Block", readonly=True, copy=False
    )
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    done_on = fields.Datetime(readonly=True, copy=False)

    _days_check = models.Constraint(
        "CHECK(days BETWEEN 1 AND 366)", "A round blocks a face for 1 to 366 days."
    )
    _plan_uniq = models.UniqueIndex(
        "(plan_id, date_planned) WHERE plan_id IS NOT NULL",
        "This round of the plan exists already.",
    )
    _planned_idx = models.Index("(date_planned) WHERE state = 'planned'")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_forged(vals)
        fixed = {"state": "planned", "done_by_id": False, "done_on": False}
        return super().create(
            [{**vals, **fixed, "booking_id": False} for vals in vals_list]
        )

    def write(self, vals):
        self._refuse_forged(vals)
        self._check_planned()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._check_planned()

    # === ACTION METHODS === #

    def action_done(self):
        """Log the result: from here on the round is evidence."""
        self.check_access("write")
        self._check_planned()
        for maintenance in self:
            if not maintenance.result:
                raise UserError(
                    self.env._(
                        "Enter the result of “%(work)s” at face %(face)s first.",
                        work=maintenance.name,
                        face=maintenance.face_id.code,
                    )
                )
        self._transition(
            {
                "state": "done",
                "done_by_id": self.env.uid,
                "done_on": fields.Datetime.now(),
            }
        )

    def action_block(self):
        """Keep the face from being let on the days of the round."""
        self.check_access("write")
        self._check_planned()
        for maintenance in self.filtered(lambda round_: not round_.booking_id):
            maintenance._block()

    def action_cancel(self):
        """Call rounds off; their blocks go with them."""
        self.check_access("write")
        self._check_planned()
        self._unblock()
        self._transition({"state": "cancelled"})

    # === BUSINESS METHODS === #

    def _transition(self, vals):
        """Write what no user writes; the caller has checked the move."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _block(self):
        """Book the days of the round, so that nobody else does."""
        booking = self.env["media.booking"].create(
            {
                "face_id": self.face_id.id,
                "date_from": self.date_planned,
                "date_to": self.date_planned + timedelta(days=self.days - 1),
                "kind": "maintenance",
                "note": self.name,
            }
        )
        self._transition({"booking_id": booking.id})

    def _unblock(self):
        """Give the days of the rounds back."""
        blocks = self.booking_id.filtered(lambda booking: booking.state == "booked")
        if blocks:
            blocks.cancel(self.env._("The maintenance has been called off."))

    @api.model
    def _refuse_forged(self, vals):
        initial = {"state": "planned"}
        names = {"state", "booking_id", "done_by_id", "done_on"} & vals.keys()
        if any(vals[name] and vals[name] != initial.get(name) for name in names):
            raise UserError(
                self.env._(
                    "The status of a round follows its steps. Use Done, Block or Cancel"
                    " instead of writing %s.",
                    ", ".join(sorted(names)),
                )
            )

    def _check_planned(self):
        over = self.filtered(lambda maintenance: maintenance.state != "planned")
        if over:
            raise UserError(
                self.env._(
                    "The round “%(work)s” at face %(face)s is over and stays as it is."
                    " Plan a new one.",
                    work=over[0].name,
                    face=over[0].face_id.code,
                )
            )
