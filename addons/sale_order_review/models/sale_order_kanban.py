import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
#: The column of the orders that are not under review.
TO_SUBMIT = _lt("To Submit")
#: How long before its limit a step counts as nearly late.
SOON = timedelta(hours=2)
#: Longer reasons show by the name of their rule on the card.
CHIP_LENGTH = 40


class SaleOrder(models.Model):
    """What the cards and lists of the review show."""

    _inherit = "sale.order"

    review_step_id = fields.Many2one(falsy_value_label=TO_SUBMIT)
    review_urgency = fields.Selection(
        [
            ("on_time", "On time"),
            ("soon", "Due soon"),
            ("late", "Late"),
            ("passed", "Approved"),
        ],
        string="Urgency",
        compute="_compute_review_urgency",
        search="_search_review_urgency",
    )
    review_chips = fields.Json(
        string="Reasons as Chips", compute="_compute_review_chips"
    )
    escalation_codes = fields.Char(
        string="Escalation Reasons",
        compute="_compute_review_chips",
        search="_search_escalation_codes",
        help="Codes of the rules for which the next level decides.",
    )

    @api.depends("review_state", "review_deadline")
    def _compute_review_urgency(self):
        now = fields.Datetime.now()
        for order in self:
            deadline = order.review_deadline
            if order.review_state == "approved":
                order.review_urgency = "passed"
            elif order.review_state != "open":
                order.review_urgency = False
            elif deadline and deadline < now:
                order.review_urgency = "late"
            elif deadline and deadline < now + SOON:
                order.review_urgency = "soon"
            else:
                order.review_urgency = "on_time"

    def _search_review_urgency(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = tuple(filter(None, value)) or (None,)
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s IN %s", model._get_urgency_sql(alias), wanted
            )
        )

    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec != "review_urgency":
            return super()._read_group_groupby(alias, groupby_spec, query)
        return self._get_urgency_sql(alias)

    @api.model
    def _get_urgency_sql(self, alias):
        """Return the SQL of the urgency, so that columns are coloured in one query."""
        self.flush_model(["review_state", "review_deadline"])
        now = fields.Datetime.now()
        state = SQL.identifier(alias, "review_state")
        deadline = SQL.identifier(alias, "review_deadline")
        return SQL(
            "CASE WHEN %(state)s = 'approved' THEN 'passed'"
            " WHEN %(state)s = 'open' AND %(deadline)s < %(now)s THEN 'late'"
            " WHEN %(state)s = 'open' AND %(deadline)s < %(soon)s THEN 'soon'"
            " WHEN %(state)s = 'open' THEN 'on_time' END",
            state=state,
            deadline=deadline,
            now=now,
            soon=now + SOON,
        )

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, *args, **kwargs):
        """Open the column of what is still to submit, which the client would fold."""
        if (
            list(groupby[:1]) == ["review_step_id"]
            and kwargs.get("auto_unfold")
            and not kwargs.get("opening_info")
        ):
            limit = kwargs.get("unfold_read_default_limit", 80)
            unfolded = {"value": False, "folded": False, "limit": limit, "offset": 0}
            kwargs["opening_info"] = [unfolded]
        return super().web_read_group(domain, groupby, *args, **kwargs)

    @api.depends("review_exceptions")
    def _compute_review_chips(self):
        for order in self:
            reasons = order.review_exceptions or []
            order.review_chips = [order._get_review_chip(reason) for reason in reasons]
            order.escalation_codes = ",".join(reason["code"] for reason in reasons)

    @api.model
    def _get_review_chip(self, reason):
        """Return the chip of one reason: text, full message and colour (hook)."""
        headline = (reason["message"].splitlines() or [""])[0]
        fits = 0 < len(headline) <= CHIP_LENGTH
        return {
            "code": reason["code"],
            "text": headline if fits else reason["name"],
            "title": reason["message"],
            "color": "warning" if reason["code"] == "no_contract" else "danger",
        }

    def _search_escalation_codes(self, operator, value):
        """Search by whole codes: orders sent to the next level for one of them."""
        if operator != "in":
            return NotImplemented
        wanted = [
            SQL("exceptions @> %s::jsonb", json.dumps([{"code": code}]))
            for code in value
            if code
        ]
        if not wanted:
            return Domain.FALSE
        self.flush_model(["review_request_id"])
        self.env["review.request"].flush_model(["exceptions"])
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s IN (SELECT id FROM review_request WHERE %s)",
                SQL.identifier(alias, "review_request_id"),
                SQL(" OR ").join(wanted),
            )
        )
