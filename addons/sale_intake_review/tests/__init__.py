from . import test_intake_review
