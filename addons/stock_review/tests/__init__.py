from . import test_release_door
from . import test_release_edit
from . import test_release_hold
from . import test_release_off
from . import test_release_signature
from . import test_release_steps
