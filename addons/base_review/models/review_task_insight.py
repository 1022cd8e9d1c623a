from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import check_records

#: A tab tells at most this many decisions: the rest is a list to search.
MAX_COUNT = 1000


class ReviewTask(models.Model):
    """The inbox: its tabs, what a task shows, and the dialogs of its verbs."""

    _inherit = "review.task"

    request_state = fields.Selection(
        related="request_id.state", string="Review Status", related_sudo=True
    )
    request_waiting_on = fields.Char(
        related="request_id.waiting_on", string="Waiting on", related_sudo=True
    )
    revision = fields.Integer(related="request_id.revision", related_sudo=True)
    snapshot_html = fields.Html(
        related="request_id.snapshot_html", related_sudo=True, sanitize=False
    )
    differences_html = fields.Html(
        related="request_id.differences_html", related_sudo=True, sanitize=False
    )
    log_html = fields.Html(
        related="request_id.log_html", related_sudo=True, sanitize=False
    )

    @api.model
    @api.readonly
    def review_inbox_tabs(self):
        """Return what the four tabs of the inbox hold for the current user.

        :return: ``dict`` of todo, submitted (still open), done (at most 1000, the
            rest is not counted) and cc (not read yet)
        """
        company = Domain("company_id", "in", self.env.companies.ids)
        uid = self.env.uid
        # sudo: the domains name the current user; rules would only repeat it
        tasks, requests = self.sudo(), self.env["review.request"].sudo()
        own = Domain("requester_id", "=", uid) | Domain("author_id", "=", uid)
        return {
            "todo": tasks.search_count(self._get_mine_domain() & company),
            "submitted": requests.search_count(
                own & Domain("state", "=", "open") & company
            ),
            "done": tasks.search_count(
                Domain("done_by", "=", uid) & company, limit=MAX_COUNT
            ),
            "cc": self._count_unread_notices(),
        }

    def _count_unread_notices(self):
        """Return how many copies the current user has not opened."""
        # sudo: the domain names the current user; rules would only repeat it
        return (
            self.env["review.notice"]
            .sudo()
            .search_count(
                [
                    ("user_id", "=", self.env.uid),
                    ("read_at", "=", False),
                    ("company_id", "in", self.env.companies.ids),
                ]
            )
        )

    # === DIALOGS === #

    def action_approve_with_opinion(self):
        """Open the dialog for an approval with an opinion."""
        return self._get_decision_action("approve")

    def action_transfer(self):
        """Open the dialog that hands the task to a colleague."""
        return self._get_decision_action("transfer")

    def action_add_reviewer(self):
        """Open the dialog that asks one more person."""
        return self._get_decision_action("add_reviewer")

    def action_return(self):
        """Open the dialog that sends the document back to a step."""
        return self._get_decision_action("return")

    def action_comment(self):
        """Open the dialog for a word without a decision."""
        return self._get_decision_action("comment")

    def action_cc(self):
        """Open the dialog that copies colleagues."""
        return self._get_decision_action("cc")

    def action_remind(self):
        """Remind those the document of the single task waits for."""
        check_records(self, single=True).check_access("read")
        return self.request_id.action_remind()

    def _get_decision_action(self, decision):
        """Open the dialog of a verb for what the single task shows."""
        check_records(self, single=True).check_access("read")
        # sudo: the members of a group read their task, not always its request
        revision = self.sudo().request_id.revision
        return self.env["review.decision"]._get_action(
            decision, self.res_model, self.res_id, revision
        )


class ReviewNotice(models.Model):
    _inherit = "review.notice"

    request_state = fields.Selection(
        related="request_id.state", string="Review Status", related_sudo=True
    )
