from . import sale_change_notice
