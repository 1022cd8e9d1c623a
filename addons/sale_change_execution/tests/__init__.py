from . import test_change_execution
