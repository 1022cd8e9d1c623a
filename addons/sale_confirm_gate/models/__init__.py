from . import payment_transaction
from . import res_partner
from . import sale_order
from . import sale_order_doors
from . import sale_order_totals
