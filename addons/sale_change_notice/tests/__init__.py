from . import test_apply
from . import test_door
from . import test_kinds
