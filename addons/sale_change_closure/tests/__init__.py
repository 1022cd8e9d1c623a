from . import test_change_closure
