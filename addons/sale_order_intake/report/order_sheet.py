from odoo.tools.translate import LazyTranslate

from odoo.addons.base_print_form.forms import Amount, Cell, Column, PrintForm

_lt = LazyTranslate(__name__)


class OrderSheet(PrintForm):
    """订单购销单: one copy for the customer, one for us; both parties sign."""

    report_name = "sale_order_intake.report_order_sheet"
    title = _lt("Order Purchase-Sale Sheet")
    copies = (_lt("Customer's copy"), _lt("Company's copy"))
    internal = False
    head = (
        Cell(_lt("Buyer"), "partner_id"),
        Cell(_lt("Date"), "date_order", as_date=True),
        Cell(_lt("Seller"), "company_id"),
        Cell(_lt("Salesperson"), "user_id"),
        Cell(_lt("Customer's Reference"), "client_order_ref", optional=True),
        Cell(_lt("Delivery Date"), "commitment_date", as_date=True),
        Cell(_lt("Delivery Address"), "partner_shipping_id.contact_address", wide=True),
    )
    lines = "_get_sheet_lines"
    columns = (
        Column(_lt("Product"), "name", 4.3),
        Column(_lt("Quantity"), "product_uom_qty", 1.3),
        Column(_lt("Measure"), "product_uom_id", 1, "center"),
        Column(_lt("Unit Price"), "price_unit", 1.6),
        Column(_lt("Discount (%)"), "discount", 1.4),
        Column(_lt("Amount"), "price_subtotal", 1.8, total=True),
    )
    amounts = (Amount(_lt("Total with tax"), "amount_total"),)
    foot = ("_get_sheet_terms",)
    signatures = ("_get_sheet_signatures",)
