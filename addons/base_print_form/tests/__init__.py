from . import test_access
from . import test_js
from . import test_print_form
from . import test_report
from . import test_text
from . import test_tools
