from . import test_cash
from . import test_contract
from . import test_monthly
from . import test_prepayment
from . import test_sales_only
from . import test_truth_table
