from odoo import api, models


class ReviewLineMixin(models.AbstractModel):
    """A line of a reviewed document: its commercial fields belong to the review."""

    _name = "review.line.mixin"
    _description = "Line of a Document under Review"

    #: The Many2one of the line to its document.
    _review_parent_field = "order_id"
    #: Fields that decide whether a line is exempt: a change of them is an edit too.
    _review_exempt_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self._review_is_live():
            return lines
        # sudo: the review compares every line, whatever the writer may read
        commercial = lines.sudo()._review_get_commercial()
        commercial._review_get_guarded_parents()._review_apply_edit()
        return lines

    def write(self, vals):
        if not self._review_is_live():
            return super().write(vals)
        lines = self.sudo()  # sudo: as in create
        watched = lines._review_get_watched_fields() | {self._review_parent_field}
        watched.update(self._review_exempt_fields)
        if not watched & vals.keys():
            return super().write(vals)
        parents = lines._review_get_guarded_parents()
        if not parents and self._review_parent_field not in vals:
            return super().write(vals)
        before = lines._review_get_values()
        result = super().write(vals)
        after = lines._review_get_values()
        changed = lines.filtered(lambda line: before[line.id] != after[line.id])
        touched = changed._review_get_guarded_parents()
        if changed and self._review_parent_field in vals:
            touched |= parents._review_get_guarded()
        touched._review_apply_edit()
        return result

    def unlink(self):
        if self._review_is_live():
            # sudo: as in create
            commercial = self.sudo()._review_get_commercial()
            commercial._review_get_guarded_parents()._review_apply_edit()
        return super().unlink()

    def _review_is_live(self):
        """Return whether any document of these lines may be under review (cached)."""
        return self._review_get_parent_model()._review_is_live()

    def _review_get_parent_model(self):
        return self.env[self._fields[self._review_parent_field].comodel_name]

    def _review_get_watched_fields(self):
        """Return the names of the reviewed fields of this kind of line."""
        document = self._review_get_parent_model()
        return {
            name
            for field_name, names in document._review_lines.items()
            if document._fields[field_name].comodel_name == self._name
            for name in names
        }

    def _review_get_commercial(self):
        return self.filtered(lambda line: not line._review_line_is_exempt())

    def _review_get_guarded_parents(self):
        """Return the documents of these lines whose review an edit concerns."""
        if not self._review_is_live():
            return self._review_get_parent_model()
        return self[self._review_parent_field]._review_get_guarded()

    def _review_get_values(self):
        """Return ``{id: canonical text}``, empty for lines that are not reviewed."""
        names = [*sorted(self._review_get_watched_fields()), self._review_parent_field]
        return {
            line.id: ""
            if line._review_line_is_exempt()
            else line[self._review_parent_field]._review_canonical(line, names)
            for line in self
        }

    def _review_line_is_exempt(self):
        """Return whether the single line is no part of what is reviewed (hook)."""
        self.ensure_one()
        return "display_type" in self._fields and bool(self.display_type)
