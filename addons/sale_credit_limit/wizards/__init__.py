from . import account_move_reversal
from . import base_partner_merge
from . import sale_credit_reason
from . import credit_simulation
