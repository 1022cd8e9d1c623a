from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ContractDocument(models.Model):
    """A contract of the company, from its draft to the file of administration.

    A filed contract is evidence: nothing but its closing changes it any more.
    """

    _name = "contract.document"
    _description = "Contract"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_signed desc, id desc"
    _rec_names_search = ["number", "name", "partner_id.name"]
    _check_company_auto = True

    name = fields.Char(string="Subject", required=True, tracking=True)
    number = fields.Char(
        string="Contract Number",
        copy=False,
        tracking=True,
        help="Given by administration when the contract is filed.",
    )
    kind = fields.Selection(
        [("framework", "Framework (dealership) contract")],
        required=True,
        default="framework",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Commercial Entity",
        store=True,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("filed", "Filed"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    date_signed = fields.Date(string="Signing Date", copy=False)
    date_start = fields.Date(string="Performance Start", copy=False)
    date_end = fields.Date(
        string="Performance End",
        copy=False,
        help="Leave it empty for a contract that runs until it is closed.",
    )
    amount = fields.Monetary(help="Leave it empty when the contract states no amount.")
    scan = fields.Binary(string="Signed Copy", attachment=True, copy=False)
    scan_filename = fields.Char(string="File Name", copy=False)
    is_valid = fields.Boolean(
        string="In Force", compute="_compute_is_valid", search="_search_is_valid"
    )
    filed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    filed_on = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    close_reason = fields.Char(copy=False, tracking=True)

    _number_uniq = models.UniqueIndex(
        "(company_id, number) WHERE number IS NOT NULL",
        "A contract number is unique within a company.",
    )
    _valid_idx = models.Index(
        "(commercial_partner_id, company_id, date_start) WHERE state = 'filed'"
    )
    _dates_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "A contract cannot end before it starts.",
    )
    _amount_check = models.Constraint(
        "CHECK(amount IS NULL OR (amount >= 0 AND amount < 1e15))",
        "The amount of a contract is a positive number.",
    )
    _filed_check = models.Constraint(
        "CHECK(state NOT IN ('filed', 'closed') OR (number IS NOT NULL"
        " AND date_start IS NOT NULL AND filed_by_id IS NOT NULL))",
        "A filed contract has a number, a start date and the person who filed it.",
    )

    # === COMPUTE METHODS === #

    @api.depends("number", "name")
    def _compute_display_name(self):
        for contract in self:
            parts = (contract.number, contract.name)
            contract.display_name = " ".join(filter(None, parts))

    @api.depends("state", "date_start", "date_end")
    @api.depends_context("tz")
    def _compute_is_valid(self):
        valid = self.filtered_domain(self._get_valid_domain())
        valid.is_valid = True
        (self - valid).is_valid = False

    def _search_is_valid(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return self._get_valid_domain()

    @api.model
    def _get_valid_domain(self, date=None):
        """Return the domain of the filed contracts that run on ``date`` (today)."""
        date = date or fields.Date.context_today(self)
        return (
            Domain("state", "=", "filed")
            & Domain("date_start", "<=", date)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", date))
        )

    # === ACTION METHODS === #

    def action_file(self):
        """Number and file the contracts: from here on they are evidence."""
        self._check_administration()
        for contract in self:
            contract._check_can_file()
            contract._transition(
                {
                    "state": "filed",
                    "number": contract.number or contract._next_number(),
                    "filed_by_id": self.env.uid,
                    "filed_on": fields.Datetime.now(),
                }
            )

    def action_close(self):
        """End filed contracts before or at the end of their period, with a reason."""
        self._check_administration()
        for contract in self:
            if contract.state != "filed":
                raise UserError(
                    self.env._("Contract %s is not filed.", contract.display_name)
                )
            if not contract.close_reason:
                raise UserError(
                    self.env._(
                        "Enter why contract %s is closed.", contract.display_name
                    )
                )
            contract._transition(
                {
                    "state": "closed",
                    "closed_by_id": self.env.uid,
                    "closed_on": fields.Datetime.now(),
                }
            )

    def action_cancel(self):
        """Give up drafts that will not be signed."""
        self.check_access("write")
        for contract in self:
            if contract.state != "draft":
                raise UserError(
                    self.env._(
                        "Contract %s is not a draft. A filed contract is closed.",
                        contract.display_name,
                    )
                )
        self._transition({"state": "cancelled"})

    # === BUSINESS METHODS === #

    @api.model
    def _find_valid_framework(self, partners, company, date):
        """Return ``{commercial partner id: contract}`` for the customers that have a
        framework contract in force with ``company`` on ``date``; the latest wins.
        """
        domain = (
            Domain("kind", "=", "framework")
            & Domain("company_id", "=", company.id)
            & Domain("commercial_partner_id", "in", partners.commercial_partner_id.ids)
            & self._get_valid_domain(date)
        )
        # sudo: whether a customer has a contract is also asked for people who may not
        # read the register; the records come back in the caller's own rights.
        contracts = self.sudo().search_fetch(
            domain, ["commercial_partner_id"], order="date_start, id"
        )
        return {
            contract.commercial_partner_id.id: contract.with_env(self.env)
            for contract in contracts
        }

    def _transition(self, vals):
        """Write fields that no user writes; the caller has checked the move."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _next_number(self):
        """Return the next contract number of the contract's company."""
        sequence = self.env["ir.sequence"].with_company(self.company_id)
        return sequence.next_by_code("contract.document")
