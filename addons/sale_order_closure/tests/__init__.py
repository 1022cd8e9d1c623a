from . import test_closure
from . import test_doors
from . import test_money
