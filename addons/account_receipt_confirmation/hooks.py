from odoo import fields
from odoo.tools import SQL


def pre_init_hook(env):
    """Create the columns with their value for old payments: no recomputation."""
    env.cr.execute(
        """
        ALTER TABLE account_payment
            ADD COLUMN IF NOT EXISTS receipt_version integer DEFAULT 0,
            ADD COLUMN IF NOT EXISTS receipt_state varchar DEFAULT 'none',
            ADD COLUMN IF NOT EXISTS receipt_confirmed_amount numeric DEFAULT 0,
            ADD COLUMN IF NOT EXISTS receipt_confirmed_company numeric DEFAULT 0
        """
    )


def post_init_hook(env):
    """Count the receipts registered before the installation as arrived."""
    companies = env.execute_query(
        SQL(
            "SELECT DISTINCT company_id FROM account_payment"
            " WHERE state IN ('in_process', 'paid')"
        )
    )
    env["res.company"].browse(
        company for (company,) in companies
    ).receipt_confirmation_since = fields.Date.today()
