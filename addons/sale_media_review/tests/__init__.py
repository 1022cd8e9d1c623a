from . import test_media_review
