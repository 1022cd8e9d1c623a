from . import review_decision
