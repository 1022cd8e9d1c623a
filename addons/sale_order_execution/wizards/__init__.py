from . import order_execution_note
