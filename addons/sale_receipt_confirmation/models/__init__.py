from . import account_move
from . import account_partial_reconcile
from . import account_payment
from . import receipt_confirmation
from . import res_company
from . import res_config_settings
from . import res_partner
from . import sale_order
