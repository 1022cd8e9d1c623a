from . import test_risk_delivery
