from . import test_access
from . import test_cashier
from . import test_statement
from . import test_unconfirmed
