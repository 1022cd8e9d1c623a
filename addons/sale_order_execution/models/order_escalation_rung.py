from odoo import api, fields, models
from odoo.fields import Domain


class OrderEscalationRung(models.Model):
    """One rung of the ladder: who is asked when the rung below did not solve it."""

    _name = "order.escalation.rung"
    _description = "Rung of the Escalation Ladder"
    _order = "company_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leave empty for the ladder of every company without its own.",
    )
    kind = fields.Selection(
        [
            ("manager", "Head of the person who raises it"),
            ("group", "Group"),
            ("user", "Person"),
        ],
        required=True,
        default="group",
    )
    group_id = fields.Many2one("res.groups", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", string="Person", domain="[('share', '=', False)]"
    )
    outsourcing_only = fields.Boolean(
        help="This rung is asked about outsourcing only, other problems end below it."
    )

    _kind_filled = models.Constraint(
        "CHECK (CASE kind WHEN 'group' THEN group_id IS NOT NULL "
        "WHEN 'user' THEN user_id IS NOT NULL ELSE TRUE END)",
        "Choose the group or the person who stands on this rung.",
    )

    @api.model
    def _get_ladder(self, company):
        """Return the rungs of a company, else the default ones, from below."""
        # sudo: everybody may climb, few set the ladder up
        rungs = self.sudo().search(Domain("company_id", "in", [False, company.id]))
        own = rungs.filtered("company_id")
        return (own or rungs).sorted(lambda rung: (rung.sequence, rung.id))

    def _get_users(self, raiser, company):
        """Return who stands on the single rung, without the one who asks."""
        self.ensure_one()
        if self.kind == "manager":
            users = self._get_head(raiser, company)
        elif self.kind == "user":
            users = self.user_id
        else:
            users = self.group_id.all_user_ids - self._get_higher_users(company)
        return users.filtered(
            lambda user: (
                user.active
                and not user.share
                and company in user.company_ids
                and user != raiser
            )
        )

    def _get_higher_users(self, company):
        """Return who is in the group of the rung by way of a higher rung only."""
        higher = self._get_ladder(company).filtered(
            lambda rung: (
                (rung.sequence, rung.id) > (self.sequence, self.id)
                and self.group_id in rung.group_id.all_implied_ids - rung.group_id
            )
        )
        return higher.group_id.all_user_ids

    @api.model
    def _get_head(self, user, company):
        """Return the user of the manager of somebody, else of the department's."""
        # sudo: people read few employees
        employee = user.sudo().employee_ids.filtered(
            lambda employee: employee.company_id == company
        )[:1]
        head = employee.parent_id or employee.department_id.manager_id
        return head.user_id
