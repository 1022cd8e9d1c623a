from . import account_payment
from . import cash_handover
from . import credit_account
from . import receipt_confirmation
from . import sale_order
from . import sale_order_money
from . import sale_order_settlement
from . import stock_picking
