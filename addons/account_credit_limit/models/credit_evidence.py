from odoo import api, models
from odoo.exceptions import AccessError


class CreditEvidence(models.AbstractModel):
    """Rows that are written once and closed once, by nobody edited or deleted.

    The public methods of the ORM refuse everybody, administrators and sudo included;
    the engine uses `_append` and `_close`.
    """

    _name = "credit.evidence"
    _description = "Credit Evidence"

    @api.model_create_multi
    def create(self, vals_list):
        raise AccessError(self._get_evidence_refusal())

    def write(self, vals):
        raise AccessError(self._get_evidence_refusal())

    def unlink(self):
        if not self:
            return True
        raise AccessError(self._get_evidence_refusal())

    def _append(self, vals_list):
        """Create evidence rows on behalf of the current user."""
        # sudo: nobody holds the right to create evidence, the calling method decides
        return super(CreditEvidence, self.sudo()).create(vals_list)

    def _close(self, vals):
        """Fill in the closing fields of open rows."""
        # sudo: nobody holds the right to write evidence, the calling method decides
        return super(CreditEvidence, self.sudo()).write(vals)

    def _get_evidence_refusal(self):
        """Return the sentence that refuses a direct change."""
        return self.env._(
            "%(name)s: these records are evidence. They come from the credit actions "
            "and cannot be created, changed or deleted directly.",
            name=self.env["ir.model"]._get(self._name).name,
        )
