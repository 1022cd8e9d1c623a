from odoo import api, fields, models


class SaleChangeNotice(models.Model):
    """The customer's written paper: no change without it, and it stays (存档)."""

    _inherit = "sale.change.notice"

    paper_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="sale_change_notice_paper_rel",
        string="Customer's Papers",
        copy=False,
        bypass_search_access=True,
        help="What the customer asked for or agreed to in writing.",
    )
    paper_mark = fields.Char(
        compute="_compute_paper_mark",
        compute_sudo=True,
        help="Names and contents of the papers: other ones ask for a new review.",
    )

    @api.depends("paper_ids.checksum", "paper_ids.name")
    def _compute_paper_mark(self):
        for notice in self:
            marks = [f"{p.id} {p.name} {p.checksum}" for p in notice.paper_ids]
            notice.paper_mark = " / ".join(sorted(marks))

    def _needs_paper(self):
        """Tell whether the single notice stands on the customer's written word."""
        return self.caused_by == "customer" or self.is_technical

    def _get_paper_refusal(self):
        """Return that the paper is missing, or an empty text."""
        # sudo: whether it is there matters, not who may open it
        if not self._needs_paper() or self.sudo().paper_ids:
            return ""
        return self.env._(
            "%s: attach the customer's written paper. No change without it.", self.name
        )

    def _keep_papers(self):
        """Let the papers belong to their notice, so that its readers open them."""
        for notice in self:
            for paper in notice.sudo().paper_ids:  # sudo: as in `_get_paper_refusal`
                if (paper.res_model, paper.res_id) != (notice._name, notice.id):
                    paper.sudo(self.env.su).check_access("write")
                    paper.write({"res_model": notice._name, "res_id": notice.id})
