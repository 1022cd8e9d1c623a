from . import test_change_intake
