import math
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

APPROVER = "account_credit_limit.group_credit_approver"


class SaleOrder(models.Model):
    """What people decide about the credit of an order, with a reason each."""

    _inherit = "sale.order"

    # === RELEASE === #

    def credit_release(self, reason, ceiling=None):
        """Let the orders pass their limit until the release expires.

        :param str reason: why, kept for ever
        :param ceiling: exposure in company currency up to which they may be
            confirmed; by default the present exposure and the order itself
        :raise AccessError: unless an approver of credit who does not sell the order
        """
        self._check_can_release()
        for order in self:
            order._credit_release(reason, ceiling)
        return True

    def _credit_release(self, reason, ceiling=None, source="release"):
        """Write the decision in the name of the current user."""
        self.ensure_one()
        reason = reason.strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Write why the order is released."))
        decision = self.env["credit.decision"]._append(
            [self._prepare_credit_decision(reason, ceiling, source)]
        )
        # sudo: the approver of the credit need not be allowed to write the order
        order = self.sudo()
        order.message_post(
            body=self.env._(
                "Credit released up to an exposure of %(ceiling)s until %(date)s: "
                "%(reason)s",
                ceiling=decision.currency_id.format(decision.ceiling),
                date=fields.Date.to_string(decision.expires_at),
                reason=reason,
            )
        )
        if order.confirm_requested:
            self._confirm_trigger()
        return decision

    def _prepare_credit_decision(self, reason, ceiling, source):
        """Return the values of the decision, with the figures it is based on."""
        order = self.sudo().with_company(
            self.company_id
        )  # sudo: as in `_credit_release`
        figures, _ceilings = order._read_credit()
        values = figures[order._get_credit_partner().id]
        added = 0.0 if order.state == "sale" else order._get_credit_amounts()[0]
        exposure = order.credit_currency_id.round(values["exposure"] + added)
        return {
            "company_id": order.company_id.id,
            "order_id": order.id,
            "partner_id": order._get_credit_partner().id,
            "source": source,
            "amount_order": added or order.credit_open,
            "amount_exposure": exposure,
            "amount_limit": values["limit"],
            "amount_excess": max(0.0, exposure - values["limit"]),
            "amount_overdue": values["overdue"],
            "ceiling": self._check_ceiling(max(0.0, exposure), ceiling),
            "expires_at": fields.Datetime.now()
            + timedelta(days=order.company_id.credit_release_days),
            "approver_id": self.env.uid,
            "reason": reason,
        }

    def _check_ceiling(self, default, ceiling):
        """Return the ceiling to write, refusing what is no amount of money."""
        if ceiling is None or ceiling is False:
            return default
        is_number = isinstance(ceiling, (int, float)) and math.isfinite(ceiling)
        if not (is_number and 0 <= ceiling < 1e15):  # noqa: PLR2004
            raise UserError(self.env._("The ceiling is a positive amount of money."))
        return ceiling

    def _check_can_release(self):
        if not self.env.user.has_group(APPROVER):
            raise AccessError(
                self.env._("Only an approver of credit releases an order.")
            )
        self.check_access("read")
        for order in self:
            if self.env.user in order._get_credit_parties():
                raise AccessError(
                    self.env._(
                        "%(order)s is your own order: another approver has to "
                        "release it.",
                        order=order.display_name,
                    )
                )
            if not order.company_id.credit_control:
                raise UserError(
                    self.env._(
                        "The credit control is off in %(company)s: there is nothing "
                        "to release.",
                        company=order.company_id.name,
                    )
                )

    def _get_credit_parties(self):
        """Return who may not release the order: who sells or entered it."""
        order = self.sudo()  # sudo: users see few other users
        return order.user_id | order.create_uid | order.confirm_requested_by

    # === SHORT-CLOSING === #

    def credit_close(self, reason):
        """Give up what the orders still have to deliver: it uses no credit any more."""
        self._check_can_close(reason)
        for order in self.filtered(lambda order: not order.credit_closed):
            if order.state != "sale":
                raise UserError(
                    self.env._(
                        "%(order)s is not confirmed: cancel it instead.",
                        order=order.display_name,
                    )
                )
            order._write_credit({"credit_closed": True})
            order._log_credit_close(self.env._("Short-closed: %s", reason))
            self.env["credit.account"]._after_exposure_dropped(
                order._get_credit_partner(), order.company_id
            )
        return True

    def credit_reopen(self, reason):
        """Take the short-closing back, if the credit allows it."""
        self._check_can_close(reason)
        orders = self.filtered("credit_closed")
        uses = orders._get_credit_uses()
        orders._write_credit({"credit_closed": False})
        for order in orders:
            order._log_credit_close(self.env._("Reopened: %s", reason))
        orders._check_credit_amendment(uses)
        return True

    def _check_can_close(self, reason):
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(
                self.env._("Only an order manager short-closes or reopens an order.")
            )
        self.check_access("write")
        if not (isinstance(reason, str) and reason.strip()):
            raise UserError(self.env._("Write why."))

    def _log_credit_close(self, body):
        self.message_post(body=body)
