from . import cash_handover_record
