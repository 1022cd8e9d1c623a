from . import test_intake_execution
