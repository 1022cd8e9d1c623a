import hashlib

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class SaleOrder(models.Model):
    """What the customer signed: on the portal or on paper, and for which content."""

    _inherit = "sale.order"

    customer_confirmed_on = fields.Datetime(readonly=True, copy=False, tracking=True)
    customer_confirmed_by = fields.Char(readonly=True, copy=False)
    customer_confirmed_how = fields.Selection(
        [("portal", "Signed on the portal"), ("scan", "Signed on paper")],
        readonly=True,
        copy=False,
    )
    customer_confirmed_print = fields.Char(
        readonly=True, copy=False, groups="base.group_user"
    )

    # === VERBS === #

    def action_intake_register_scan(self):
        """Ask for the signed copy."""
        return self._intake_ask("scan")

    def action_send_sheet(self):
        """Send the order purchase-sale sheet to the customer to be signed."""
        self._intake_check_access()
        template = self.env.ref("sale_order_intake.mail_template_order_sheet")
        action = self.action_quotation_send()
        action["context"] = {
            **action["context"],
            "default_template_id": template.id,
            "mark_so_as_sent": self.state == "draft",
        }
        return action

    def action_print_sheet(self):
        """Print the order purchase-sale sheet in two copies."""
        self.check_access("read")
        report = self.env.ref("sale_order_intake.sale_order_report_sheet")
        return report.report_action(self)

    def _intake_register_scan(self, signer, attachments):
        """Register the copy that the customer signed on paper."""
        self._intake_check_access(desk=True)
        self._intake_check_open()
        signer = self._intake_text(signer, self.env._("Signed by"))
        if not attachments:
            raise UserError(self.env._("Attach the signed copy."))
        attachments.check_access("write")
        # sudo: the paper belongs to the order from now on
        attachments.sudo().write({"res_model": "sale.order", "res_id": self.id})
        self.message_post(
            body=self.env._("Signed copy registered, signed by %s.", signer),
            attachment_ids=attachments.ids,
        )
        self._intake_confirm("scan", signer)
        self._intake_follow()
        return True

    # === ENGINE === #

    def _intake_confirm(self, how, signer):
        for order in self:
            order._intake_write(
                {
                    "customer_confirmed_on": fields.Datetime.now(),
                    "customer_confirmed_by": signer,
                    "customer_confirmed_how": how,
                    "customer_confirmed_print": order._get_confirmed_print(),
                }
            )
            order._intake_log("confirm", signer, event=how)
        self._confirm_trigger()

    def _intake_follow_signature(self):
        """Take over the signature of the portal, or its withdrawal."""
        for order in self._intake_orders():
            if order.signature:
                order._intake_confirm(
                    "portal", order.signed_by or order.partner_id.name
                )
            elif order.customer_confirmed_how == "portal":
                order._intake_void()

    def _intake_follow_confirmation(self):
        """A changed order is no longer what the customer signed."""
        for order in self:
            if (
                order.customer_confirmed_on
                and order.sudo().customer_confirmed_print  # sudo: hidden column
                != order._get_confirmed_print()
            ):
                order._intake_void()

    def _intake_void(self):
        """Void the customer's confirmation of the single order."""
        self._intake_write(
            {
                "customer_confirmed_on": False,
                "customer_confirmed_by": False,
                "customer_confirmed_how": False,
                "customer_confirmed_print": False,
                "signature": False,
                "signed_by": False,
                "signed_on": False,
            }
        )
        self._intake_log("void")
        self.sudo().message_post(  # sudo: customers change orders, too
            body=self.env._("The order changed: the customer confirms it again."),
            subtype_xmlid="mail.mt_note",
        )

    def _get_confirmed_print(self):
        """Return the fingerprint of what the customer signs."""
        prints = [self._get_check_print(name) for name in ("quantity", "price")]
        due = fields.Datetime.to_string(self.commitment_date)
        terms = (self.partner_id.id, due, self.packing_method)
        address = self._get_check_print("address")
        return hashlib.sha256(repr((prints, terms, address)).encode()).hexdigest()

    def _needs_customer_signature(self):
        """Tell whether the channel of the single order asks for a signature."""
        self.ensure_one()
        return self.intake_channel_id.needs_signature or not self.intake_channel_id

    # === PRINT === #

    def _get_sheet_name(self):
        """Return the name of the printed file."""
        return self.env._("Order Purchase-Sale Sheet %s", self.name)

    def _get_sheet_terms(self):
        """Return label and text of what both parties agree on."""
        self.ensure_one()
        selections = ("order_class", "settlement_type", "payment_mode")
        labels = {
            name: dict(self._fields[name]._description_selection(self.env)).get(
                self[name], ""
            )
            for name in selections
        }
        pairs = [
            (self.env._("Class"), labels["order_class"]),
            (self.env._("Settlement"), labels["settlement_type"]),
            (self.env._("Payment"), labels["payment_mode"]),
            (self.env._("Packing"), self.packing_method or ""),
            (self.env._("Technical and quality requirement"), self.requirement_note),
        ]
        if self.is_complete_set:
            project = (self.project_name, self.project_address, self.project_contact)
            pairs.append((self.env._("Project"), " · ".join(filter(None, project))))
        return [(label, text) for label, text in pairs if text]

    def _get_sheet_signatures(self):
        """Return who signs for us and for the customer."""
        self.ensure_one()
        confirmed = self.customer_confirmed_on
        return [
            {"role": self.env._("Seller"), "name": self.user_id.name or "", "date": ""},
            {
                "role": self.env._("Customer"),
                "name": self.customer_confirmed_by or "",
                "date": format_date(self.env, confirmed) if confirmed else "",
            },
        ]

    def _get_sheet_lines(self):
        """Return the lines of the sheet."""
        return self.order_line.filtered(lambda line: not line.display_type)
