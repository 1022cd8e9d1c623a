from odoo import models


class SaleOrder(models.Model):
    """Monthly settlement is for customers whose credit somebody has certified."""

    _inherit = "sale.order"

    def _judge_credit(self, figures, taken, added, ceiling):
        """Hold monthly orders of customers nobody has certified, unless decided."""
        problems = super()._judge_credit(figures, taken, added, ceiling)
        if (
            self.settlement_type == "monthly"
            and self.state != "sale"
            and figures["policy"] == "limit"
            and not figures["certified_at"]
            and ceiling is None
        ):
            problems.append(("certification", self._get_certification_message()))
        return problems

    def _get_certification_message(self):
        return self.env._(
            "The credit of %(customer)s is not certified for monthly settlement. Ask "
            "the unit accountant, have the order released, or settle it otherwise.",
            customer=self._get_credit_partner().name,
        )


class CreditAccount(models.Model):
    _inherit = "credit.account"

    def action_certify(self):
        """Look again at the orders that waited for the certification."""
        result = super().action_certify()
        for account in self:
            self.env["sale.order"]._trigger_credit_queue(
                account.partner_id, account.company_id
            )
        return result
