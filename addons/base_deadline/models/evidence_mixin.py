from odoo import api, models
from odoo.exceptions import AccessError


class EvidenceMixin(models.AbstractModel):
    """Rows that the verbs of a document add and complete, and that nobody edits.

    The public methods of the ORM refuse everybody, administrators and sudo included; no
    context key replaces the two private ones.  Name it first in ``_inherit``, so that
    what other mixins do on writing still happens.
    """

    _name = "evidence.mixin"
    _description = "Evidence"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: the verbs of the document add the rows."""
        raise AccessError(self._get_evidence_refusal())

    def write(self, vals):
        """Refuse: evidence stays as it is."""
        raise AccessError(self._get_evidence_refusal())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        raise AccessError(self._get_evidence_refusal())

    @api.model
    def _get_evidence_refusal(self):
        """Return the sentence that refuses a direct change (hook): what to do."""
        return self.env._(
            "%s: these rows are evidence. Use the actions of the document.",
            self._description,
        )

    @api.model
    def _append(self, vals_list):
        """Add rows on behalf of the user; the only way to add any."""
        # sudo: nobody has the right to write evidence by hand, the verbs decide
        return super(EvidenceMixin, self.sudo()).create(vals_list)

    def _complete(self, vals):
        """Fill in what a row leaves open, on behalf of the user."""
        # sudo: nobody has the right to write evidence by hand, the verbs decide
        return super(EvidenceMixin, self.sudo()).write(vals)
