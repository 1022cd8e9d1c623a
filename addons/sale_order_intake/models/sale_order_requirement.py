from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .sale_order import is_figure

TICKS = (
    "requirement_specification",
    "requirement_model",
    "requirement_quantity",
    "requirement_technical",
    "requirement_quality",
    "requirement_date",
    "requirement_packing",
)


class SaleOrder(models.Model):
    """What an order must say: entries, the customer's requirement, its project."""

    _inherit = "sale.order"

    requirement_specification = fields.Boolean(string="Specification", copy=False)
    requirement_model = fields.Boolean(string="Model", copy=False)
    requirement_quantity = fields.Boolean(string="Quantity Confirmed", copy=False)
    requirement_technical = fields.Boolean(string="Technical Requirement", copy=False)
    requirement_quality = fields.Boolean(string="Quality Requirement", copy=False)
    requirement_date = fields.Boolean(string="Delivery Date Confirmed", copy=False)
    requirement_packing = fields.Boolean(string="Packing Confirmed", copy=False)
    requirement_note = fields.Text(
        string="Requirement", help="Technical and quality requirement in words."
    )
    requirement_confirmed_on = fields.Datetime(readonly=True, copy=False)
    requirement_confirmed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, groups="base.group_user"
    )
    packing_method = fields.Char(help="How the customer wants the goods packed.")
    is_complete_set = fields.Boolean(
        string="Complete Set",
        compute="_compute_is_complete_set",
        store=True,
        readonly=False,
        help="An engineering project: its information is registered as well.",
    )
    project_name = fields.Char()
    project_address = fields.Char()
    project_contact = fields.Char()
    project_note = fields.Text(string="Project Information")
    surcharge_waiver = fields.Char(
        string="No Surcharge Because",
        help="Why a non-standard order is not charged by the special-shape table.",
    )

    @api.depends("order_line.product_id")
    def _compute_is_complete_set(self):
        for order in self:
            sets = order.order_line.product_id.filtered("is_complete_set")
            order.is_complete_set = order.is_complete_set or bool(sets)

    @api.constrains("client_order_ref", "partner_id", "company_id")
    def _check_client_order_ref(self):
        """An order that the customer numbered is entered once."""
        orders = self._intake_orders().filtered("client_order_ref")
        if not orders:
            return
        refs = orders.mapped("client_order_ref")
        domain = [
            ("client_order_ref", "in", [*refs, *map(str.strip, refs)]),
            ("partner_id", "child_of", orders.partner_id.commercial_partner_id.ids),
            ("company_id", "in", orders.company_id.ids),
            ("state", "!=", "cancel"),
        ]
        # sudo: an order of a colleague is entered, too
        twins = self.sudo().search(domain).grouped(SaleOrder._get_reference_key)
        for order in orders:
            key = order._get_reference_key()
            if key[-1] and (twin := (twins.get(key, order) - order)):
                raise ValidationError(
                    self.env._(
                        "%(order)s has the reference %(reference)s of this customer "
                        "already. Cancel one of both, or correct the reference.",
                        order=twin[0].name,
                        reference=key[-1],
                    )
                )

    def _get_reference_key(self):
        """Return what tells one order of a customer from the others."""
        self.ensure_one()
        owner = self.partner_id.commercial_partner_id
        return self.company_id.id, owner.id, (self.client_order_ref or "").strip()

    def _check_requirement_vals(self, vals):
        """Only the order desk confirms what the customer requires."""
        ticked = [name for name in TICKS if vals.get(name)]
        if (
            ticked
            and not self.env.su
            and not self.env.user.has_group("sale_order_intake.group_order_desk")
        ):
            raise AccessError(
                self.env._(
                    "%s: the order desk confirms the customer's requirement.",
                    ", ".join(self._fields[name].string for name in ticked),
                )
            )

    # === WHAT IS MISSING === #

    def _intake_missing(self):
        """Return ``{id: [message]}``: what the class of each order requires and it
        does not say; extend with ``super()``.
        """
        missing = self._intake_missing_entries()
        for order_id, messages in self._intake_missing_requirement().items():
            missing.setdefault(order_id, []).extend(messages)
        return missing

    def _intake_missing_entries(self):
        """Return ``{id: [message]}`` for what is entered at once."""
        missing = {}
        for order in self:
            messages = [
                *order._get_missing_header(),
                *order._get_missing_project(),
                *(text for line in order.order_line for text in line._get_missing()),
            ]
            if messages:
                missing[order.id] = messages
        return missing

    def _get_missing_header(self):
        """Return what the head of the order lacks."""
        date, customer = self.commitment_date, self.partner_id
        over = date and date.date() < fields.Date.context_today(self)
        contact = customer.phone or customer.email
        goods = self.order_line.filtered("product_id")
        paid = self.payment_mode or self.sudo().transaction_ids  # own payments
        # sudo: papers may belong to a colleague
        papers = not self._needs_papers() or self.sudo().intake_document_ids
        checks = {
            self.env._("Enter the source of the order."): self.intake_channel_id,
            self.env._("Enter a telephone number or e-mail of the customer."): contact,
            self.env._("Add what the customer orders."): goods,
            self.env._("Enter the delivery date."): date,
            self.env._("The delivery date is over: agree on a later one."): not over,
            self.env._("Choose the settlement type."): self.settlement_type,
            self.env._("Choose how the customer pays."): paid,
            self.env._("Attach the customer's application form and contract."): papers,
        }
        return [message for message, holds in checks.items() if not holds]

    def _needs_papers(self):
        return self.intake_channel_id.needs_document

    def _get_missing_project(self):
        """Return what a complete set or a non-standard order lacks."""
        messages = []
        if self.is_complete_set and not (self.project_name and self.project_address):
            messages.append(
                self.env._("Complete set: enter name and address of the project.")
            )
        if self.order_class == "nonstandard" and not self.surcharge_waiver:
            table = self.env["order.surcharge"]._get_table(self.company_id)
            charged = self.order_line.surcharge_line_id
            messages += [
                self.env._(
                    "%s: charge the special-shape change, or enter why it is free.",
                    line.product_id.display_name,
                )
                for line in self.order_line - charged
                if line.product_id
                and not line.surcharge_id
                # a discount or a down payment is not changed in shape
                and line._is_intake_goods()
                and line.product_type != "service"
                and any(surcharge._fits(line) for surcharge in table)
            ]
        return messages

    def _intake_missing_requirement(self):
        """Return ``{id: [message]}`` for what the order desk has not ticked yet."""
        missing = {}
        for order in self:
            open_ticks = [
                order._fields[name].get_description(self.env, ["string"])["string"]
                for name in TICKS
                if not order[name]
            ]
            messages = []
            if open_ticks:
                messages.append(
                    self.env._(
                        "Confirm the customer's requirement: %s.", ", ".join(open_ticks)
                    )
                )
            if not order.packing_method:
                messages.append(self.env._("Enter the packing method."))
            if messages:
                missing[order.id] = messages
        return missing

    def _intake_follow_requirement(self):
        """Note who confirmed the requirement, or that it is open again."""
        for order in self:
            done = all(order[name] for name in TICKS)
            if done and not order.requirement_confirmed_on:
                order._intake_write(
                    {
                        "requirement_confirmed_on": fields.Datetime.now(),
                        "requirement_confirmed_by_id": self.env.uid,
                    }
                )
                order._intake_log("requirement", order.requirement_note)
            elif not done and order.requirement_confirmed_on:
                order._intake_write(
                    {
                        "requirement_confirmed_on": False,
                        "requirement_confirmed_by_id": False,
                    }
                )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_missing(self):
        """Return what the line lacks, by the name of its product."""
        self.ensure_one()
        if not self._is_intake_goods():
            return []
        name = self.product_id.display_name
        messages = []
        if not is_figure(self.product_uom_qty) or self.product_uom_qty <= 0:
            messages.append(self.env._("%s: enter the quantity.", name))
        if not is_figure(self.price_unit) or self.price_unit <= 0:
            messages.append(
                self.env._(
                    "%s: enter the price; a gift has its price and 100 %% discount.",
                    name,
                )
            )
        return messages
