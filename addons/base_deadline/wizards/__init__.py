from . import table_import
from . import deadline_holiday_import
from . import deadline_holiday_import_line
from . import deadline_holiday_compare
from . import deadline_holiday_messages
