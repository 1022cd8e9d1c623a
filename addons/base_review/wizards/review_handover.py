from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import check_records

#: The fields of a step, and of a time limit, that name a person.
STEP_FIELDS = ("user_id", "fallback_user_id", "escalate_user_id")
LIMIT_FIELDS = ("responsible_user_id", "escalate_user_id")


class ReviewHandover(models.TransientModel):
    """离职交接: everything that waits for a leaver goes to his successor.

    In the companies the review manager has selected; groups keep their members.
    """

    _name = "review.handover"
    _description = "Hand Over of Reviews"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Leaver",
        required=True,
        domain=[("share", "=", False)],
        context={"active_test": False},
        ondelete="cascade",
    )
    successor_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        domain=[("share", "=", False)],
        ondelete="cascade",
    )
    reason = fields.Char(required=True)
    state = fields.Selection(
        selection=[("draft", "To Hand Over"), ("done", "Handed Over")],
        default="draft",
        readonly=True,
    )
    preview_html = fields.Html(compute="_compute_preview_html", sanitize=False)
    result = fields.Html(readonly=True)

    @api.depends("user_id")
    def _compute_preview_html(self):
        for wizard in self:
            wizard.preview_html = bool(wizard.user_id) and self.env["ir.qweb"]._render(
                "base_review.handover_preview", wizard._get_preview()
            )

    def action_hand_over(self):
        """Hand everything over and show what became of it."""
        check_records(self, single=True).check_access("write")
        self._check_caller()
        lines = self._hand_over()
        rows = Markup("").join(Markup("<li>%s</li>") % line for line in lines)
        self.write({"state": "done", "result": Markup("<ul>%s</ul>") % rows})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand Over"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_caller(self):
        if not self.env.user.has_group("base_review.group_review_manager"):
            raise AccessError(
                self.env._("Only review managers hand over the reviews of others.")
            )
        if self.state != "draft":
            raise UserError(self.env._("This is already handed over."))
        if self.user_id == self.successor_id:
            raise UserError(self.env._("Name somebody else as the successor."))
        heir = self.successor_id.sudo()  # sudo: he may work where the manager does not
        if not heir.active or heir.share or not heir.company_ids & self.env.companies:
            raise UserError(
                self.env._(
                    "Choose an active employee of %s.",
                    ", ".join(self.env.companies.mapped("name")),
                )
            )

    def _hand_over(self):
        """Hand over tasks, steps, delegations and limits; return a line on each."""
        # sudo: the manager configures reviews; tasks are written by the engine only
        wizard = self.sudo()
        lines = wizard._replace_in(wizard._get_steps(), STEP_FIELDS)
        lines += wizard._replace_in(wizard._get_limits(), LIMIT_FIELDS)
        lines += wizard._renew_delegations()
        lines += wizard._move_tasks()
        return lines or [self.env._("There was nothing to hand over.")]

    # === WHAT THERE IS === #

    def _get_preview(self):
        wizard = self.sudo()  # sudo: see _hand_over
        return {
            "tasks": wizard._get_tasks(),
            "steps": wizard._get_steps(),
            "delegations": wizard._get_delegations(),
            "limits": wizard._get_limits(),
        }

    def _get_company_domain(self, shared=False):
        companies = self.env.companies.ids
        return Domain("company_id", "in", [*companies, False] if shared else companies)

    def _get_tasks(self):
        return self.env["review.task"].search(
            self._get_company_domain()
            & Domain("user_id", "=", self.user_id.id)
            & Domain("state", "in", ("waiting", "todo"))
        )

    def _get_steps(self):
        named = [Domain(name, "=", self.user_id.id) for name in STEP_FIELDS]
        return self.env["review.step"].search(
            self._get_company_domain(shared=True) & Domain.OR(named)
        )

    def _get_limits(self):
        named = [Domain(name, "=", self.user_id.id) for name in LIMIT_FIELDS]
        return self.env["deadline.limit"].search(
            self._get_company_domain(shared=True) & Domain.OR(named)
        )

    def _get_delegations(self):
        return self.env["review.delegation"].search(
            self._get_company_domain()
            & Domain("state", "!=", "ended")
            & (
                Domain("user_id", "=", self.user_id.id)
                | Domain("delegate_id", "=", self.user_id.id)
            )
        )

    # === HANDING OVER === #

    def _replace_in(self, records, names):
        """Name the successor instead of the leaver; return a line on each record."""
        for name in names:
            records.filtered(lambda record, name=name: record[name] == self.user_id)[
                name
            ] = self.successor_id
        return [
            self.env._(
                "%(record)s: %(who)s.",
                record=record.display_name,
                who=self.successor_id.name,
            )
            for record in records
        ]

    def _renew_delegations(self):
        """End his delegations; the successor stands in for those he stood in for."""
        delegations, lines = self._get_delegations(), []
        given = delegations.filtered(lambda d: d.delegate_id == self.user_id)
        renewals = [
            {
                "user_id": delegation.user_id.id,
                "delegate_id": self.successor_id.id,
                "date_from": max(delegation.date_from, fields.Datetime.now()),
                "date_to": delegation.date_to,
                "flow_id": delegation.flow_id.id,
                "company_id": delegation.company_id.id,
                "reason": self.reason,
            }
            for delegation in given
            if delegation.user_id != self.successor_id
        ]
        lines = [self.env._("%s: ended.", name.display_name) for name in delegations]
        delegations._end()
        for vals in renewals:
            lines.append(self._renew_delegation(vals))
        return lines

    def _renew_delegation(self, vals):
        try:
            with self.env.cr.savepoint():
                renewed = self.env["review.delegation"].create(vals)
        except UserError as error:
            return str(error)
        return self.env._("%s: new.", renewed.display_name)

    def _move_tasks(self):
        """Move the tasks in batch; return a line on each that went elsewhere."""
        moves, lines = {}, []
        tasks = self._get_tasks()
        for task in tasks:
            assignment = task._get_successor(self.user_id, self.successor_id)
            if not assignment:
                lines.append(
                    self.env._(
                        "%(document)s, %(step)s: nobody else may decide it.",
                        document=task.res_name,
                        step=task.step_name,
                    )
                )
                continue
            moves[task] = assignment
            if assignment.user != self.successor_id:
                lines.append(
                    self.env._(
                        "%(document)s, %(step)s: goes to %(who)s.",
                        document=task.res_name,
                        step=task.step_name,
                        who=assignment.user.name,
                    )
                )
        tasks._hand_over(moves, self.reason)
        if moves:
            lines.append(self.env._("%s tasks handed over.", len(moves)))
        return lines
