from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import SQL, format_datetime

#: Tasks that one transaction of the scheduled action mails.
MAIL_BATCH = 200
#: Members of a group that are told of one task.
MAIL_MEMBERS = 20


class ReviewTask(models.Model):
    """One mail per person on what opened for him, with links. Decided ones are left."""

    _inherit = "review.task"

    mailed_at = fields.Datetime(
        help="When the reviewers were told by mail, or were found not to want any."
    )

    _to_mail_idx = models.Index("(id) WHERE state = 'todo' AND mailed_at IS NULL")

    @api.model
    def _cron_mail(self):
        """Mail what opened since the last run."""
        cron = self.env["ir.cron"]
        waiting = Domain("state", "=", "todo") & Domain("mailed_at", "=", False)
        cron._commit_progress(remaining=self.search_count(waiting))
        while tasks := self._lock_to_mail():
            tasks._send_mails()
            if not cron._commit_progress(processed=len(tasks)):
                break
        else:
            cron._commit_progress(remaining=0)

    @api.model
    def _lock_to_mail(self):
        """Return the tasks to mail that no other transaction holds."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM review_task
                 WHERE state = 'todo' AND mailed_at IS NULL
                 ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
                """,
                MAIL_BATCH,
            )
        )
        return self.browse([row[0] for row in rows])

    def _send_mails(self):
        """Queue one mail per person on these tasks."""
        by_user = defaultdict(self.browse)
        for task in self:
            for user in task._get_mail_users():
                by_user[user] |= task
        mails = [tasks._prepare_mail(user) for user, tasks in by_user.items()]
        self._evidence_write({"mailed_at": fields.Datetime.now()})
        if mails:
            # sudo: the engine writes to reviewers, whoever opened their tasks
            self.env["mail.mail"].sudo().create(mails)
            queue = self.env.ref("mail.ir_cron_mail_scheduler_action")
            queue.sudo()._trigger()  # sudo: users may not see scheduled actions

    def _get_mail_users(self):
        """Return the people to mail on the single task."""
        users = self._get_reviewers().sorted("id")[:MAIL_MEMBERS]
        return users.filtered(
            lambda user: user.review_mail == "now" and user.email_normalized
        )

    def _prepare_mail(self, user):
        """Return the values of the mail to one person on all of these tasks."""
        tasks = self.with_context(lang=user.lang, tz=user.tz)
        body = self.env["ir.qweb"]._render(
            "base_review.mail_tasks",
            {"tasks": tasks, "user": user, "base_url": self[:1].get_base_url()},
            lang=user.lang,
        )
        return {
            "subject": tasks._get_mail_subject(),
            "body_html": body,
            "email_from": self[:1].company_id.email_formatted
            or self.env.user.email_formatted,
            "recipient_ids": [Command.link(user.partner_id.id)],
            "auto_delete": True,
        }

    def _get_mail_subject(self):
        if len(self) == 1:
            return self.env._("To review: %s", self.res_name)
        return self.env._("%s documents wait for your review", len(self))

    def _get_deadline_text(self):
        """Return the deadline of the single task where its reader is, or nothing."""
        self.ensure_one()
        tz = self.env.context.get("tz") or self.company_id.resource_calendar_id.tz
        if not self.deadline:
            return ""
        return format_datetime(self.env, self.deadline, tz=tz, dt_format="short")

    # === LINKS === #

    def _get_link(self):
        """Return the path that leads to the document, or to the inbox."""
        self.ensure_one()
        return f"/mail/view?model={self.res_model}&res_id={self.res_id}"

    @api.model
    def _get_inbox_link(self, model, res_id):
        """Return where a person reviews a document that he may not read.

        :return: ``(path, company)``, or nothing where he has no part in a review
        """
        reviewed = model in self.env["review.flow"]._get_review_models()
        if not reviewed or not self.env.user._is_internal():
            return None
        document = Domain("res_model", "=", model) & Domain("res_id", "=", res_id)
        # sudo: the domain names the current user; companies are chosen afterwards
        task = self.sudo().search(self._get_mine_domain() & document, limit=1)
        if task:
            return f"/odoo/reviews/{task.id}", task.company_id
        companies = self.env.user._get_company_ids()
        requests = self.env["review.request"].with_context(
            allowed_company_ids=list(companies)
        )
        request = requests.search(document, limit=1)
        if not request:
            return None
        return f"/odoo/review-requests/{request.id}", request.company_id
