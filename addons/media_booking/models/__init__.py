from . import media_district
from . import media_format
from . import media_site
from . import media_face
from . import media_booking
from . import res_company
from . import res_config_settings
