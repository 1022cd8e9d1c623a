from . import res_partner_category
from . import sale_order
