from odoo import models


class SaleOrder(models.Model):
    """The prices of an order against the ranges each level may approve."""

    _inherit = "sale.order"

    def _review_check_price_authority(self):
        """Return ``{order id: message}`` where the first step may not pass a price."""
        return self._get_price_exceptions(
            lambda verdict: verdict.state not in {"", "within"}
        )

    def _review_check_price_authority_last(self):
        """Return ``{order id: message}`` where a price is beyond every range; the rule
        of a last step in flows with more than two levels.
        """
        return self._get_price_exceptions(
            lambda verdict: verdict.state and not verdict.step
        )

    def _get_price_exceptions(self, is_exceeded):
        """Return ``{order id: message}``, one sentence for each line concerned."""
        exceptions = {}
        verdicts = self.order_line._get_price_verdicts()
        for order in self:
            exceeded = {
                line: verdicts[line]
                for line in order.order_line
                if line in verdicts and is_exceeded(verdicts[line])
            }
            if exceeded:
                lines = [
                    line._get_price_exception(verdict)
                    for line, verdict in exceeded.items()
                ]
                headline = order._get_price_headline(exceeded.values())
                exceptions[order.id] = "\n".join([headline, *lines])
        return exceptions

    def _get_price_headline(self, verdicts):
        """Return the worst of the verdicts in a few words."""
        worst = max(verdicts, key=lambda verdict: verdict.difference)
        difference = f"{worst.difference:.4g}"
        return {
            "below": self.env._("Price %s %% below authority", difference),
            "above": self.env._("Price %s %% above authority", difference),
        }.get(worst.state, self.env._("No price authority"))

    def _get_price_levels(self):
        """Return ``{company: [(step, price ranges)]}`` for the orders."""
        # sudo: the ranges bind also those who may not read them.
        authority = self.env["sale.price.authority"].sudo()
        levels = {}
        for company in self.company_id:
            flow = self.env["review.flow"]._get_flow("sale.order", company)
            levels[company] = authority._get_by_step(flow, company) if flow else []
        return levels

    def _get_price_partner_categories(self):
        """Return the categories of the customer, contact and commercial entity."""
        partner = self.partner_id
        return (partner | partner.commercial_partner_id).category_id

    def _get_order_discount_factor(self):
        """Return the share of the prices that discounts of the whole order leave."""
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: not line._review_line_is_exempt())
        discounts = lines.filtered(lambda line: line._is_order_discount())
        goods = sum((lines - discounts).mapped("price_subtotal"))
        if not discounts or goods <= 0:
            return 1.0
        return max(0.0, 1 + sum(discounts.mapped("price_subtotal")) / goods)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_price_exception(self, verdict):
        """Return the sentence of the review about the price of the line."""
        self.ensure_one()
        return self.env._(
            "%(product)s: %(percent).1f %% of the list price, %(verdict)s",
            product=self.product_id.display_name,
            percent=verdict.percent,
            verdict=self._get_authority_text(verdict),
        )
