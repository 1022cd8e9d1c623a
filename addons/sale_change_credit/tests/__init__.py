from . import test_change_credit
