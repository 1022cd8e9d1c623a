from odoo import api, fields, models
from odoo.exceptions import UserError

#: Written by the steps of a sheet only.
PROTECTED = {"name", "state", "issued_on", "token"}
#: Fixed once the sheet is issued.
CONTENT = {"company_id", "partner_id", "date_from", "date_to", "note", "line_ids"}
#: What a new sheet may say of them, and does anyway.
INITIAL = ("/", "draft", False, None)


class MediaAvails(models.Model):
    """What was sent to a customer stays what was sent."""

    _inherit = "media.avails"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_protected(
                {key for key in PROTECTED & vals.keys() if vals[key] not in INITIAL}
            )
        # A default_* key in the context is no way around the steps, either.
        defaults = {f"default_{key}" for key in PROTECTED}
        context = {k: v for k, v in self.env.context.items() if k not in defaults}
        clean = [
            {key: value for key, value in vals.items() if key not in PROTECTED}
            for vals in vals_list
        ]
        return super(MediaAvails, self.with_context(context)).create(clean)

    def write(self, vals):
        self._refuse_protected(PROTECTED & vals.keys())
        if CONTENT & vals.keys():
            for avails in self:
                avails._check_state("draft")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        for avails in self:
            avails._check_state("draft")

    def _transition(self, vals):
        """Write what no user writes; the caller has checked the step."""
        # sudo: the token is hidden from everybody but the administrator.
        return super(MediaAvails, self.sudo()).write(vals)

    @api.model
    def _refuse_protected(self, names):
        if names:
            raise UserError(
                self.env._(
                    "An avails sheet follows its steps: use Issue or Revoke instead of"
                    " writing %s.",
                    ", ".join(sorted(names)),
                )
            )

    def _check_state(self, state):
        self.ensure_one()
        if self.state == state:
            return
        names = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "Avails sheet %(name)s is %(state)s and would have to be %(wanted)s."
                " Duplicate it to change it.",
                name=self.name,
                state=names[self.state],
                wanted=names[state],
            )
        )


class MediaAvailsLine(models.Model):
    """One face of a sheet, in the words and at the price of the day it was issued."""

    _name = "media.avails.line"
    _description = "Face of an Avails Sheet"
    _order = "avails_id, code, id"
    _check_company_auto = True

    avails_id = fields.Many2one(
        "media.avails", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="avails_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="avails_id.currency_id")
    face_id = fields.Many2one(
        "media.face", required=True, ondelete="restrict", check_company=True
    )
    code = fields.Char(readonly=True)
    place = fields.Char(readonly=True)
    district = fields.Char(readonly=True)
    format_name = fields.Char(string="Format", readonly=True)
    size = fields.Char(readonly=True)
    lit = fields.Boolean(readonly=True)
    list_price = fields.Monetary(
        readonly=True, help="List price of the whole period, without tax."
    )
    image_1024 = fields.Image(related="face_id.image_1024", string="Photo")

    _face_uniq = models.UniqueIndex(
        "(avails_id, face_id)", "This face is on the sheet already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        sheets = {vals["avails_id"] for vals in vals_list if vals.get("avails_id")}
        for avails in self.env["media.avails"].browse(sheets):
            avails._check_state("draft")
        lines = super().create(
            [{key: vals[key] for key in OWN & vals.keys()} for vals in vals_list]
        )
        lines._freeze()
        return lines

    def write(self, vals):
        for avails in self.avails_id:
            avails._check_state("draft")
        result = super().write({key: vals[key] for key in OWN & vals.keys()})
        self._freeze()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        for avails in self.avails_id:
            avails._check_state("draft")

    def _freeze(self):
        """Copy what the faces are today, and what they cost in the period."""
        for avails, lines in self.grouped("avails_id").items():
            faces = lines.face_id
            prices = self.env["media.rate"]._get_list_price(
                faces, avails.date_from, avails.date_to
            )
            for line in lines:
                price = prices.get(line.face_id.id) or 0
                super(MediaAvailsLine, line).write(
                    {**line._prepare_frozen(), "list_price": price}
                )

    def _prepare_frozen(self):
        self.ensure_one()
        face, media_format = self.face_id, self.face_id.format_id
        place = (face.site_id.name, face.name, face.site_id.road)
        size = f"{media_format.width:g} × {media_format.height:g} m"
        return {
            "code": face.code,
            "place": " · ".join(filter(None, place)),
            "district": face.district_id.name,
            "format_name": media_format.name,
            "size": size if media_format.width else False,
            "lit": face.lit,
        }


#: What a person chooses of a line; the rest follows from the face.
OWN = {"avails_id", "face_id"}
