from . import base_partner_merge
from . import credit_limit_request
from . import credit_limit_import
from . import credit_simulation
