from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date
from odoo.tools.misc import formatLang

#: What a version says of a line, in the order of its table.
COLUMNS = ("product", "quantity", "unit", "specification", "packing", "date")


class ProductionInstructionVersion(models.Model):
    """What an instruction said when it was issued: rows are added, never changed."""

    _name = "production.instruction.version"
    _description = "Version of a Production Instruction"
    _order = "number desc"
    _rec_name = "number"

    instruction_id = fields.Many2one(
        "production.instruction", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="instruction_id.company_id", store=True)
    number = fields.Integer(string="Version", required=True, aggregator=None)
    reason = fields.Text()
    content = fields.Json(string="Data", required=True)
    content_html = fields.Html(string="Lines", compute="_compute_content_html")
    issued_on = fields.Datetime(required=True)
    issued_by_id = fields.Many2one("res.users")
    acknowledged_on = fields.Datetime()
    acknowledged_by_id = fields.Many2one("res.users")

    _number_uniq = models.UniqueIndex(
        "(instruction_id, number)", "This version was issued meanwhile."
    )

    @api.depends("content")
    @api.depends_context("lang")
    def _compute_content_html(self):
        for version in self:
            lines = version._get_previous_lines()
            changed = Markup(' class="table-warning"')
            rows = Markup("").join(
                Markup("<tr%s>%s</tr>")
                % (
                    Markup("") if lines is None or line in lines else changed,
                    Markup("").join(
                        Markup("<td>%s</td>") % self._get_text(name, line.get(name))
                        for name in COLUMNS
                    ),
                )
                for line in version.content["lines"]
            )
            version.content_html = Markup(
                '<table class="table table-sm mb-0"><tbody>%s</tbody></table>'
            ) % (rows,)

    def _get_previous_lines(self):
        """Return the lines of the version before this one, None for the first."""
        earlier = self.instruction_id.version_ids.filtered(
            lambda version: version.number < self.number
        )
        return earlier.sorted("number")[-1:].content["lines"] if earlier else None

    def _get_text(self, name, value):
        if name == "quantity":
            return formatLang(self.env, value or 0.0)
        if name == "date":
            return format_date(self.env, value) if value else ""
        return value or ""

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: versions are issued on the instruction."""
        self._refuse_version()

    def write(self, vals):
        """Refuse: a version stays as it was issued."""
        self._refuse_version()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        self._refuse_version()

    def _refuse_version(self):
        raise AccessError(
            self.env._(
                "The versions of an instruction are evidence: issue the instruction "
                "again to say something else."
            )
        )

    @api.model
    def _append(self, vals):
        # sudo: the verbs of the instruction write its versions
        return super(ProductionInstructionVersion, self.sudo()).create([vals])

    def _acknowledge(self):
        """Note who took the newest version; only once."""
        return super(
            ProductionInstructionVersion,
            self.sudo().filtered(lambda version: not version.acknowledged_on),
        ).write(  # sudo: as in `_append`
            {
                "acknowledged_on": fields.Datetime.now(),
                "acknowledged_by_id": self.env.uid,
            }
        )
