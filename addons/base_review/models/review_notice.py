from odoo import api, fields, models

from ..tools import check_records


class ReviewNotice(models.Model):
    """A copy of a review for somebody who decides nothing: who sent it, who read it."""

    _name = "review.notice"
    _description = "Review Copy"
    _inherit = ["review.evidence"]
    _order = "id desc"
    _rec_name = "res_name"

    request_id = fields.Many2one(
        comodel_name="review.request", required=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(string="Document Model", required=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True
    )
    res_name = fields.Char(string="Document")
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, ondelete="restrict"
    )
    requester_id = fields.Many2one(
        comodel_name="res.users", string="Submitted by", ondelete="restrict"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Copied to",
        required=True,
        ondelete="restrict",
    )
    sent_by_id = fields.Many2one(
        comodel_name="res.users", string="Copied by", required=True, ondelete="restrict"
    )
    sent_at = fields.Datetime(
        string="Copied on", required=True, default=fields.Datetime.now
    )
    note = fields.Text()
    read_at = fields.Datetime(string="Read on")

    _user_uniq = models.UniqueIndex(
        "(request_id, user_id)", "This person already has a copy of the review."
    )
    _user_idx = models.Index("(user_id, id)")
    _unread_idx = models.Index("(user_id, res_model, res_id) WHERE read_at IS NULL")

    def action_open_document(self):
        """Note the reading; open the document, or the review if that is all he may."""
        check_records(self, single=True).check_access("read")
        self._mark_read()
        request = self.request_id
        document = request.sudo()._get_document().sudo(False)
        if document and document.has_access("read"):
            return request.action_open_document()
        return {
            "type": "ir.actions.act_window",
            "res_model": "review.request",
            "res_id": request.id,
            "views": [(False, "form")],
        }

    def _mark_read(self):
        """Note that the current user read his copies; those of others stay as is."""
        # sudo: the engine writes evidence; only the user's own rows are kept
        unread = self.sudo().filtered(
            lambda notice: notice.user_id == self.env.user and not notice.read_at
        )
        unread._evidence_write({"read_at": fields.Datetime.now()})
        return unread


class ReviewRequest(models.Model):
    _inherit = "review.request"

    notice_ids = fields.One2many(
        comodel_name="review.notice", inverse_name="request_id", string="Copies"
    )

    def _copy_to(self, users, note=""):
        """Give each user a copy of the single request, unless he has one.

        :return: the new notices
        """
        self.ensure_one()
        fresh = users - self.notice_ids.user_id
        return self.env["review.notice"]._evidence_create(
            [self._prepare_notice(user, note) for user in fresh]
        )

    def _prepare_notice(self, user, note):
        return {
            "request_id": self.id,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "res_name": self.res_name,
            "company_id": self.company_id.id,
            "requester_id": self.requester_id.id,
            "user_id": user.id,
            "sent_by_id": self.env.uid,
            "note": note,
        }

    @api.model
    def _get_participant_fields(self):
        """Return the paths to the people who take part in a review."""
        return (
            "requester_id",
            "author_id",
            "task_ids.user_id",
            "task_ids.done_by",
            "notice_ids.user_id",
        )

    def _get_participants(self):
        """Return the active employees who take part in the single request."""
        users = self.env["res.users"]
        for path in self._get_participant_fields():
            users |= self.mapped(path)
        return users.filtered(lambda user: user.active and not user.share)
