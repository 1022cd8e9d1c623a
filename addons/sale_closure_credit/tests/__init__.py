from . import test_closure_credit
