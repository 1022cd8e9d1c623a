from . import receipt_confirm
from . import receipt_reverse
