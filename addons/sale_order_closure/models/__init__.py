from . import res_company
from . import res_config_settings
from . import sale_order
from . import sale_order_line
from . import sale_order_follow
from . import sale_order_closure
from . import sale_order_closure_review
from . import stock_move
