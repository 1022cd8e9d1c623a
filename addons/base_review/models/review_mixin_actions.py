from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import check_records, clean_text, is_record_id

#: Documents decided in one call, and characters of an opinion.
MAX_BATCH = 500
MAX_REASON = 5000
#: Minutes between two reminders of the same document.
REMIND_MINUTES = 30


class ReviewMixin(models.AbstractModel):
    """The public methods. They meet any caller, with any argument."""

    _inherit = "review.mixin"

    @api.readonly
    def review_preview(self):
        """Return the route the document would take if it were submitted now.

        :return: ``dict`` of flow, blockers (messages), exceptions and steps
        """
        document = self._review_check_call(single=True)
        document.check_access("read")
        return document.sudo()._review_get_preview()  # sudo: rules read every field

    def review_submit(self):
        """Submit the documents for review.

        :raise UserError: naming each document that cannot be submitted, and why
        """
        documents = self._review_check_call()
        documents.check_access("write")
        documents = documents.sudo()  # sudo: evidence is written by the engine only
        refusals = documents._review_get_submit_refusals()
        if refusals:
            raise UserError("\n".join(refusals))
        documents._review_open()
        return True

    def review_approve(self, revision, reason=None, attachment_ids=None):
        """Approve the document as it stood at ``revision``.

        :param attachment_ids: the caller's own uploads, kept with the decision
        """
        document, task, reason = self._review_take_turn(revision, reason)
        task._check_identity(document)
        files = self._review_get_attachments(attachment_ids)
        task._keep_attachments(files)
        document._review_decide_approved(task, reason)
        return True

    def review_reject(self, revision, reason, attachment_ids=None):
        """Reject the document as it stood at ``revision``, and say why.

        :param attachment_ids: the caller's own uploads, kept with the decision
        """
        document, task, reason = self._review_take_turn(revision, reason)
        files = self._review_get_attachments(attachment_ids)
        if not reason:
            raise UserError(
                self.env._("Say why %s is rejected.", document.display_name)
            )
        task._keep_attachments(files)
        document._review_decide_rejected(task, reason)
        return True

    def review_recall(self, revision, reason=None):
        """Withdraw the document from review; for its requester and its author."""
        document = self._review_check_call(single=True)
        revision, reason = self._review_check_arguments(revision, reason)
        document.check_access("read")
        document = document.sudo()  # sudo: evidence is written by the engine only
        document._review_check_unchanged_revision(revision)
        if not document._review_may_recall(document.review_request_id):
            raise AccessError(
                self.env._(
                    "Only %(who)s may recall %(document)s.",
                    who=document.review_request_id.requester_id.name,
                    document=document.display_name,
                )
            )
        document._review_withdraw("recalled", reason)
        return True

    def review_remind(self):
        """Remind those the document waits for, at most once in half an hour."""
        document = self._review_check_call(single=True)
        document.check_access("read")
        document = document.sudo()  # sudo: see who it waits for
        request, now = document.review_request_id, fields.Datetime.now()
        if document.review_state != "open":
            raise UserError(
                self.env._("%s is not under review.", document.display_name)
            )
        pause = fields.Datetime.subtract(now, minutes=REMIND_MINUTES)
        if request.reminded_at and request.reminded_at > pause:
            raise UserError(
                self.env._(
                    "%s was reminded of a moment ago. Give them half an hour.",
                    document.display_name,
                )
            )
        request._lock()
        request._evidence_write({"reminded_at": now})
        document._review_notify(
            self.env._(
                "%(who)s asks you to review %(document)s.",
                who=self.env.user.name,
                document=document.display_name,
            ),
            document._review_get_todo()._get_reviewers(),
        )
        return True

    @api.model
    def review_approve_many(self, entries):
        """Approve several documents, each on its own.

        :param entries: ``[{"id", "revision"}]``
        :return: ``[{"id", "ok", "message"}]`` in the same order
        """
        if not isinstance(entries, (list, tuple)) or len(entries) > MAX_BATCH:
            raise UserError(
                self.env._("Give a list of at most %s documents.", MAX_BATCH)
            )
        return [self._review_approve_entry(entry) for entry in entries]

    def _review_approve_entry(self, entry):
        """Approve one document of a batch in its own savepoint."""
        if not isinstance(entry, dict) or not is_record_id(entry.get("id")):
            raise UserError(self.env._("Name each document by its id and revision."))
        result = {"id": entry["id"], "ok": True, "message": ""}
        try:
            # Only refusals are caught: a serialization error makes Odoo retry.
            with self.env.cr.savepoint():
                self.browse(entry["id"]).review_approve(entry.get("revision"))
        except UserError as error:
            result.update(ok=False, message=str(error))
        return result

    # === GUARDS === #

    def _review_check_call(self, single=False):
        """Return the existing documents of a call, whoever calls with whatever ids."""
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Reviews are for employees."))
        return check_records(self, single)

    def _review_check_arguments(self, revision, reason):
        """Return the revision and the trimmed reason, or refuse them in words."""
        text = clean_text(reason)
        if text is None or len(text) > MAX_REASON:
            raise UserError(
                self.env._("Give the reason as a text of at most 5000 characters.")
            )
        if not is_record_id(revision):
            raise UserError(
                self.env._("Say which revision of the document you have seen.")
            )
        return revision, text

    def _review_take_turn(self, revision, reason):
        """Return the locked document, the caller's task and the reason.

        :raise AccessError: when it is not the caller's turn
        :raise UserError: when the document is not what the caller saw
        """
        document = self._review_check_call(single=True)
        revision, reason = self._review_check_arguments(revision, reason)
        full = document.sudo()  # sudo: a reviewer may lack access to the document
        task = full._review_find_task(self.env.user)
        if not task or not task._may_still_decide(full, self.env.user):
            document.check_access("read")
            full._review_check_unchanged_revision(revision)
            raise AccessError(full._review_get_turn_message(self.env.user))
        full._review_check_unchanged_revision(revision)
        task.request_id._lock()
        full._review_check_unchanged(revision)
        return full, task, reason

    def _review_check_unchanged_revision(self, revision):
        """Raise when the single document is not under review at that revision."""
        if self.review_state != "open":
            raise UserError(
                self.env._("%s is not under review any more.", self.display_name)
            )
        if self.review_request_id.revision != revision:
            raise UserError(
                self.env._(
                    "%s changed since you opened it: reload it.", self.display_name
                )
            )

    def _review_get_submit_refusals(self):
        """Return one sentence for each reason why documents cannot be submitted."""
        blockers = self._review_submit_blockers()
        refusals = []
        for document in self:
            refusals += [
                message
                for message in [
                    document._review_get_status_refusal(),
                    *blockers.get(document.id, []),
                ]
                if message
            ]
        return refusals

    def _review_get_status_refusal(self):
        """Return why the single document is not one to submit, or an empty text."""
        name, message = self.display_name, ""
        if not self._review_get_flow():
            message = self.env._("%s needs no review in this company.", name)
        elif self._review_get_state() not in self._review_state_from:
            message = self.env._("%s is not in a state to be reviewed.", name)
        elif self.review_state == "open":
            message = self.env._(
                "%(document)s is already under review and waits for %(who)s.",
                document=name,
                who=self.review_waiting_on,
            )
        elif self.review_state == "approved" and not self._review_get_gate_message():
            message = self.env._("%s is already approved.", name)
        return message
