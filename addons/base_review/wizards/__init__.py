from . import review_decision
from . import review_decision_identity
from . import review_handover
from . import review_flow_trial
