from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL


class MediaEnquiry(models.Model):
    """What a salesperson wants to sell, asked of process control (媒体落实单).

    Process control answers each line within half a working day. The dates of its answer
    are the confirmed window: holds and bookings stay inside it.
    """

    _name = "media.enquiry"
    _description = "Media Enquiry"
    _inherit = ["mail.thread", "mail.activity.mixin", "deadline.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "partner_id.name", "project"]
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
    )
    project = fields.Char(
        string="Opportunity", help="The campaign or opportunity that it is for."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        tracking=True,
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True)
    budget = fields.Monetary()
    note = fields.Text(
        string="Intention", help="What has been negotiated with the customer so far."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asked", "Asked"),
            ("answered", "Answered"),
            ("held", "Held"),
            ("closed", "Closed"),
            ("lapsed", "Lapsed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    package_id = fields.Many2one(
        "media.package",
        string="Add Package",
        compute="_compute_package_id",
        inverse="_inverse_package_id",
        check_company=True,
        help="Adds the faces of a package to what is wanted.",
    )
    line_ids = fields.One2many("media.enquiry.line", "enquiry_id", copy=True)
    booking_count = fields.Integer(compute="_compute_booking_count")
    asked_on = fields.Datetime(readonly=True, copy=False)
    due_at = fields.Datetime(
        string="Answer Due",
        readonly=True,
        copy=False,
        help="Half a working day after the enquiry, unless the time limit says else.",
    )
    answered_on = fields.Datetime(readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    late_hours = fields.Float(
        string="Answered Late (hours)",
        readonly=True,
        copy=False,
        help="How long after the time limit the answer came, in working hours.",
    )
    valid_until = fields.Datetime(
        string="Answer Valid Until",
        copy=False,
        tracking=True,
        help="Until then the salesperson turns the answer into holds.",
    )
    can_answer = fields.Boolean(compute="_compute_can_answer")
    version = fields.Integer(default=0, readonly=True, copy=False)

    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from AND date_to - date_from < 3660)",
        "An enquiry ends after it begins, within ten years.",
    )
    _budget_check = models.Constraint(
        "CHECK(coalesce(budget, 0) >= 0 AND coalesce(budget, 0) < 1e15)",
        "The budget of an enquiry is a positive amount.",
    )
    _lapse_idx = models.Index("(valid_until) WHERE state = 'answered'")

    # === COMPUTE METHODS === #

    def _compute_package_id(self):
        self.package_id = False

    def _inverse_package_id(self):
        """Leave it to the form, which has added the faces."""

    @api.onchange("package_id")
    def _onchange_package_id(self):
        """Add the faces of the chosen package that are not wanted yet."""
        faces = self.package_id.face_ids - self.line_ids.face_id
        self.line_ids = [Command.create({"face_id": face.id}) for face in faces]
        self.package_id = False

    @api.depends("line_ids.booking_ids")
    def _compute_booking_count(self):
        for enquiry in self:
            enquiry.booking_count = len(enquiry.line_ids.booking_ids)

    @api.depends_context("uid")
    def _compute_can_answer(self):
        self.can_answer = self._is_control()

    # === BUSINESS METHODS === #

    @api.model
    def _is_control(self):
        """Return whether the user belongs to process control."""
        return self.env.user.has_group("media_booking.group_media_control")

    def _transition(self, vals):
        """Write what no user writes; the caller has checked the move."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _lock(self):
        """Let one transaction at a time move these enquiries on.

        The update comes before anything is read: a transaction that waited for it is
        refused by the database and tried anew.
        """
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "UPDATE media_enquiry SET version = coalesce(version, 0) + 1"
                " WHERE id IN %s RETURNING id",
                tuple(self.ids) or (0,),
            )
        )
        self.invalidate_recordset()
        self.line_ids.invalidate_recordset()
