from . import test_media_lease
