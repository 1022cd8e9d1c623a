from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from odoo.addons.base_review.tools import check_records

ACTIVITY = "sale_order_closure.mail_activity_type_closure"
#: What accounting has to do itself, by code.
TASKS = frozenset(("credit_note", "refund", "penalty", "draft_task"))


class SaleOrderClosure(models.Model):
    """The closure under review, and what its approval does."""

    _inherit = "sale.order.closure"

    def action_withdraw(self):
        """Give the closures up; the orders go on."""
        closures = check_records(self)
        closures.check_access("write")
        for closure in closures:
            if closure.state != "draft":
                raise UserError(self.env._("A closure is evidence: it stays."))
        closures._write_own({"state": "withdrawn"})
        closures.flush_recordset(["state"])  # another closure may follow at once

    # === REVIEW === #

    def _review_submit_blockers(self):
        """Refuse what cannot be closed like this."""
        blockers = super()._review_submit_blockers()
        for closure in self:
            if texts := closure._get_closure_blockers():
                blockers.setdefault(closure.id, []).extend(texts)
        return blockers

    def _get_closure_blockers(self):
        """Return why the single closure cannot be made now."""
        order, found = self.order_id.sudo(), []  # sudo: deliveries and invoices
        if order.state != "sale" or order.closure_kind:
            found.append(
                self.env._("%s is not a running order any more.", order.display_name)
            )
        elif self.kind == "cancel" and order._closure_has_delivered():
            found.append(
                self.env._(
                    "The customer has goods of %s: take them back first, or "
                    "short-close the order.",
                    order.display_name,
                )
            )
        elif self.kind == "short_close" and not order._closure_get_lines():
            found.append(
                self.env._(
                    "Everything of %s is delivered: there is nothing to close.",
                    order.display_name,
                )
            )
        if self.asked_by == "customer" and not self.paper_ids:
            found.append(
                self.env._("Attach what the customer wrote about ending the order.")
            )
        return found

    def _review_check_money(self):
        """Rule: invoices, prepayments or a penalty are touched."""
        found = {}
        for closure in self.sudo():  # sudo: the rule reads invoices
            preview = closure._get_preview()
            texts = [text for code, text in preview if code in TASKS | {"draft"}]
            if texts:
                found[closure.id] = " ".join(texts)
        return found

    def _review_excluded_users(self):
        """Who sells the order does not decide on its end."""
        return super()._review_excluded_users() | self.order_id.user_id

    def _review_get_amount(self):
        """Return what will not be delivered, in company currency."""
        order = self.order_id.sudo()  # sudo: the total of a reviewer's document
        return order.currency_id._convert(
            order._closure_get_open_amount(),
            order.company_id.currency_id,
            order.company_id,
            fields.Date.context_today(self),
        )

    def _review_get_title(self):
        self.ensure_one()
        order = self.order_id.sudo()  # sudo: the name of a reviewer's document
        return " · ".join(filter(None, (self.name, order.name, order.partner_id.name)))

    def _review_get_confirmed_message(self):
        return self.env._("%s has closed its order and does not change.", self.name)

    def _review_snapshot(self):
        order = self.order_id.sudo()  # sudo: reviewers decide by what follows
        labels = {
            name: dict(self._fields[name]._description_selection(self.env)).get(
                self[name], ""
            )
            for name in ("kind", "asked_by", "penalty_payer")
        }
        return {
            **super()._review_snapshot(),
            self.env._("Order"): order.display_name,
            self.env._("Kind"): labels["kind"],
            self.env._("Asked by"): labels["asked_by"],
            self.env._("Reason"): self.reason,
            self.env._("Penalty"): " · ".join(
                filter(None, (labels["penalty_payer"], self.penalty_terms))
            ),
            self.env._("What Follows"): [
                text for _code, text in self.sudo()._get_preview()
            ],
        }

    def _review_after_approved(self):
        """Close the orders, everything or nothing, with the last approval."""
        result = super()._review_after_approved()
        for closure in self.sudo():  # sudo: reviewers see neither stock nor invoices
            closure._close_order()
        return result

    # === CLOSING === #

    def _close_order(self):
        """Take the turn, look again, and end the order of the single closure."""
        closure = self.with_user(SUPERUSER_ID)
        order = closure.order_id.with_company(closure.company_id)
        order._closure_take_turn()
        if blockers := closure._get_closure_blockers():
            raise UserError("\n".join(blockers))
        preview = closure._with_lang()._get_preview()
        with order._closure_closing(closure.kind):
            order._closure_follow(closure.kind)
            self._write_own(
                {
                    "state": "done",
                    "outcome": "\n".join(text for _code, text in preview),
                    "closed_on": fields.Datetime.now(),
                    "closed_by": self.env.user.id,
                }
            )
        closure._tell_closed(preview)

    def _tell_closed(self, preview):
        """Log what was done on the order and ask accounting for the rest."""
        closure = self._with_lang()
        closure.order_id.message_post(
            body=closure.env._(
                "Closed by %(closure)s: %(reason)s",
                closure=closure.name,
                reason=closure.reason,
            ),
            subtype_xmlid="mail.mt_note",
        )
        for text in (text for code, text in preview if code in TASKS):
            closure.activity_schedule(
                ACTIVITY,
                summary=closure.order_id.name,
                note=text,
                user_id=closure._get_accountant().id,
            )

    def _get_accountant(self):
        """Return who does what is left: the company's choice, if he may read it."""
        company = self.company_id
        people = company.order_closure_accountant_id | company.order_closure_fallback_id
        able = people.filtered(lambda user: self.with_user(user).has_access("read"))
        return able[:1] or self.create_uid

    def _with_lang(self):
        """Return the closure in the language of who reads what followed."""
        people = self.company_id.order_closure_accountant_id
        lang = people.lang or self.company_id.partner_id.lang
        return self.with_context(lang=lang) if lang else self
