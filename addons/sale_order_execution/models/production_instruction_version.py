from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang


class ProductionInstructionVersion(models.Model):
    """What an instruction said when it was issued: rows are added, never changed."""

    _name = "production.instruction.version"
    _description = "Version of a Production Instruction"
    _inherit = ["evidence.mixin"]
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
        row = Markup('<div class="p-1 text-wrap%s"><b>%s</b> %s</div>')
        for version in self:
            known = version._get_previous_lines()
            parts = [
                row
                % (
                    "" if known is None or line in known else " bg-warning-subtle",
                    line["product"],
                    version._get_line_text(line),
                )
                for line in version.content["lines"]
            ]
            version.content_html = Markup("").join(parts)

    def _get_line_text(self, line):
        """Return what a version says of a line besides its product."""
        date = line["date"] and format_date(self.env, line["date"])
        quantity = formatLang(self.env, line["quantity"])
        texts = (line["specification"], line["packing"], date)
        other = [text for text in texts if text and text != line["product"]]
        return " · ".join((f"{quantity} {line['unit']}", *other))

    def _get_previous_lines(self):
        """Return the lines of the version before this one, None for the first."""
        earlier = self.instruction_id.version_ids.filtered(
            lambda version: version.number < self.number
        )
        return earlier.sorted("number")[-1:].content["lines"] if earlier else None

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "The versions of an instruction are evidence: issue the instruction again "
            "to say something else."
        )

    def _acknowledge(self):
        """Note who took the newest version; only once."""
        fresh = self.filtered(lambda version: not version.acknowledged_on)
        return fresh._complete(
            {
                "acknowledged_on": fields.Datetime.now(),
                "acknowledged_by_id": self.env.uid,
            }
        )
