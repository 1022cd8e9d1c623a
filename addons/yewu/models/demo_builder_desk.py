import datetime

from odoo import Command, fields, models

from ..demo_builder.catalogue import SURCHARGES
from ..demo_builder.desk import DESK

TICKS = (
    "requirement_specification",
    "requirement_model",
    "requirement_quantity",
    "requirement_technical",
    "requirement_quality",
    "requirement_date",
    "requirement_packing",
)
#: The customer's hand on the portal: the smallest picture.
SIGNATURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    b"YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SHEET = "sale_order_intake.report_order_sheet"


class DemoBuilder(models.AbstractModel):
    """The order desk: one queue for the orders of all sources."""

    _inherit = "yewu.demo.builder"

    # === TOOLS === #

    def _channel(self, code):
        return self.env["order.channel"].search([("code", "=", code)], limit=1)

    def _get_due(self, days):
        return fields.Datetime.now() + datetime.timedelta(days=days)

    def _on_desk(self, order):
        """Return the order as the sales clerk sees it."""
        return order.with_env(self._as("sales_clerk").env)

    def _answer(self, order, verb, **values):
        """Fill in the dialog of a verb."""
        notes = order.env["order.intake.note"]
        notes.create({"order_id": order.id, "verb": verb, **values}).action_apply()

    def _build_surcharges(self):
        """The special-shape table of the price list."""
        self.env["order.surcharge"].create(
            [
                {
                    "name": row.name,
                    "change": row.change,
                    "categ_id": self.env["product.category"]
                    .search([("name", "=", row.category)], limit=1)
                    .id,
                    "percent": row.percent,
                    "amount": row.amount,
                    "product_id": self._product("YX-00").id,
                }
                for row in SURCHARGES
            ]
        )

    # === WHAT THE DESK DOES WITH EVERY ORDER === #

    def _take_over_desk(self, order, until):
        """Take the order over the desk as far as ``until``."""
        steps = ("entered", "ticked", "checked", "signed")
        for step in steps[1 : steps.index(until) + 1]:
            getattr(self, f"_desk_do_{step}")(self._on_desk(order))

    def _desk_do_ticked(self, order):
        order.write(dict.fromkeys(TICKS, True))

    def _desk_do_checked(self, order):
        order.action_intake_check_all()

    def _desk_do_signed(self, order):
        """The signed copy arrives on paper."""
        signer = f"{order.partner_id.name}采购部"
        paper = self._attach(order, f"购销单 {order.name}（客户签字）")
        self._answer(
            order, "scan", signer=signer, attachment_ids=[Command.set(paper.ids)]
        )

    def _attach(self, order, name):
        # sudo: reports of the demo company, drawn by nobody's wish
        reports = order.env["ir.actions.report"].sudo()
        return order.env["ir.attachment"].create(
            {
                "name": f"{name}.pdf",
                "raw": reports._render_qweb_pdf(SHEET, order.ids)[0],
                "res_model": "sale.order",
                "res_id": order.id,
            }
        )

    # === THE STORY === #

    def _build_desk(self):
        for story in DESK:
            with self._at(story.days_ago, story.hour):
                order = self._enter_order(story)
                getattr(self, f"_desk_{story.until}")(order, story)

    def _enter_order(self, story):
        """The clerk enters what reached the company."""
        clerk = self._as("sales_clerk")
        project = dict(
            zip(
                ("project_name", "project_address", "project_contact"),
                story.project,
                strict=False,
            )
        )
        return clerk.env["sale.order"].create(
            {
                "partner_id": self._partner(story.customer).id,
                "user_id": self._person(story.seller).id,
                "intake_channel_id": self._channel(story.channel).id,
                "commitment_date": story.due and self._get_due(story.due),
                "packing_method": story.packing,
                "requirement_note": story.need,
                "order_class": "nonstandard" if story.nonstandard else "standard",
                "nonstandard_reason": story.nonstandard,
                "is_complete_set": bool(project),
                "require_signature": True,
                "require_payment": False,
                "order_line": [self._prepare_line(*line) for line in story.lines],
                **project,
            }
        )

    def _desk_entered(self, order, story):
        """The customer has not said everything yet."""

    def _desk_papers(self, order, story):
        """What came by mail lies with the order."""
        paper = self._attach(order, "客户订货单")
        order.intake_document_ids = [Command.set(paper.ids)]

    def _desk_clarify(self, order, story):
        order.intake_clarify(story.text)

    def _desk_checking(self, order, story):
        self._desk_do_ticked(order)
        order.intake_check("need", "ok", "已与客户当面核对")
        order.intake_check("quantity", "ok")

    def _desk_special(self, order, story):
        """A complete set off the standard: charged by the special-shape table."""
        self._desk_papers(order, story)
        charge = self.env["order.surcharge"].search([("name", "=", story.text)])
        order.env["order.surcharge.add"].create(
            {
                "order_id": order.id,
                "line_id": order.order_line[:1].id,
                "surcharge_id": charge.id,
            }
        ).action_add()
        self._desk_do_ticked(order)
        order.intake_ask_feasibility("客户要求 45 天内安装，请三部门会签")

    def _desk_risk(self, order, story):
        """The rules find quantity, address and identity."""
        self._desk_do_ticked(order)

    def _desk_cleared(self, order, story):
        self._desk_do_ticked(order)
        colleague = self._as("order_management")
        order.with_env(colleague.env).intake_clear_risk(story.text)
        self._desk_do_checked(order)
        self._as_seller(order).review_submit()

    def _as_seller(self, order):
        return order.with_env(self._as(order.user_id.login).env)

    def _desk_approved(self, order, story):
        """Reviewed, to be quoted."""
        if story.channel == "fax":
            self._desk_papers(order, story)
        self._desk_do_ticked(order)
        self._desk_do_checked(order)
        self._as_seller(order).review_submit()
        while order.review_state == "open":
            self._approve_next(order)

    def _desk_sent(self, order, story):
        """The customer is to sign on the portal: login ``customer``."""
        self._desk_approved(order, story)
        order.action_quotation_sent()

    def _desk_signed(self, order, story):
        """The customer signed on the portal, as its page does."""
        self._desk_sent(order, story)
        # sudo: as the page of the customer does
        order.sudo().write(
            {
                "signed_by": f"{order.partner_id.name}采购部",
                "signed_on": fields.Datetime.now(),
                "signature": SIGNATURE,
            }
        )
        self._confirm_approved()

    def _desk_effective(self, order, story):
        self._desk_signed(order, story)
        instruction = order.execution_instruction_id
        instruction.issue()
        instruction.with_env(self._as("production_manager").env).acknowledge()
        order.intake_follow_next("已下生产")
        order.intake_tell_progress(story.text)

    def _desk_late(self, order, story):
        self._desk_signed(order, story)
        order.intake_report_exception("delay", story.text)
