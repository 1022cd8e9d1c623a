from . import test_intake_receipt
