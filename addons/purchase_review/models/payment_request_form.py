from odoo import models
from odoo.tools import format_date


class PaymentRequest(models.Model):
    """What the printed payment request shows."""

    _inherit = "payment.request"

    def _get_form_lines(self):
        """Return what is paid: the matched order lines, then what no order covers."""
        self.ensure_one()
        request = self.sudo()  # sudo: whoever may print it sees what was matched
        lines = request._get_goods_lines()
        texts = request._get_match_texts()
        covered = lines.purchase_line_id
        rows = [
            {"text": text, "amount": request._format_billed(lines, order_line)}
            for order_line, text in zip(covered, texts, strict=True)
        ]
        rows += [
            {
                "text": line.name or line.display_name,
                "amount": request.currency_id.format(line.price_subtotal),
            }
            for line in lines
            if not line.purchase_line_id
        ]
        return rows

    def _format_billed(self, lines, order_line):
        """Return the untaxed amount that the bill asks for an order line."""
        billed = lines.filtered(lambda line: line.purchase_line_id == order_line)
        return self.currency_id.format(sum(billed.mapped("price_subtotal")))

    def _get_form_signatures(self):
        """Return role, name and date of the people who sign, blank until they do."""
        self.ensure_one()
        # sudo: the print shows who signed to everybody who may print the request.
        review = self.sudo().review_request_id
        tasks = review._get_standing_tasks().filtered(
            lambda task: task.state in {"waiting", "todo", "approved", "rejected"}
        )
        applicant = review.requester_id or self.create_uid
        rows = [
            self._prepare_signature(
                self.env._("Applicant"), applicant, review.opened_at
            )
        ]
        rows += [
            self._prepare_signature(task.step_name, task.done_by, task.done_at)
            for task in tasks
        ]
        rows.append(
            self._prepare_signature(self.env._("Cashier"), self.env["res.users"])
        )
        return rows

    def _prepare_signature(self, role, user, date=False):
        return {
            "role": role,
            "name": user.sudo().name or "",  # sudo: the name of a colleague
            "date": format_date(self.env, date) if date else "",
        }
