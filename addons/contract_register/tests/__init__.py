from . import test_contract_expiry
from . import test_contract_ledger
from . import test_contract_security
