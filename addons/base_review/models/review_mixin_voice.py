from odoo import models
from odoo.exceptions import UserError

from ..tools import clean_text, is_record_id
from .review_mixin_actions import MAX_REASON

#: Files of one decision or comment, and people of one copy and of one request.
MAX_FILES = 20
MAX_COPIES = 50
MAX_NOTICES = 200


class ReviewMixin(models.AbstractModel):
    """Public methods of who says or shows something without deciding."""

    _inherit = "review.mixin"

    def review_comment(self, body, attachment_ids=None):
        """Say something about the review to everybody who takes part in it.

        The comment is a note in the chatter; nothing is decided.

        :param attachment_ids: the caller's own uploads or files of the document
        """
        document = self._review_check_call(single=True)
        text = clean_text(body)
        if not text or len(text) > MAX_REASON:
            raise UserError(
                self.env._("Write a comment of at most %s characters.", MAX_REASON)
            )
        request = document._review_get_own_request()
        files = document._review_get_attachments(attachment_ids)
        document.sudo()._review_post_comment(request, text, files)
        return True

    def review_cc(self, user_ids, note=None):
        """Copy the review to colleagues, who may then read it but not decide.

        They get no right on the document itself.

        :param user_ids: ids of employees; who has a copy already gets no second one
        """
        document = self._review_check_call(single=True)
        text = clean_text(note)
        if text is None or len(text) > MAX_REASON:
            raise UserError(
                self.env._("Give the note as a text of at most 5000 characters.")
            )
        request = document._review_get_own_request()
        if request.state not in {"open", "approved"}:
            raise UserError(
                self.env._("The review of %s is closed.", document.display_name)
            )
        document = document.sudo()  # sudo: evidence is written by the engine only
        users = document._review_get_copied_users(user_ids)
        request._lock()
        if len(request.notice_ids.user_id | users) > MAX_NOTICES:
            raise UserError(
                self.env._("Copy a review to at most %s people.", MAX_NOTICES)
            )
        document._review_notify_copied(request._copy_to(users, text))
        return True

    def review_mark_read(self):
        """Note that the current user read his copies of these documents' reviews.

        :return: how many copies were unread
        """
        documents = self._review_check_call()
        # sudo: the domain names the current user's own rows
        notices = (
            self.env["review.notice"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("res_model", "=", self._name),
                    ("res_id", "in", documents.ids),
                    ("read_at", "=", False),
                ]
            )
        )
        return len(notices._mark_read())

    # === GUARDS === #

    def _review_get_own_request(self):
        """Return the last request of the single document, in sudo.

        :raise AccessError: for who may see neither the document nor the request
        :raise UserError: when the document was never submitted
        """
        request = self._review_get_visible_request()
        if not request:
            self.check_access("read")
            raise UserError(
                self.env._(
                    "%s was never submitted for review.", self.exists().display_name
                )
            )
        return request

    def _review_get_attachments(self, attachment_ids):
        """Return the files of a call, in sudo: loose uploads of the caller's own, or
        files of the single document that he may read.

        :raise UserError: for anything else
        """
        ids = self._review_check_ids(attachment_ids or [], MAX_FILES)
        # sudo: whose file it is is checked here; a reviewer may lack the document
        files = self.env["ir.attachment"].sudo().browse(ids).exists()
        usable = files.filtered(self._review_may_use_attachment)
        if len(usable) != len(ids):
            raise UserError(
                self.env._("Attach files that you uploaded, or files of the document.")
            )
        return usable

    def _review_may_use_attachment(self, attachment):
        if attachment.type != "binary" or attachment.res_field:
            return False
        if not attachment.res_id:
            return attachment.create_uid == self.env.user
        home = (attachment.res_model, attachment.res_id)
        return home == (self._name, self.id) and attachment.sudo(False).has_access(
            "read"
        )

    def _review_check_ids(self, ids, limit):
        """Return the ids of a call, each once.

        :raise UserError: for anything that is no list of at most ``limit`` ids
        """
        if (
            not isinstance(ids, (list, tuple))
            or len(ids) > limit
            or not all(is_record_id(res_id) for res_id in ids)
        ):
            raise UserError(self.env._("Give a list of at most %s ids.", limit))
        return list(dict.fromkeys(ids))

    def _review_get_copied_users(self, user_ids):
        """Return the colleagues a review is copied to, all of them active employees."""
        ids = self._review_check_ids(user_ids, MAX_COPIES)
        users = self.env["res.users"].browse(ids).exists()
        known = self._review_filter_employees(users)
        if not known or len(known) != len(ids):
            raise UserError(
                self.env._(
                    "Choose active employees of %s.", self._review_get_company().name
                )
            )
        return known

    def _review_filter_employees(self, users):
        """Return the active employees of the single document's company."""
        nobody = self.env["res.users"]
        return self.env["review.step"]._filter_eligible(users, self, nobody)

    # === WHO IS TOLD === #

    def _review_post_comment(self, request, text, files):
        """Post a note of the current user and tell the others who take part."""
        loose = files.filtered(lambda attachment: not attachment.res_id)
        loose.write({"res_model": self._name, "res_id": self.id, "public": False})
        users = self._review_filter_employees(request._get_participants())
        self.message_post(
            body=text,
            author_id=self.env.user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=(users - self.env.user).partner_id.ids,
            attachment_ids=files.ids,
        )

    def _review_notify_copied(self, notices):
        """Tell people that they got a copy, and log it."""
        if not notices:
            return
        text = self.env._(
            "%(who)s copies the review of %(document)s to %(users)s.",
            who=self.env.user.name,
            document=self.display_name,
            users=", ".join(notices.user_id.mapped("name")),
        )
        note = notices[0].note
        self._review_notify(f"{text} {note}" if note else text, notices.user_id)

    def _review_copy_flow_people(self, request):
        """Copy an approved request to the people its flow names."""
        ids = request.flow_id._get_layout().cc_user_ids
        if ids:
            users = self.env["res.users"].browse(ids)
            notices = request._copy_to(self._review_filter_employees(users))
            self._review_notify_copied(notices)
