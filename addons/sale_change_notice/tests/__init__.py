from . import test_apply
from . import test_door
from . import test_kinds
from . import test_print
