from odoo import models


class SaleOrder(models.Model):
    """What follows from the end of an order: told before, done afterwards.

    A module whose documents end with the order extends both hooks.
    """

    _inherit = "sale.order"

    # === HOOKS === #

    def _closure_preview(self, kind):
        """Return ``[(code, message)]`` of what the closure of the single order does."""
        self.ensure_one()
        found = [
            ("delivery", self.env._("%s is cancelled.", picking.name))
            for picking in self._closure_get_pickings()
        ]
        found += [("line", text) for text in self._closure_get_cuts()]
        for invoice in self._closure_get_drafts():
            if kind == "cancel" or self._closure_is_own(invoice):
                text = self.env._(
                    "The draft invoice %s is cancelled.", invoice.display_name
                )
                found.append(("draft", text))
            else:
                text = self.env._(
                    "Correct the draft invoice %s, which is for other orders, too.",
                    invoice.display_name,
                )
                found.append(("draft_task", text))
        return found + self._closure_get_tasks()

    def _closure_follow(self, kind):
        """Do what follows for the single order, inside the closing transaction."""
        self.ensure_one()
        self._closure_get_drafts().filtered(self._closure_is_own).button_cancel()
        if kind == "cancel":
            self.locked = False
            self.action_cancel()
            return
        self.locked = False
        self._closure_get_pickings().action_cancel()
        for line in self._closure_get_lines():
            line.product_uom_qty = line.qty_delivered
        self.locked = True

    def _closure_get_tasks(self):
        """Return ``[(code, message)]`` of what accounting does afterwards."""
        self.ensure_one()
        money = self.currency_id.format
        tasks = [
            (
                "credit_note",
                self.env._(
                    "Credit note: %(amount)s are invoiced and not delivered "
                    "(%(invoices)s).",
                    amount=money(amount),
                    invoices=", ".join(self._closure_get_invoices().mapped("name")),
                ),
            )
            for amount in [self._closure_get_overinvoiced()]
            if amount
        ]
        if prepaid := self._closure_get_prepaid():
            text = self.env._(
                "Refund: the customer has paid %s more than was delivered.",
                money(prepaid),
            )
            tasks.append(("refund", text))
        return tasks

    # === WHAT IS OPEN === #

    def _closure_get_pickings(self):
        """Return the transfers that still have to leave; returns go on."""
        return self.picking_ids.filtered(
            lambda picking: (
                picking.state not in ("done", "cancel")
                and picking.location_id.usage not in ("customer", "supplier")
            )
        )

    def _closure_get_lines(self):
        """Return the lines of the orders with something left to deliver."""
        return self.order_line.filtered(lambda line: line._closure_is_open())

    def _closure_get_open_amount(self):
        """Return what is ordered and not delivered, tax included."""
        lines = self._closure_get_lines()
        left = sum(line.price_total - self._closure_get_worth(line) for line in lines)
        return self.currency_id.round(left)

    def _closure_get_cuts(self):
        """Return one sentence for each line that ends with less than was ordered."""
        return [
            self.env._(
                "%(product)s: %(left)g of %(ordered)g %(unit)s will not be delivered.",
                product=line.product_id.display_name or line.name,
                left=line.product_uom_id.round(
                    line.product_uom_qty - line.qty_delivered
                ),
                ordered=line.product_uom_qty,
                unit=line.product_uom_id.name or "",
            )
            for line in self._closure_get_lines()
        ]

    def _closure_has_delivered(self):
        """Return whether the customer has anything of the single order."""
        return any(
            line._closure_is_goods() and line.qty_delivered > 0
            for line in self.order_line
        )

    # === INVOICES AND MONEY === #

    def _closure_get_drafts(self):
        return self.invoice_ids.filtered(
            lambda move: move.state == "draft" and move.move_type == "out_invoice"
        )

    def _closure_is_own(self, invoice):
        """Return whether an invoice is for the single order alone."""
        return invoice.line_ids.sale_line_ids.order_id <= self

    def _closure_get_invoices(self):
        return self.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )

    def _closure_get_overinvoiced(self):
        """Return what was invoiced and posted beyond the delivered goods."""
        delivered = sum(map(self._closure_get_worth, self.order_line))
        invoiced = sum(map(self._closure_get_posted, self.order_line))
        return max(0.0, self.currency_id.round(invoiced - delivered))

    def _closure_get_prepaid(self):
        """Return what the customer paid beyond the delivered goods."""
        paid = self.amount_paid
        if "prepayment_confirmed" in self._fields:  # where receipts are confirmed
            paid = max(paid, self.prepayment_confirmed)
        settled = sum(
            invoice.amount_total - invoice.amount_residual
            for invoice in self._closure_get_invoices().filtered(self._closure_is_own)
        )
        delivered = sum(map(self._closure_get_worth, self.order_line))
        return max(0.0, self.currency_id.round(max(paid, settled) - delivered))

    def _closure_get_worth(self, line):
        """Return what the delivered quantity of a line costs, tax included."""
        if not line._closure_is_goods() or not line.qty_delivered:
            return 0.0
        if not line.product_uom_qty:
            return line.qty_delivered * line.price_unit
        return line.price_total * line.qty_delivered / line.product_uom_qty

    def _closure_get_posted(self, line):
        """Return what is invoiced of a line and posted, in the order's currency."""
        total = 0.0
        for item in line.invoice_lines.filtered(
            lambda row: row.parent_state == "posted"
        ):
            sign = -1 if item.move_id.move_type == "out_refund" else 1
            total += sign * item.currency_id._convert(
                item.price_total, self.currency_id, self.company_id, item.date
            )
        return total
