from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base_review.tools import check_records

from .sale_change_notice_verbs import PRODUCTION


class SaleChangeCirculation(models.Model):
    """Which department got an applied notice, and who acknowledged it when."""

    _name = "sale.change.circulation"
    _description = "Circulation of a Change Notice"
    _inherit = ["evidence.mixin"]
    _order = "id"

    notice_id = fields.Many2one(
        "sale.change.notice",
        string="Change Notice",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="notice_id.company_id", store=True, precompute=True
    )
    department_id = fields.Many2one(
        "hr.department", required=True, readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", string="Told", readonly=True, index="btree_not_null"
    )
    sent_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    sent_by_id = fields.Many2one("res.users", string="Circulated by", readonly=True)
    acknowledged_at = fields.Datetime(readonly=True)
    acknowledged_by_id = fields.Many2one("res.users", readonly=True)

    _department_uniq = models.Constraint(
        "UNIQUE(notice_id, department_id)",
        "The department has the change notice already.",
    )

    # === CRUD METHODS === #

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "Who got a change notice is evidence: circulate it or acknowledge it by "
            "its buttons."
        )

    def action_acknowledge(self):
        """Acknowledge for one's department that the change is known."""
        rows = check_records(self)
        rows.check_access("read")
        for row in rows.filtered(lambda row: not row.acknowledged_at):
            # sudo: departments of colleagues are not readable for everybody
            members = row.sudo().department_id.member_ids.user_id | row.sudo().user_id
            if self.env.user not in members:
                raise AccessError(
                    self.env._(
                        "Only %s acknowledges this.", row.sudo().department_id.name
                    )
                )
            row._complete(
                {
                    "acknowledged_at": fields.Datetime.now(),
                    "acknowledged_by_id": self.env.uid,
                }
            )
        return True


class SaleChangeNotice(models.Model):
    _inherit = "sale.change.notice"

    circulation_ids = fields.One2many(
        "sale.change.circulation", "notice_id", readonly=True
    )

    def change_circulate(self, department_ids):
        """Let more departments know of an applied notice; for production managers.

        :param list department_ids: the departments
        """
        notice = check_records(self, single=True)
        notice.check_access("read")
        if not (self.env.su or self.env.user.has_group(PRODUCTION)):
            raise AccessError(self.env._("The production manager circulates this."))
        if notice.state not in {"applied", "filed"}:
            raise UserError(self.env._("%s is not applied yet.", notice.name))
        departments = self.env["hr.department"].browse(department_ids)
        departments.check_access("read")
        notice._circulate(departments)
        return True

    def _circulate(self, departments):
        """Send the single notice to departments that do not have it yet."""
        fresh = departments.sudo() - self.circulation_ids.sudo().department_id
        rows = self.env["sale.change.circulation"]._append(
            [
                {
                    "notice_id": self.id,
                    "department_id": department.id,
                    "user_id": department.manager_id.user_id.id,
                    "sent_by_id": self.env.uid,
                }
                for department in fresh
            ]
        )
        self._deadline_stop("change_circulation")
        notice = self.sudo()  # sudo: circulated whoever applies
        notice.message_post(
            body=self.env._("%s is in force: take it into your plans.", self.name),
            partner_ids=rows.user_id.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
        for user in rows.user_id:
            notice.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Acknowledge the change"),
                user_id=user.id,
            )
