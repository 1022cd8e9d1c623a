import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from odoo.addons.base_review.tools import clean_text

#: Kept by the order desk's own verbs, see ``_intake_write``; as on a new order.
ENGINE_FIELDS = {
    "intake_stage": False,
    "intake_responsible_id": False,
    "requirement_confirmed_on": False,
    "requirement_confirmed_by_id": False,
    "risk_state": "none",
    "risk_reason": False,
    "risk_print": False,
    "handling_opinion": False,
    "clarify_open": False,
    "clarify_question": False,
    "customer_confirmed_on": False,
    "customer_confirmed_by": False,
    "customer_confirmed_how": False,
    "customer_confirmed_print": False,
    "effective_on": False,
    "follow_stage": False,
    "feasibility_state": "none",
    "feasibility_print": False,
    "refusal_reason": False,
}
#: No quantity and no price reaches it.
TOO_LARGE = 1e12
SIGNATURE_FIELDS = ("signature", "signed_by", "signed_on")


class SaleOrder(models.Model):
    """Orders of all channels go over one desk before they are sales."""

    _inherit = "sale.order"

    order_intake = fields.Boolean(related="company_id.order_intake")
    intake_channel_id = fields.Many2one(
        "order.channel", string="Order Source", index="btree_not_null", tracking=True
    )
    intake_channel_kind = fields.Selection(
        related="intake_channel_id.kind", string="Kind of Order Source", store=True
    )
    intake_document_ids = fields.Many2many(
        "ir.attachment",
        "sale_order_intake_document_rel",
        string="Customer's Papers",
        copy=False,
        groups="base.group_user",
        help="The customer's application form, contract or order on paper.",
    )
    order_class = fields.Selection(
        [("standard", "Standard"), ("nonstandard", "Non-standard")],
        default="standard",
        required=True,
        tracking=True,
        help="Standard: mature technology, drawings usable as they are or after a "
        "simple change.",
    )
    nonstandard_reason = fields.Selection(
        [
            ("new_design", "New technical design"),
            ("discontinued", "Discontinued or long not produced"),
            ("above_standard", "Quality above the company's standard"),
            ("tight_delivery", "Tight delivery with penalty or loss of reputation"),
        ],
        tracking=True,
    )
    intake_log_ids = fields.One2many(
        "order.intake.log",
        "order_id",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )
    order_exception_ids = fields.One2many(
        "order.exception",
        "order_id",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )

    @api.constrains("order_class", "nonstandard_reason")
    def _check_nonstandard_reason(self):
        for order in self:
            if order.order_class == "nonstandard" and not order.nonstandard_reason:
                raise ValidationError(
                    self.env._(
                        "%s is non-standard: choose the reason.", order.display_name
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_intake_vals(vals)
            company = self.env["res.company"].browse(vals.get("company_id"))
            if (company or self.env.company).order_intake:
                self._check_signature_vals(vals)
                self._check_requirement_vals(vals)
                self._check_line_commands(vals)
        # Explicit values, so that a default_* key in the context is ignored.
        orders = super().create([{**vals, **ENGINE_FIELDS} for vals in vals_list])
        orders._intake_follow()
        return orders

    def write(self, vals):
        self._check_intake_vals(vals)
        if any(order.company_id.order_intake for order in self):
            self._check_signature_vals(vals)
            self._check_requirement_vals(vals)
            self._check_line_commands(vals)
        result = super().write(vals)
        if "signature" in vals:
            self._intake_follow_signature()
        if vals.get("state") in {"draft", "cancel"}:
            effective = self.filtered("effective_on")
            effective._intake_write({"effective_on": False, "follow_stage": False})
        self._intake_follow()
        return result

    def _check_intake_vals(self, vals):
        """Refuse what only the verbs of the order desk write."""
        forged = sorted(
            name
            for name in ENGINE_FIELDS.keys() & vals.keys()
            if self or (vals[name] or False) not in {ENGINE_FIELDS[name], False}
        ) + ["intake_channel_kind"] * ("intake_channel_kind" in vals)
        if forged:
            raise AccessError(
                self.env._(
                    "%s: kept by the order desk. Use the actions on the order.",
                    ", ".join(self._fields[name].string for name in forged),
                )
            )

    def _check_signature_vals(self, vals):
        """Only the customer signs, on the portal; papers are registered instead."""
        if not self.env.su and any(vals.get(name) for name in SIGNATURE_FIELDS):
            raise AccessError(
                self.env._(
                    "Only the customer signs an order. Register the signed copy with "
                    "'Register Signed Copy' instead."
                )
            )

    def _check_line_commands(self, vals):
        """Refuse bad figures before anything is computed with them."""
        for code, line_id, values in (
            command
            for command in vals.get("order_line") or []
            if command[0] in {Command.CREATE, Command.UPDATE}
        ):
            line_ids = [line_id] if code == Command.UPDATE else []
            self.env["sale.order.line"].browse(line_ids)._check_figures(values)

    def _intake_write(self, vals):
        """Write what the desk keeps; the guard above does not apply.

        ``sudo`` because customers sign and readers of the order flag risks, too.
        """
        return super(SaleOrder, self.sudo()).write(vals)

    # === HELPERS === #

    def _intake_orders(self):
        """Return the orders of companies with an order desk."""
        return self.filtered(lambda order: order.company_id.order_intake)

    def _intake_open(self):
        """Return the orders that are still on the desk."""
        return self._intake_orders().filtered(
            lambda order: order.state in {"draft", "sent"}
        )

    def _intake_log(self, kind, note=False, **values):
        """Add a row to the log of each order."""
        return self.env["order.intake.log"]._append(
            [
                {"order_id": order.id, "kind": kind, "note": note, **values}
                for order in self
            ]
        )

    def _intake_check_access(self, desk=False):
        """Check that the user may act on the single order.

        :param bool desk: only the order desk may
        """
        self.ensure_one()
        self.check_access("write")
        if not self.company_id.order_intake:
            raise UserError(
                self.env._(
                    "%s has no order desk. Switch it on in the settings.",
                    self.company_id.name,
                )
            )
        # Core lets stores and accountants write orders: that is not selling them.
        user, desk_group = self.env.user, "sale_order_intake.group_order_desk"
        if desk and not (self.env.su or user.has_group(desk_group)):
            raise AccessError(self.env._("Only the order desk may do this."))
        if not (self.env.su or user.has_group("sales_team.group_sale_salesman")):
            raise AccessError(self.env._("Only sales and the order desk may do this."))

    def _intake_check_open(self):
        if self.state not in {"draft", "sent"}:
            raise UserError(
                self.env._(
                    "%s is confirmed or cancelled: the order desk is done with it.",
                    self.display_name,
                )
            )

    def _intake_text(self, text, what):
        """Return a compulsory text without blanks around, or refuse."""
        text = clean_text(text)
        if not text:
            raise UserError(self.env._("%s: write it down first.", what))
        return text[:4000]

    def _intake_ask(self, verb, **values):
        """Open the dialog that asks for the text of a verb."""
        self._intake_check_access()
        return {
            "type": "ir.actions.act_window",
            "name": self.env["order.intake.note"]._get_title(verb),
            "res_model": "order.intake.note",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_order_id": self.id,
                "default_verb": verb,
                **{f"default_{name}": value for name, value in values.items()},
            },
        }


def is_figure(value):
    """Tell whether a value is a number that a paper can show."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) < TOO_LARGE
    )
