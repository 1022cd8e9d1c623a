import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

#: How long a link is open unless somebody chooses otherwise.
OPEN_DAYS = 14
#: The most faces of one sheet.
MAX_LINES = 200


class MediaAvails(models.Model):
    """An avails sheet (推介单): faces that were free on a day, offered to a customer.

    Once issued it is a frozen list: what the customer sees through the link is what was
    sent, until the link expires or is revoked.
    """

    _name = "media.avails"
    _description = "Avails Sheet"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "partner_id.name"]
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index="btree_not_null", tracking=True
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
    expires_on = fields.Date(
        string="Link Open Until",
        required=True,
        default=lambda self: (
            fields.Date.context_today(self) + timedelta(days=OPEN_DAYS)
        ),
        tracking=True,
        help="After this day the link tells the customer to ask again.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued"), ("revoked", "Revoked")],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    issued_on = fields.Datetime(readonly=True, copy=False)
    free_on = fields.Date(
        compute="_compute_free_on", help="The day on which the faces were free."
    )
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    link = fields.Char(compute="_compute_link", string="Link for the Customer")
    note = fields.Text(string="Words for the Customer")
    line_ids = fields.One2many("media.avails.line", "avails_id", copy=True)
    face_count = fields.Integer(string="Faces", compute="_compute_face_count")

    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from AND date_to - date_from < 3660)",
        "The period of an avails sheet ends after it begins, within ten years.",
    )
    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends("state")
    def _compute_link(self):
        for avails in self:
            # sudo: whoever may read an issued sheet may send its link.
            token = avails.sudo().token if avails.state == "issued" else None
            avails.link = token and f"{avails.get_base_url()}/media/avails/{token}"

    @api.depends("issued_on", "user_id.tz")
    def _compute_free_on(self):
        """Take the day where the salesperson works: the customer's page knows none."""
        for avails in self:
            local = avails.with_context(tz=avails.user_id.tz or "Asia/Shanghai")
            now = avails.issued_on or fields.Datetime.now()
            avails.free_on = fields.Datetime.context_timestamp(local, now).date()

    @api.depends("line_ids")
    def _compute_face_count(self):
        for avails in self:
            avails.face_count = len(avails.line_ids)

    # === ACTIONS === #

    @api.model
    def action_propose(self, domain, date_from, date_to):
        """Make a draft of the faces that are free between two days and open it."""
        faces = self.env["media.face"]
        start, end = faces._read_period(date_from, date_to)
        wanted = faces._read_domain(domain) & faces._get_free_domain(start, end)
        free = faces.search_fetch(wanted, ["code"], limit=MAX_LINES + 1)
        self._check_proposal(free, start, end)
        avails = self.create(
            {
                "date_from": start,
                "date_to": end,
                "line_ids": [fields.Command.create({"face_id": f.id}) for f in free],
            }
        )
        return avails._get_records_action()

    def action_issue(self):
        """Freeze the list, give it a number and open its link."""
        for avails in self:
            avails._check_issue()
            avails.line_ids._freeze()
            avails._transition(
                {
                    "name": self._next_number(avails.company_id),
                    "state": "issued",
                    "issued_on": fields.Datetime.now(),
                    "token": secrets.token_urlsafe(32),
                }
            )

    def action_revoke(self):
        """Close the link at once and for good."""
        for avails in self:
            avails._check_state("issued")
        # sudo: people may not write the token of a sheet; ending it is theirs.
        self.check_access("write")
        self._transition({"state": "revoked", "token": False})

    def action_view_link(self):
        """Open what the customer sees."""
        self.ensure_one()
        self._check_state("issued")
        return {"type": "ir.actions.act_url", "url": self.link, "target": "new"}

    def action_export(self):
        """Download the sheet as a workbook."""
        self.ensure_one()
        url = f"/media/avails/{self.id}/xlsx"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    # === BUSINESS METHODS === #

    @api.model
    def _find_by_token(self, token):
        """Return the sheet of a link, and why it cannot be shown.

        :return: pair of the sheet, with all rights, and ``None``, ``"unknown"`` or
            ``"expired"``
        """
        # sudo: the token is the right to read exactly this sheet.
        avails = self.sudo().search([("token", "=", token)]) if token else self
        if not avails:
            return avails, "unknown"
        today = fields.Date.context_today(avails.with_context(tz="Asia/Shanghai"))
        return avails, "expired" if avails.expires_on < today else None

    @api.model
    def _next_number(self, company):
        # sudo: nobody but the administrator reads sequences.
        sequence = self.env["ir.sequence"].sudo().with_company(company)
        return sequence.next_by_code("media.avails")

    @api.model
    def _check_proposal(self, faces, start, end):
        if not faces:
            raise UserError(
                self.env._(
                    "No face is free from %(start)s to %(end)s under these conditions."
                    " Choose other days or fewer conditions.",
                    start=start,
                    end=end,
                )
            )
        if len(faces) > MAX_LINES:
            raise UserError(
                self.env._(
                    "More than %s faces are free. Choose a district, a format or a"
                    " price first: nobody reads so long a sheet.",
                    MAX_LINES,
                )
            )

    def _check_issue(self):
        self.check_access("write")
        self._check_state("draft")
        if not self.line_ids:
            raise UserError(self.env._("Add faces to the sheet before issuing it."))
        if self.expires_on < fields.Date.context_today(self):
            raise UserError(
                self.env._("The link would be closed already: choose a later day.")
            )
