from . import media_import
