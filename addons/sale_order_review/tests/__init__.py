from . import test_application
from . import test_finance_copy
from . import test_kanban
from . import test_price_authority
from . import test_review_route
from . import test_settings
from . import test_tools
from . import test_visibility
