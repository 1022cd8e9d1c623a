from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: The most faces that a search offers at once.
OFFERED = 500


class SaleMediaPicker(models.TransientModel):
    """Finds free faces with the board's search and puts them on a quotation."""

    _name = "sale.media.picker"
    _description = "Pick Free Faces"

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True)
    district_ids = fields.Many2many("media.district", string="Districts")
    format_ids = fields.Many2many("media.format", string="Formats")
    lit = fields.Boolean(string="Lit Only")
    slot_qty = fields.Integer(string="Slots of Each Loop", default=1)
    free_face_ids = fields.Many2many("media.face", compute="_compute_free")
    free_count = fields.Integer(compute="_compute_free")
    face_ids = fields.Many2many(
        "media.face",
        "sale_media_picker_face_rel",
        string="Faces",
        domain="[('id', 'in', free_face_ids)]",
    )
    hold = fields.Boolean(
        string="Hold Them", help="What process control has confirmed is held at once."
    )

    @api.depends("date_from", "date_to", "district_ids", "format_ids", "lit")
    def _compute_free(self):
        faces = self.env["media.face"]
        for picker in self:
            found = {"records": [], "length": 0}
            start, end = picker.date_from, picker.date_to
            if start and end and start <= end:
                domain = picker._get_domain()
                found = faces.search_free(domain, start, end, limit=OFFERED)
            ids = [record["id"] for record in found["records"]]
            picker.free_face_ids = [Command.set(ids)]
            picker.free_count = found["length"]

    def _get_domain(self):
        """Return the domain of the faces that the filters describe."""
        domain = Domain("company_id", "=", self.company_id.id)
        if self.district_ids:
            domain &= Domain("district_id", "in", self.district_ids.ids)
        if self.format_ids:
            domain &= Domain("format_id", "in", self.format_ids.ids)
        if self.lit:
            domain &= Domain("lit", "=", True)
        return list(domain)

    def action_apply(self):
        """Add a line for each face, and hold them if that was asked."""
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        if order.state not in {"draft", "sent"}:
            raise UserError(self.env._("%s is no quotation.", order.name))
        if not self.face_ids:
            raise UserError(self.env._("Choose one or more faces."))
        lines = self.env["sale.order.line"].create(
            [self._prepare_line(face) for face in self.face_ids.sorted("code")]
        )
        if self.hold:
            lines._media_hold()

    def _prepare_line(self, face):
        product = face.format_id.product_id
        if not product:
            raise UserError(
                self.env._(
                    "Format %s is sold as no product yet: choose one on the format.",
                    face.format_id.name,
                )
            )
        loop = face.slot_count > 1
        return {
            "order_id": self.order_id.id,
            "product_id": product.id,
            "media_face_id": face.id,
            "media_date_from": self.date_from,
            "media_date_to": self.date_to,
            "media_slot_qty": self.slot_qty if loop else 1,
        }
