from . import test_sale_media
