from odoo import api, fields, models
from odoo.fields import Domain


class DepartmentContact(models.Model):
    """跨部门工作联系单: one department asks another to solve a problem in time."""

    _name = "department.contact"
    _description = "Contact Sheet"
    _inherit = ["order.execution.document"]
    _order = "required_on desc, id desc"
    _check_company_auto = True

    _sequence_code = "department.contact"
    _author_field = "requester_id"
    _engine_fields = {
        "name": False,
        "state": "draft",
        "responsible_id": False,
        "permission": "none",
        "permitted_on": False,
        "permitted_by_id": False,
        "permission_note": False,
        "sent_on": False,
        "answer": False,
        "answered_on": False,
        "answered_by_id": False,
    }
    _content_fields = frozenset(
        (
            *("subject", "problem", "required_on", "order_id", "company_id"),
            *("from_department_id", "to_department_id"),
        )
    )

    name = fields.Char(string="Number", readonly=True, copy=False)
    subject = fields.Char(required=True)
    problem = fields.Text(required=True)
    required_on = fields.Datetime(
        string="To Be Solved By", required=True, copy=False, tracking=True
    )
    order_id = fields.Many2one(
        "sale.order", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    order_name = fields.Char(related="order_id.name", string="Order Number", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    requester_id = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user
    )
    from_department_id = fields.Many2one(
        "hr.department",
        string="Asking Department",
        check_company=True,
        default=lambda self: self._get_department(),
    )
    to_department_id = fields.Many2one(
        "hr.department",
        string="Receiving Department",
        required=True,
        check_company=True,
    )
    responsible_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The head of the receiving department.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("sent", "Sent"),
            ("answered", "Answered"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    permission = fields.Selection(
        [
            ("none", "Not asked"),
            ("asked", "Applied for"),
            ("granted", "Permitted"),
            ("refused", "Refused"),
        ],
        default="none",
        readonly=True,
        copy=False,
        tracking=True,
    )
    needs_permission = fields.Boolean(related="company_id.contact_permission")
    permitted_on = fields.Datetime(readonly=True, copy=False)
    permitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    permission_note = fields.Text(readonly=True, copy=False)
    sent_on = fields.Datetime(readonly=True, copy=False)
    answer = fields.Text(readonly=True, copy=False)
    answered_on = fields.Datetime(readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_late = fields.Boolean(
        string="Overdue", compute="_compute_is_late", search="_search_is_late"
    )
    can_answer = fields.Boolean(compute="_compute_can")
    can_manage = fields.Boolean(compute="_compute_can")

    @api.model
    def _get_department(self):
        # sudo: people read few employees
        employees = self.env.user.sudo().employee_ids
        own = employees.filtered(lambda row: row.company_id == self.env.company)
        return own[:1].department_id

    @api.depends("state", "required_on", "answered_on")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for contact in self:
            until = contact.answered_on or now
            contact.is_late = bool(
                contact.state != "draft"
                and contact.required_on
                and contact.required_on < until
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        open_late = Domain("state", "=", "sent") & Domain(
            "required_on", "<", fields.Datetime.now()
        )
        # Two columns of the same row: compared one by one, such sheets are few.
        answered = self.search(Domain("answered_on", "!=", False)).filtered("is_late")
        return open_late | Domain("id", "in", answered.ids)

    @api.depends("responsible_id", "to_department_id", "requester_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for contact in self:
            contact.can_answer = contact._is_responsible()
            contact.can_manage = contact._is_author()

    def _is_responsible(self):
        # sudo: people read few employees
        head = self.sudo().to_department_id.manager_id.user_id
        return self.env.user in self.responsible_id | head

    # === CRUD METHODS === #

    def write(self, vals):
        """What is asked for differs: the permission was for something else."""
        result = super().write(vals)
        if self._content_fields & vals.keys():
            asked = self.filtered(lambda contact: contact.permission != "none")
            if asked:
                asked._engine_write({"permission": "none"})
        return result
