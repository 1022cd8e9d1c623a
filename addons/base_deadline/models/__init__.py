from . import resource_calendar
from . import deadline_workday
from . import deadline_limit
from . import deadline_clock
from . import deadline_clock_start
from . import deadline_clock_notification
from . import deadline_mixin
from . import mail_activity
