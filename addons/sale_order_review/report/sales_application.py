from odoo.tools.translate import LazyTranslate

from odoo.addons.base_print_form.forms import Amount, Cell, Column, PrintForm

_lt = LazyTranslate(__name__)


class SalesApplication(PrintForm):
    """销货申请单: one copy for the supervisor's sign-off, one for the finance file."""

    report_name = "sale_order_review.report_sales_application"
    title = _lt("Sales Application")
    copies = (_lt("Supervisor sign-off copy"), _lt("Finance file copy"))
    head = (
        Cell(_lt("Customer"), "partner_id"),
        Cell(_lt("Date"), "date_order", as_date=True),
        Cell(_lt("Salesperson"), "user_id"),
        Cell(_lt("Unit"), "team_id"),
        Cell(_lt("Order Channel"), "order_channel"),
        Cell(_lt("Settlement"), "_get_application_settlement"),
        Cell(_lt("Remark"), "cash_remark", wide=True),
    )
    lines = "_get_application_lines"
    columns = (
        Column(_lt("Product"), "product_id", 3.4),
        Column(_lt("Quantity"), "product_uom_qty", 1.2),
        Column(_lt("Measure"), "product_uom_id", 0.9, "center"),
        Column(_lt("Free When Checked"), "_get_application_stock", 1.3, "right"),
        Column(_lt("List Price"), "price_list_unit", 1.6),
        Column(_lt("Net Price"), "price_reduce_taxexcl", 1.6),
        Column(_lt("% of List"), "_get_application_percent", 1.6, "right"),
        Column(_lt("Amount"), "price_subtotal", 1.7, total=True),
    )
    amounts = (Amount(_lt("Total with tax"), "amount_total"),)
    foot = (
        "_get_application_figures",
        Cell(_lt("Stock checked on"), "stock_checked_on", optional=True),
        Cell(_lt("Reasons"), "_get_application_reasons", wide=True),
    )
    signatures = ("_get_application_signatures",)
