from . import order_intake_note
from . import order_surcharge_add
from . import payment_link_wizard
