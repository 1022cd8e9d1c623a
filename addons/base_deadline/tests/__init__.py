from . import test_deadline_cache
from . import test_deadline_clock
from . import test_deadline_limit
from . import test_deadline_mixin
from . import test_deadline_notification
from . import test_deadline_security
from . import test_js
from . import test_timeline
