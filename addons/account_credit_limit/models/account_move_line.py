from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    _credit_open_idx = models.Index(
        "(partner_id, account_id, company_id) "
        "INCLUDE (amount_residual, date_maturity, date) "
        "WHERE reconciled IS NOT TRUE AND parent_state = 'posted' "
        "AND amount_residual <> 0"
    )
