from odoo import fields, models
from odoo.fields import Domain


class MediaFace(models.Model):
    """The board shows where the lease of a face ends."""

    _inherit = "media.face"

    def _get_board_ends(self, window):
        ends = super()._get_board_ends(window)
        for face_id, day in self._get_lease_ends().items():
            if day < window.date_to:
                end = [fields.Date.to_string(day), "lease"]
                ends.setdefault(face_id, []).append(end)
        return ends

    def _get_lease_ends(self):
        """Return until when the leases of faces run, for those that have one."""
        # sudo: everybody sees when a face ends to be let, not what it costs.
        leases = self.env["media.lease"].sudo()
        found = leases.search(Domain("site_id", "in", self.site_id.ids))
        by_site = found.grouped("site_id")
        ends = {}
        for face in self.sudo():
            for lease in by_site.get(face.site_id, leases):
                if not lease.face_ids or face in lease.face_ids:
                    day = ends.get(face.id, lease.date_to)
                    ends[face.id] = max(day, lease.date_to)
        return ends
