from . import receipt_confirm
