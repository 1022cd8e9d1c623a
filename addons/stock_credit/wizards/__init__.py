from . import cash_handover_record
from . import credit_simulation
