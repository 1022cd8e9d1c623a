from . import media_booking_action
from . import media_import
from . import media_import_face
from . import media_import_booking
from . import media_import_permit
from . import media_import_messages
