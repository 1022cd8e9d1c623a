from . import test_batches
from . import test_confirmation
from . import test_entry
from . import test_feasibility
from . import test_ledger
from . import test_refusal
from . import test_review
from . import test_risk
