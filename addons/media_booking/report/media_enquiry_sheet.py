from odoo.tools.translate import LazyTranslate

from odoo.addons.base_print_form.forms import Cell, Column, PrintForm, Signature

_lt = LazyTranslate(__name__)


class MediaEnquirySheet(PrintForm):
    """媒体落实单: what is wanted, what process control confirms, until when."""

    report_name = "media_booking.report_media_enquiry"
    title = _lt("Media Enquiry")
    copies = (_lt("Salesperson"), _lt("Process control"))
    stamp = False
    head = (
        Cell(_lt("Customer"), "partner_id"),
        Cell(_lt("Salesperson"), "user_id"),
        Cell(_lt("Opportunity"), "project", optional=True),
        Cell(_lt("Budget"), "budget"),
        Cell(_lt("From"), "date_from"),
        Cell(_lt("Until"), "date_to"),
        Cell(_lt("Asked On"), "asked_on"),
        Cell(_lt("Answer Due"), "due_at"),
        Cell(_lt("Intention"), "note", wide=True, optional=True),
    )
    lines = "line_ids"
    columns = (
        Column(_lt("Wanted"), "display_name", 3),
        Column(_lt("From"), "date_from", 1.9, "center"),
        Column(_lt("Until"), "date_to", 1.9, "center"),
        Column(_lt("Answer"), "_get_answer_text", 1.6),
        Column(_lt("Confirmed Face"), "answer_face_id", 3),
        Column(_lt("From"), "answer_from", 1.9, "center"),
        Column(_lt("Until"), "answer_to", 1.9, "center"),
    )
    foot = (Cell(_lt("Answer Valid Until"), "valid_until", wide=True),)
    signatures = (
        Signature(_lt("Salesperson"), "user_id", "asked_on"),
        Signature(_lt("Process control"), "answered_by_id", "answered_on"),
    )
