from . import sale_media_picker
