import hashlib

from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class SaleOrder(models.Model):
    """Risk orders are not paid, confirmed or delivered until somebody answers."""

    _inherit = "sale.order"

    risk_state = fields.Selection(
        [("none", "None"), ("flagged", "Risk order"), ("cleared", "Cleared")],
        string="Risk",
        default="none",
        readonly=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
    )
    risk_reason = fields.Text(readonly=True, copy=False)
    risk_print = fields.Char(readonly=True, copy=False, groups="base.group_user")
    handling_opinion = fields.Text(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="How the reviewer handles the risk; needed to clear it.",
    )

    # === VERBS === #

    def intake_flag_risk(self, reason):
        """Flag the order by hand."""
        self._intake_check_access()
        if self.state == "cancel":
            raise UserError(self.env._("%s is cancelled.", self.display_name))
        self._intake_flag(self._intake_text(reason, self.env._("Reason of the risk")))
        self._intake_follow()
        return True

    def intake_clear_risk(self, opinion):
        """Clear the risk with the written handling opinion of the reviewer."""
        self._intake_check_access(desk=True)
        opinion = self._intake_text(opinion, self.env._("Handling opinion"))
        if self.risk_state != "flagged":
            raise UserError(self.env._("%s is no risk order.", self.display_name))
        if self.user_id == self.env.user and not self.env.su:
            raise AccessError(
                self.env._("You sell this order: a colleague of the desk clears it.")
            )
        self._intake_write(
            {
                "risk_state": "cleared",
                "handling_opinion": opinion,
                "risk_print": self._get_risk_print(),
            }
        )
        self._intake_log("clear", opinion)
        self._intake_drop_reminder()
        self._intake_follow()
        self._confirm_trigger()
        return True

    def action_intake_flag_risk(self):
        """Ask why this is a risk order."""
        return self._intake_ask("risk")

    def action_intake_clear_risk(self):
        """Ask for the handling opinion."""
        return self._intake_ask("clear")

    # === RULES === #

    def _intake_flag(self, reason):
        """Flag the single order, once for each reason, and tell the customer."""
        self.ensure_one()
        if self.risk_state == "flagged" and self.risk_reason == reason:
            return
        self._intake_write(
            {"risk_state": "flagged", "risk_reason": reason, "handling_opinion": False}
        )
        self._intake_log("risk", reason)
        self._intake_tell("risk", again=True)
        self._intake_remind(self.env._("Risk order: write a handling opinion"), reason)

    def _intake_follow_risk(self):
        """Flag complete orders that a rule finds; cleared ones only when amended."""
        findings = self._get_risk_findings()
        for order in self:
            messages = findings.get(order.id)
            if not messages or order.risk_state == "flagged":
                continue
            if (
                order.risk_state == "cleared"
                and order.risk_print == order._get_risk_print()
            ):
                continue
            order._intake_flag("\n".join(messages))

    def _get_risk_findings(self):
        """Return ``{id: [message]}`` of the rules of the company."""
        findings = {}
        for company, orders in self.grouped("company_id").items():
            # sudo: the rules bind those who may not read them
            for rule in self.env["order.risk.rule"].sudo()._get_rules(company):
                for order in orders:
                    if message := order._get_risk_message(rule):
                        findings.setdefault(order.id, []).append(message)
        return findings

    def _get_risk_message(self, rule):
        """Return what the rule finds about the single order, or nothing."""
        self.ensure_one()
        return getattr(self, f"_get_risk_{rule.kind}")(rule.limit)

    def _get_risk_address(self, _limit):
        goods = self.order_line.filtered(lambda line: line.product_type == "consu")
        address = self.partner_shipping_id
        if goods and not (address.street and address.city):
            return self.env._("The delivery address has no street or no city.")
        return ""

    def _get_risk_quantity(self, limit):
        lines = self.order_line.filtered(
            lambda line: line._is_intake_goods() and line.product_uom_qty > limit
        )
        if limit and lines:
            return self.env._(
                "%(product)s: %(quantity)g is more than the usual %(limit)g.",
                product=lines[0].product_id.display_name,
                quantity=lines[0].product_uom_qty,
                limit=limit,
            )
        return ""

    def _get_risk_price(self, limit):
        lines = self._get_price_risk_lines().filtered(
            lambda line: abs(line._get_price_off_list()) > limit
        )
        if lines:
            return self.env._(
                "%(product)s: the price is %(percent).1f %% off the price list.",
                product=lines[0].product_id.display_name,
                percent=lines[0]._get_price_off_list(),
            )
        return ""

    def _get_price_risk_lines(self):
        """Return the lines whose price the risk rule looks at."""
        return self.order_line

    def _get_risk_identity(self, _limit):
        owner = self.partner_id.commercial_partner_id
        # sudo: an identity counts whoever verified it
        verified = self.env["order.intake.log"].sudo()
        if owner.vat or verified.search_count(
            [
                ("kind", "=", "check"),
                ("subject", "=", "identity"),
                ("result", "=", "ok"),
                ("order_id.partner_id.commercial_partner_id", "=", owner.id),
            ],
            limit=1,
        ):
            return ""
        return self.env._("The identity of %s was never verified.", owner.name)

    def _get_risk_print(self):
        """Return the fingerprint of what a risk was cleared for."""
        subjects = ("quantity", "price", "address", "identity")
        prints = "".join(map(self._get_check_print, subjects))
        return hashlib.sha256(prints.encode()).hexdigest()

    # === WHAT IT BLOCKS === #

    def _is_risk_order(self):
        """Tell whether a risk of the single order is unanswered, by flag or rule."""
        self.ensure_one()
        if self.risk_state == "flagged":
            return True
        if (
            self.risk_state == "cleared" and self.risk_print == self._get_risk_print()
        ) or self.state not in {"draft", "sent"}:
            return False
        return bool(self._get_risk_findings())

    def _get_risk_text(self):
        """Return the reason and the remedy."""
        reason = self.risk_reason if self.risk_state == "flagged" else ""
        reason = reason or "\n".join(self._get_risk_findings().get(self.id, []))
        return self.env._(
            "Risk order: %s Amend it, or let the order desk clear it with a handling "
            "opinion.",
            " ".join((reason or "").split("\n")),
        )

    def _intake_payment_blockers(self):
        """Return ``{id: [message]}``: why orders may not be paid online now."""
        blockers = {}
        for order in self._intake_orders():
            if order.state not in {"draft", "sent"} and order.risk_state != "flagged":
                continue
            if order._is_risk_order():
                blockers[order.id] = [order._get_risk_text()]
            elif not order._intake_is_reviewed():
                blockers[order.id] = [
                    self.env._("%s is being checked; pay it after that.", order.name)
                ]
        return blockers

    def _intake_delivery_blockers(self):
        """Return ``{id: [(code, message)]}``: why goods of orders may not leave."""
        return {
            order.id: [("risk", order._get_risk_text())]
            for order in self._intake_orders()
            if order.risk_state == "flagged"
        }

    def _has_to_be_paid(self):
        """Nothing is paid before the order is checked and its risk answered."""
        return super()._has_to_be_paid() and not self._intake_payment_blockers()
