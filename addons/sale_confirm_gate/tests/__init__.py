from . import test_hard_door
from . import test_payment
from . import test_portal
from . import test_retry
from . import test_settlement
from . import test_soft_door
from . import test_totals
