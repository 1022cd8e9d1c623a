from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_upstream_documents_and_responsibles(self, visited):
        """Let people without purchase rights cancel what was not yet bought.

        Core walks up to the purchase orders that were to supply the move, which ends in
        an access error when a salesperson cancels an order.
        """
        # sudo: only the documents to notify are looked up, nothing is changed here
        return super(StockMove, self.sudo())._get_upstream_documents_and_responsibles(
            visited
        )
