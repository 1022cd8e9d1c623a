from odoo.tools.translate import LazyTranslate

from odoo.addons.base_print_form.forms import Amount, Cell, Column, PrintForm

_lt = LazyTranslate(__name__)


class PaymentApplication(PrintForm):
    """付款申请单: one copy for the voucher of finance, one for the cashier."""

    report_name = "purchase_review.report_payment_request"
    title = _lt("Payment Request")
    copies = (_lt("Finance voucher copy"), _lt("Cashier copy"))
    head = (
        Cell(_lt("Vendor"), "partner_id"),
        Cell(_lt("Due Date"), "date_due"),
        Cell(_lt("Vendor Bill"), "move_id"),
        Cell(_lt("Bill Number"), "bill_reference"),
        Cell(_lt("Payment Mode"), "payment_mode"),
        Cell(_lt("Recipient Bank Account"), "partner_bank_id"),
        Cell(
            _lt("Reason for Payment without Order"),
            "no_order_reason",
            wide=True,
            optional=True,
        ),
    )
    lines = "_get_form_lines"
    columns = (
        Column(_lt("Order, Receipt and Bill"), "text", 6),
        Column(_lt("Billed"), "amount", 2, "right"),
    )
    amounts = (Amount(_lt("Amount to pay"), "amount"),)
    signatures = ("_get_form_signatures",)
