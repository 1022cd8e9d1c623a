from . import sale_change_notice
from . import sale_order
