from datetime import datetime, time

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

#: Dates outside are typing errors.
YEARS = range(2000, 2100)


class SaleOrder(models.Model):
    """What sales clerk and salesperson do about feasibility: ask, negotiate, agree."""

    _inherit = "sale.order"

    # === VERBS === #

    def intake_ask_feasibility(self, opinion):
        """Ask the departments whether the order is feasible.

        :param str opinion: the sales clerk's own, the first of the opinions
        """
        self._intake_check_access(desk=True)
        self._intake_check_open()
        opinion = self._intake_text(opinion, self.env._("Opinion of the sales clerk"))
        message = self._get_ask_refusal()
        if message:
            raise UserError(message)
        self._feasibility_open(opinion)
        return True

    def intake_negotiate_date(self, text):
        """Tell the customer that the date cannot be kept, and what is possible."""
        self._intake_check_access()
        self._check_infeasible()
        text = self._intake_text(text, self.env._("Message to the customer"))
        self._intake_write({"feasibility_state": "negotiation"})
        self._intake_log("feasibility", text, event="negotiation")
        self.message_post(
            body=text,
            partner_ids=self.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        return True

    def intake_agree_date(self, date, text, contact, attachment_ids=None):
        """Note the later date the customer agrees to, and ask the departments again.

        :param text: what the customer said
        :param contact: who of the customer said it
        :param attachment_ids: the customer's paper, if there is one
        """
        self._intake_check_access()
        self._check_infeasible()
        text = self._intake_text(text, self.env._("What the customer said"))
        contact = self._intake_text(contact, self.env._("Who of the customer said it"))
        last, day = self._get_feasibility(), self._intake_date(date)
        self._check_later(day, last)
        papers = self._keep_customer_papers(attachment_ids)
        last._complete(self._prepare_agreement(day, text, contact, papers))
        self._intake_log("feasibility", f"{contact}: {text}", event="agreed")
        self._intake_write({"feasibility_state": "none"})
        self.commitment_date = self._get_moment(day)
        self._feasibility_open(
            self.env._(
                "%(contact)s agrees to %(date)s: %(text)s",
                contact=contact,
                date=format_date(self.env, day),
                text=text,
            )
        )
        return True

    def _prepare_agreement(self, day, text, contact, papers):
        """Return what the round keeps of the customer's answer."""
        return {
            "customer_answer": text,
            "customer_contact": contact,
            "customer_answer_by_id": self.env.uid,
            "customer_answer_on": fields.Datetime.now(),
            "date_agreed": day,
            "customer_document_ids": [Command.set(papers)],
        }

    def action_intake_feasibility_ask(self):
        """Ask for the sales clerk's opinion."""
        return self._feasibility_ask("ask")

    def action_intake_negotiate(self):
        """Ask what to tell the customer."""
        return self._feasibility_ask("negotiate")

    def action_intake_agree(self):
        """Ask which date the customer agrees to."""
        day = self._get_feasibility().date_possible
        return self._feasibility_ask("agree", date=day)

    def action_intake_ask_refusal(self):
        """Ask why the order should not be accepted."""
        return self._feasibility_ask("refuse")

    def action_view_feasibility(self):
        """Open the rounds of the order."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale_order_intake.order_feasibility_action"
        )
        return {**action, "domain": [("order_id", "in", self.ids)], "context": {}}

    def _feasibility_ask(self, verb, **values):
        self._intake_check_access()
        notes = self.env["order.feasibility.note"]
        defaults = {f"default_{name}": value for name, value in values.items()}
        return {
            "type": "ir.actions.act_window",
            "name": notes._get_title(verb),
            "res_model": notes._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_order_id": self.id,
                "default_verb": verb,
                **defaults,
            },
        }

    # === GUARDS === #

    def _get_ask_refusal(self):
        """Return why the departments are not asked about the single order now."""
        name, state = self.display_name, self.feasibility_state
        later = self.env._(
            "%s is not feasible: agree on a later date with the customer, or change "
            "the order.",
            name,
        )
        refusals = {
            "asked": self.env._("The departments are asked about %s already.", name),
            "feasible": self.env._("%s is feasible already.", name),
            "infeasible": later,
            "negotiation": later,
        }
        if not self._needs_feasibility():
            return self.env._("%s needs no answer of the departments.", name)
        return refusals.get(state, "")

    def _check_infeasible(self):
        self._intake_check_open()
        if self.feasibility_state not in {"infeasible", "negotiation"}:
            raise UserError(
                self.env._(
                    "Nothing is to be negotiated about %s: no department found it "
                    "not feasible.",
                    self.display_name,
                )
            )

    def _check_later(self, day, last):
        asked = self._get_local_day(last.date_asked)
        if day <= max(asked, fields.Date.context_today(self)):
            raise UserError(
                self.env._(
                    "Agree on a date after %s: that one is not feasible.",
                    format_date(self.env, max(asked, fields.Date.context_today(self))),
                )
            )

    def _intake_date(self, value):
        """Return the day that a caller gave, or refuse it in words."""
        try:
            day = fields.Date.to_date(value)
        except (ValueError, TypeError, AttributeError):
            day = None
        if not day or isinstance(value, bool) or day.year not in YEARS:
            raise UserError(self.env._("Enter a date between 2000 and 2100."))
        return day

    def _keep_customer_papers(self, attachment_ids):
        """Return the ids of the customer's papers, which belong to the order now."""
        ids = attachment_ids or []
        if not isinstance(ids, (list, tuple)) or not all(
            type(res_id) is int for res_id in ids
        ):
            raise UserError(self.env._("Attach the customer's papers as files."))
        papers = self.env["ir.attachment"].browse(ids).exists()
        papers.check_access("write")
        if any(
            paper.res_id and (paper.res_model, paper.res_id) != (self._name, self.id)
            for paper in papers
        ):
            raise UserError(self.env._("Attach files of this order or new ones."))
        # sudo: the paper belongs to the order from now on
        papers.sudo().write({"res_model": self._name, "res_id": self.id})
        return papers.ids

    def _get_local_day(self, moment):
        """Return the day of a moment where the company works."""
        return pytz.utc.localize(moment).astimezone(self._get_company_tz()).date()

    def _get_moment(self, day):
        """Return noon of a day where the company works, as Odoo stores it."""
        noon = self._get_company_tz().localize(datetime.combine(day, time(12)))
        return noon.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_company_tz(self):
        company = self.company_id
        name = company.resource_calendar_id.tz or company.partner_id.tz or "UTC"
        return pytz.timezone(name)

    # === ENGINE === #

    def _feasibility_open(self, opinion):
        """Open a round about the single order as it stands."""
        rounds = self.env["order.feasibility"]
        # sudo: the departments' rounds are written by the verbs only
        order = self.sudo()
        fingerprint = order._get_feasibility_print()
        order._intake_write(
            {"feasibility_state": "asked", "feasibility_print": fingerprint}
        )
        rounds._append([order._prepare_feasibility(opinion)]).review_submit()
        order.activity_unlink(["sale_order_intake.mail_activity_type_feasibility"])
        self._intake_log("feasibility", opinion, event="asked")
        self._intake_follow()

    def _prepare_feasibility(self, opinion):
        """Return what the departments are asked."""
        number = self._get_feasibility().number + 1
        return {
            "name": f"{self.name}/{number}",
            "order_id": self.id,
            "partner_id": self.partner_id.id,
            "number": number,
            "order_class": self.order_class,
            "nonstandard_reason": self.order_class == "nonstandard"
            and self.nonstandard_reason,
            "date_asked": self.commitment_date,
            "content": "\n".join(
                f"{line.product_id.display_name} × {line.product_uom_qty:g} "
                f"{line.product_uom_id.name}"
                for line in self._get_feasibility_lines()
            ),
            "requirement_note": self.requirement_note,
            "packing_method": self.packing_method,
            "opinion": opinion,
            "asked_by_id": self.env.uid,
        }

    def _feasibility_follow_answer(self, round_):
        """Take over the answer of the departments, in the name of who gave it."""
        self._intake_write({"feasibility_state": round_.state})
        self._intake_log("feasibility", round_.opinion_text, event=round_.state)
        if round_.state == "infeasible":
            self._feasibility_remind(
                self.user_id or round_.asked_by_id,
                self.env._("Not feasible: negotiate a later date"),
                round_.opinion_text,
            )
        self._intake_follow()
        self._confirm_trigger()
