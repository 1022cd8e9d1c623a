from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare, format_date

#: What a line takes from the order and follows afterwards.
FOLLOWED = (
    *("product_id", "quantity", "uom_id", "date_promised"),
    *("source_text", "source_packing"),
)
#: What people write on a line of a draft.
EDITABLE = {"specification", "packing_method"}


class ProductionInstructionLine(models.Model):
    """Lines come from the order; people add how to make and to pack the goods."""

    _name = "production.instruction.line"
    _description = "Line of a Production Instruction"
    _order = "sequence, id"
    _rec_name = "product_id"

    sequence = fields.Integer(readonly=True)
    instruction_id = fields.Many2one(
        "production.instruction",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="instruction_id.company_id", store=True)
    order_line_id = fields.Many2one(
        "sale.order.line", readonly=True, index="btree_not_null", ondelete="set null"
    )
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    quantity = fields.Float(readonly=True, digits="Product Unit")
    uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    specification = fields.Text(help="Model, drawing and quality, as production reads.")
    packing_method = fields.Char(help="How the customer wants the goods packed.")
    date_promised = fields.Datetime(string="Promised On", readonly=True)
    source_text = fields.Text(string="Text on the Order", readonly=True)
    source_packing = fields.Char(string="Packing on the Order", readonly=True)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: lines come from the order."""
        self._refuse_line()

    def write(self, vals):
        if vals.keys() - EDITABLE:
            self._refuse_line()
        for instruction in self.instruction_id:
            if instruction.state != "draft":
                raise UserError(
                    self.env._(
                        "%s is issued: revise it to change its lines.",
                        instruction.display_name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ordered(self):
        for line in self.sudo():  # sudo: production reads no orders
            lines = line.instruction_id.order_id._get_produced_lines()
            if line.order_line_id & lines:
                self._refuse_line()

    def _refuse_line(self):
        raise AccessError(
            self.env._(
                "The lines of an instruction come from its order: change the order, "
                "and write specification and packing only."
            )
        )

    # === FOLLOW === #

    @api.model
    def _follow_create(self, vals_list):
        """Add lines; only instructions that follow their orders do."""
        # sudo: whoever changes the order need not write its instruction
        return super(ProductionInstructionLine, self.sudo()).create(vals_list)

    def _follow_write(self, vals):
        """Take over what changed on the order."""
        return super(ProductionInstructionLine, self.sudo()).write(  # sudo: as above
            {**vals, **self._get_follow_texts(vals)}
        )

    @api.model
    def _get_follow_texts(self, vals):
        """Return what people may have edited and the order says anew."""
        texts = {
            "source_text": "specification",
            "source_packing": "packing_method",
        }
        return {texts[name]: vals[name] for name in texts.keys() & vals.keys()}

    def _get_changes(self, vals):
        """Return which of the followed values differ from ``vals``."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        changes = {}
        for name in FOLLOWED:
            value = self[name].id if self._fields[name].relational else self[name]
            if name == "quantity":
                same = not float_compare(value, vals[name], precision_digits=digits)
            else:
                same = (value or False) == (vals[name] or False)
            if not same:
                changes[name] = vals[name]
        return changes

    def _get_version_line(self):
        """Return what the line says, for the version of its instruction."""
        instruction = self.instruction_id
        date = instruction._get_day(self.date_promised, instruction.company_id)
        return {
            "product": self.product_id.display_name,
            "quantity": self.quantity,
            "unit": self.uom_id.name,
            "specification": self.specification or "",
            "packing": self.packing_method or "",
            "date": str(date or ""),
        }

    def _get_print_date(self):
        """Return the promised day for the form."""
        return format_date(self.env, self.date_promised) if self.date_promised else ""
