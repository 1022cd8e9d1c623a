from . import receipt_confirmation
from . import sale_order
