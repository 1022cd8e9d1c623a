from . import order_intake_note
from . import order_surcharge_add
from . import payment_link_wizard
from . import order_feasibility_note
from . import review_decision
