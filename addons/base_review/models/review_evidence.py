from odoo import api, models
from odoo.exceptions import AccessError


class ReviewEvidence(models.AbstractModel):
    """Rows that nobody creates, edits or deletes but the engine, sudo included.

    The engine calls the two private methods; a remote caller cannot, and no context
    key replaces them.
    """

    _name = "review.evidence"
    _description = "Review Evidence"

    @api.model_create_multi
    def create(self, vals_list):
        raise self._review_evidence_error()

    def write(self, vals):
        raise self._review_evidence_error()

    def unlink(self):
        raise self._review_evidence_error()

    @api.model
    def _review_evidence_error(self):
        return AccessError(
            self.env._(
                "%s: these rows are evidence. They change only when somebody submits, "
                "approves, rejects or recalls a document.",
                self._description,
            )
        )

    @api.model
    def _evidence_create(self, vals_list):
        """Create rows on behalf of the engine."""
        # sudo: nobody has the right to create evidence by hand
        return super(ReviewEvidence, self.sudo()).create(vals_list)

    def _evidence_write(self, vals):
        """Write on rows that are still open, on behalf of the engine."""
        # sudo: nobody has the right to write on evidence by hand
        return super(ReviewEvidence, self.sudo()).write(vals)
