from odoo.tools.translate import LazyTranslate

from odoo.addons.base_print_form.forms import Amount, Column, PrintForm

_lt = LazyTranslate(__name__)


class ChangeForm(PrintForm):
    """合同（订单）更改通知单: production issues it to the departments."""

    report_name = "sale_change_notice.report_change_notice"
    title = _lt("Contract (Order) Change Notice")
    copies = (_lt("Sales (filed)"), _lt("Production"), _lt("Department"))
    head = ("_get_form_head",)
    lines = "_get_form_lines"
    columns = (
        Column(_lt("Subject"), "subject", 3),
        Column(_lt("Before"), "before", 4),
        Column(_lt("After"), "after", 4),
    )
    amounts = (Amount(_lt("Difference (untaxed)"), "amount_difference", False),)
    foot = ("_get_form_terms",)
    signatures = ("_get_form_signatures",)


class TechnicalChangeForm(ChangeForm):
    """合同（订单）技术更改通知单: to production and to order management."""

    report_name = "sale_change_notice.report_technical_change_notice"
    title = _lt("Contract (Order) Technical Change Notice")
    copies = (_lt("Sales (filed)"), _lt("Production"), _lt("Order Management"))
