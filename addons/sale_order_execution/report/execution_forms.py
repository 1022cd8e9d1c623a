from odoo.tools.translate import LazyTranslate

from odoo.addons.base_print_form.forms import Cell, Column, PrintForm, Signature

_lt = LazyTranslate(__name__)


class InstructionForm(PrintForm):
    """生产指令单: for the production manager."""

    report_name = "sale_order_execution.report_production_instruction"
    title = _lt("Production Instruction")
    copies = (_lt("Production manager's copy"),)
    stamp = False
    head = (
        Cell(_lt("Order Number"), "order_name"),
        Cell(_lt("Version"), "version"),
        Cell(_lt("Customer"), "partner_id"),
        Cell(_lt("Promised On"), "date_promised", as_date=True),
        Cell(_lt("Merchandiser"), "user_id"),
        Cell(_lt("Issued On"), "issued_on"),
        Cell(_lt("Requirement"), "requirement", wide=True, optional=True),
    )
    lines = "line_ids"
    columns = (
        Column(_lt("Product"), "product_id", 3),
        Column(_lt("Specification"), "specification", 3.4),
        Column(_lt("Quantity"), "quantity", 1.3),
        Column(_lt("Measure"), "uom_id", 0.9, "center"),
        Column(_lt("Packing Method"), "packing_method", 1.8),
        Column(_lt("Promised On"), "_get_print_date", 1.6, "center"),
    )
    signatures = (
        Signature(_lt("Issued By"), "issued_by_id", "issued_on"),
        Signature(_lt("Production manager"), "acknowledged_by_id", "acknowledged_on"),
    )


class ChaseForm(PrintForm):
    """催促单: for the production manager, and for the general manager or deputy."""

    report_name = "sale_order_execution.report_order_chase"
    title = _lt("Chase Sheet")
    copies = (
        _lt("Production manager's copy"),
        _lt("Copy of the general manager / deputy for production"),
    )
    paper = "A4/2"
    stamp = False
    head = (
        Cell(_lt("Order Number"), "order_name"),
        Cell(_lt("Customer"), "partner_id"),
        Cell(_lt("Promised Before"), "date_before", as_date=True),
        Cell(_lt("Final Delivery Date"), "final_date"),
        Cell(_lt("Agreed With"), "agreed_with"),
        Cell(_lt("Agreed On"), "agreed_on"),
        Cell(_lt("Reason"), "reason", wide=True),
        Cell(_lt("Promised Date"), "date_state"),
        Cell(_lt("Issued On"), "issued_on"),
    )
    signatures = (
        Signature(_lt("Issued By"), "issued_by_id", "issued_on"),
        Signature(_lt("Production manager"), "acknowledged_by_id", "acknowledged_on"),
        Signature(_lt("General manager / deputy")),
    )


class ContactForm(PrintForm):
    """跨部门工作联系单: for the receiving department."""

    report_name = "sale_order_execution.report_department_contact"
    title = _lt("Cross-department Contact Sheet")
    copies = (_lt("Receiving department's copy"),)
    stamp = False
    head = (
        Cell(_lt("Asking Department"), "from_department_id"),
        Cell(_lt("Receiving Department"), "to_department_id"),
        Cell(_lt("Asked By"), "requester_id"),
        Cell(_lt("Order Number"), "order_name"),
        Cell(_lt("Sent On"), "sent_on"),
        Cell(_lt("To Be Solved By"), "required_on"),
        Cell(_lt("Subject"), "subject", wide=True),
        Cell(_lt("Problem"), "problem", wide=True),
        Cell(_lt("Answer"), "_get_print_answer", wide=True),
    )
    signatures = (
        Signature(_lt("Asked By"), "requester_id", "sent_on"),
        Signature(_lt("Head of the receiving department"), "_get_print_head"),
        Signature(_lt("General manager"), "permitted_by_id", "permitted_on"),
    )
