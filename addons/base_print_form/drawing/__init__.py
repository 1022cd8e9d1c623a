"""From the texts of a form to the pages of a PDF, without the ORM below ``sheet``."""

from .painter import draw_form
