from odoo import fields, models

#: What may stand on the root of a board, beside what every view understands.
ATTRIBUTES = {"__validate__", "class", "js_class", "limit", "scale", "string"}


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    type = fields.Selection(selection_add=[("media_board", "Media Board")])

    def _get_view_info(self):
        return {"media_board": {"icon": "fa fa-th"}} | super()._get_view_info()

    def _validate_tag_media_board(self, node, name_manager, node_info):
        """Accept ``<media_board scale="week" limit="80"/>`` and nothing else."""
        if not node_info["validate"]:
            return
        unknown = sorted(set(node.attrib) - ATTRIBUTES)
        if unknown or len(node):
            self._raise_view_error(
                self.env._(
                    "A media board has no content and understands only %(known)s.",
                    known=", ".join(sorted(ATTRIBUTES - {"__validate__"})),
                ),
                node,
            )


class IrActionsActWindowView(models.Model):
    _inherit = "ir.actions.act_window.view"

    view_mode = fields.Selection(
        selection_add=[("media_board", "Media Board")],
        ondelete={"media_board": "cascade"},
    )
