from . import sale_change_note
