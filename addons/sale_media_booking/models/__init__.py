from . import media_format
from . import media_booking
from . import sale_order_line
from . import sale_order_line_media
from . import sale_order
