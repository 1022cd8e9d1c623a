from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.base_review.tools import clean_text, fingerprint


class OrderFeasibility(models.Model):
    """The round under review: who answers, in writing, and what follows."""

    _inherit = "order.feasibility"

    # === VERBS === #

    def review_approve(self, revision, reason=None, attachment_ids=None):
        """Say that the order is feasible; an opinion in words is compulsory."""
        if not clean_text(reason):
            raise UserError(
                self.env._("Write your opinion: a department answers in words.")
            )
        return super().review_approve(revision, reason, attachment_ids)

    def feasibility_answer(
        self, revision, feasible, opinion, date=None, attachment_ids=None
    ):
        """Answer for one's department.

        :param bool feasible: whether the order can be delivered as it was asked
        :param date: the date that is possible, where it is another one
        """
        if not isinstance(feasible, bool):
            raise UserError(self.env._("Say whether the order is feasible or not."))
        day = self.env["sale.order"]._intake_date(date) if date else None
        text = clean_text(opinion)
        if day and text:
            text = self.env._(
                "%(opinion)s (possible: %(date)s)",
                opinion=text,
                date=format_date(self.env, day),
            )
        decide = self.review_approve if feasible else self.review_reject
        decide(revision, text, attachment_ids)
        rounds = self.sudo()  # sudo: the review found that the caller may answer
        if day and (not rounds.date_possible or day > rounds.date_possible):
            rounds._complete({"date_possible": day})
        return True

    # === REVIEW === #

    def _review_submit_blockers(self):
        """Departments are asked about complete orders without open question."""
        blockers = super()._review_submit_blockers()
        missing = self.order_id._intake_missing()
        for round_ in self:
            order = round_.order_id
            messages = list(missing.get(order.id, []))
            if order.clarify_open:
                question = order.clarify_question
                messages.append(
                    self.env._("Clarify with the customer: %s", question or "")
                )
            if order._is_risk_order():
                messages.append(order._get_risk_text())
            if messages:
                texts = [f"{order.name}: {message}" for message in messages]
                blockers.setdefault(round_.id, []).extend(texts)
        return blockers

    def _review_check_nonstandard(self):
        """Rule: the technical department answers for non-standard orders as well."""
        labels = dict(self._selection_nonstandard_reason())
        return {
            round_.id: self.env._(
                "Non-standard order: %s", labels.get(round_.nonstandard_reason, "")
            )
            for round_ in self
            if round_.order_class == "nonstandard"
        }

    def _review_get_fingerprint(self):
        """Return what is answered about: the order as it stands, not as it was."""
        self.ensure_one()
        order = self.order_id
        header = {
            "order": order._get_feasibility_print(),
            "company": self.company_id.id,
        }
        return fingerprint(header, [])

    def _review_excluded_users(self):
        """Whoever sells the order does not answer for a department."""
        return super()._review_excluded_users() | self.order_id.user_id

    def _review_get_title(self):
        """Name the round by its order, customer and delivery date."""
        self.ensure_one()
        day = self.date_asked and format_date(self.env, self._get_day_asked())
        return " · ".join(filter(None, (self.name, self.partner_id.name, day)))

    def _review_snapshot(self):
        """Freeze what the departments answer about."""
        day = self.date_asked and format_date(self.env, self._get_day_asked())
        products = (self.content or "").split("\n")
        snapshot = {
            **super()._review_snapshot(),
            self.env._("Customer"): self.partner_id.display_name,
            self.env._("Class"): self._get_class_text(),
            self.env._("Delivery Date"): day or "",
            self.env._("Products"): products,
            self.env._("Requirement"): self.requirement_note or "",
            self.env._("Packing"): self.packing_method or "",
            self.env._("Opinion of the Sales Clerk"): self.opinion,
        }
        return {label: text for label, text in snapshot.items() if text}

    def _get_class_text(self):
        classes = dict(self._selection_order_class())
        reasons = dict(self._selection_nonstandard_reason())
        texts = (
            classes.get(self.order_class),
            self.order_class == "nonstandard" and reasons.get(self.nonstandard_reason),
        )
        return " · ".join(filter(None, texts))

    def _get_day_asked(self):
        """Return the delivery date as a day of the company."""
        # sudo: departments read the round, not the order
        return self.sudo().order_id._get_local_day(self.date_asked)

    def _review_get_confirmed_message(self):
        return self.env._("%s was answered: change the order and ask again.", self.name)

    # === WHAT FOLLOWS === #

    def _review_after_approved(self):
        """Every department said feasible: the order moves on."""
        result = super()._review_after_approved()
        for round_ in self:
            round_._complete(
                {"state": "feasible", "answered_on": fields.Datetime.now()}
            )
            round_.order_id._feasibility_follow_answer(round_)
        return result

    def _review_after_rejected(self):
        """A department said not feasible: a later date is negotiated."""
        result = super()._review_after_rejected()
        for round_ in self:
            round_._complete(
                {"state": "infeasible", "answered_on": fields.Datetime.now()}
            )
            round_.order_id._feasibility_follow_answer(round_)
        return result

    def _void(self, reason):
        """Close rounds whose order is not what the departments answered about."""
        rounds = self.sudo().filtered(  # sudo: customers change orders, too
            lambda round_: round_.state in {"asked", "feasible"}
        )
        for round_ in rounds:
            if round_.review_state in {"open", "approved"}:
                round_._review_supersede(reason)
            round_._complete({"state": "void"})
