from odoo import api, models
from odoo.exceptions import AccessError

#: What a paper is and where it belongs.
KEPT_FIELDS = frozenset(
    (
        "datas",
        "db_datas",
        "mimetype",
        "name",
        "raw",
        "res_field",
        "res_id",
        "res_model",
        "store_fname",
        "type",
        "url",
    )
)


class IrAttachment(models.Model):
    """The customer's papers of submitted change notices are evidence."""

    _inherit = "ir.attachment"

    def write(self, vals):
        kept = KEPT_FIELDS & vals.keys()
        if kept and any(
            file[name] != vals[name]
            for file in self._filter_change_papers()
            for name in kept
        ):
            raise self._get_change_paper_error()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_change_papers(self):
        if self._filter_change_papers():
            raise self._get_change_paper_error()

    def _filter_change_papers(self):
        """Return the files that submitted change notices stand on."""
        # sudo: whose file it is does not depend on what the caller may read
        files = self.sudo().filtered(lambda f: f.res_model == "sale.change.notice")
        if not files:
            return files
        notices = files.env["sale.change.notice"].search(
            [("paper_ids", "in", files.ids), ("state", "!=", "draft")]
        )
        return files & notices.paper_ids

    @api.model
    def _get_change_paper_error(self):
        return AccessError(
            self.env._(
                "This is the customer's paper of a change notice: it is filed and "
                "stays as it is."
            )
        )
