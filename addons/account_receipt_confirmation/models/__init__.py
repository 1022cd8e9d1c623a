from . import account_bank_statement_line
from . import account_move
from . import account_partial_reconcile
from . import account_payment
from . import account_payment_receipt
from . import receipt_confirmation
from . import res_company
from . import res_config_settings
