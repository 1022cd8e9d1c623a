from collections import defaultdict

from odoo import models


class PaymentRequest(models.Model):
    """手续齐全: order, receipt and bill correspond, before anybody is asked to sign."""

    _inherit = "payment.request"

    def _payment_missing_documents(self):
        """Return ``{id: [message]}``: what each set of documents still lacks (hook)."""
        missing = {}
        for request in self:
            messages = [
                *request._get_missing_on_bill(),
                *request._get_missing_on_lines(),
            ]
            if messages:
                missing[request.id] = messages
        return missing

    def _get_missing_on_bill(self):
        """Return what the vendor bill of the single request lacks."""
        bill, messages = self.move_id, []
        name = bill.display_name
        if bill.state != "posted":
            messages.append(self.env._("%s is not posted.", name))
        if not (bill.ref or "").strip():
            messages.append(self.env._("%s: enter the number of the bill.", name))
        if not bill.invoice_date:
            messages.append(self.env._("%s: enter the date of the bill.", name))
        if not self._get_bill_documents():
            messages.append(self.env._("%s: attach the vendor's invoice.", name))
        if self.payment_mode == "transfer" and not self.partner_bank_id:
            messages.append(
                self.env._("%s: choose the recipient's bank account.", self.name)
            )
        return messages

    def _get_missing_on_lines(self):
        """Return what order and receipt lack for the lines of the bill."""
        messages = []
        if self._is_without_order() and not (self.no_order_reason or "").strip():
            messages.append(
                self.env._(
                    "%(bill)s: no purchase order covers %(lines)s. Match the order, or "
                    "enter the reason for paying without one.",
                    bill=self.move_id.display_name,
                    lines=", ".join(self._get_uncovered_lines().mapped("display_name")),
                )
            )
        billed = defaultdict(lambda: self.env["account.move.line"])
        for line in self._get_goods_lines() - self._get_uncovered_lines():
            billed[line.purchase_line_id] |= line
        for order_line, lines in billed.items():
            messages += order_line._payment_get_problems(lines)
        return messages

    def _get_bill_documents(self):
        """Return the files on the vendor bill of the single request."""
        # sudo: whether they are there matters, not who may open them.
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "account.move"),
                    ("res_id", "=", self.move_id.id),
                    ("res_field", "=", False),
                ]
            )
        )

    def _get_goods_lines(self):
        """Return the lines of the bill that cost something."""
        return self.move_id.invoice_line_ids.filtered(
            lambda line: line.display_type == "product" and line.price_subtotal
        )

    def _get_uncovered_lines(self):
        """Return the lines that no order covers; advances stand for no goods yet."""
        return self._get_goods_lines().filtered(
            lambda line: (
                not line.purchase_line_id or line.purchase_line_id.is_downpayment
            )
        )

    def _is_without_order(self):
        """Tell whether the single request pays what no order covers."""
        self.ensure_one()
        return bool(self._get_uncovered_lines())


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _payment_get_problems(self, bill_lines):
        """Return why these lines of a bill do not match the single order line."""
        self.ensure_one()
        order = self.order_id
        if order.state != "purchase":
            return [self.env._("%s is not a confirmed order.", order.name)]
        return [
            *self._payment_get_receipt_problems(),
            *self._payment_get_price_problems(bill_lines),
        ]

    def _payment_get_receipt_problems(self):
        """Return what the receipt lacks: quantity; quality by other modules (hook)."""
        self.ensure_one()
        if self.product_uom_id.compare(self.qty_received, self.qty_invoiced) >= 0:
            return []
        return [
            self.env._(
                "%(order)s, %(product)s: %(billed)g %(unit)s billed, only %(received)g "
                "received.",
                order=self.order_id.name,
                product=self.product_id.display_name,
                billed=self.qty_invoiced,
                received=self.qty_received,
                unit=self.product_uom_id.name,
            )
        ]

    def _payment_get_price_problems(self, bill_lines):
        """Return whether the vendor bills more than the ordered price."""
        self.ensure_one()
        if not self.product_qty:
            return []
        unit, bill = self.price_subtotal / self.product_qty, bill_lines.move_id
        quantity = sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            for line in bill_lines
        )
        ordered = self.currency_id._convert(
            unit * quantity,
            bill.currency_id,
            bill.company_id,
            bill.invoice_date or bill.date,
        )
        billed = sum(bill_lines.mapped("price_subtotal"))
        tolerance = bill.currency_id.rounding * max(1.0, quantity)
        if billed <= ordered + tolerance:
            return []
        return [
            self.env._(
                "%(order)s, %(product)s: %(billed)s billed, %(ordered)s agreed.",
                order=self.order_id.name,
                product=self.product_id.display_name,
                billed=bill.currency_id.format(billed),
                ordered=bill.currency_id.format(ordered),
            )
        ]
