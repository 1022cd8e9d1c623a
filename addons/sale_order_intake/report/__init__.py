from . import order_sheet
from . import order_ledger
