from . import test_closure_review
