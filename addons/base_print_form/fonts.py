"""The Chinese font of the forms: where it is, and what is said when it is not."""

import functools
import struct
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from odoo.exceptions import UserError

PARAMETER = "base_print_form.font"
#: WenQuanYi Zen Hei: all Chinese in TrueType outlines, the only ones embedded.
PLACES = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/wqy-zenhei-fonts/wqy-zenhei.ttc",
    "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc",
    "/usr/share/fonts/wenquanyi/wqy-zenhei/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)


class Font:
    """A registered font that measures its own texts."""

    def __init__(self, path):
        self.name = f"form:{path}"
        # The faces of a collection share their glyphs: the first one is the plain one.
        font = TTFont(self.name, path, subfontIndex=0)
        pdfmetrics.registerFont(font)
        self.glyphs = font.face.charToGlyph

    def measure(self, text, size):
        """Return how wide a text is, in points."""
        return pdfmetrics.stringWidth(text, self.name, size)


@functools.cache
def load_font(path):
    """Return the font of a file, read once per process."""
    return Font(path)


def find_font(env):
    """Return the font that the forms of a database are drawn with.

    :raise UserError: without a usable font, with the way to get one
    """
    # sudo: everybody prints with the font that the administrator chose.
    chosen = env["ir.config_parameter"].sudo().get_param(PARAMETER)
    path = next(filter(_is_file, [chosen] if chosen else PLACES), None)
    if not path:
        raise UserError(
            env._(
                "The Chinese font of the forms is missing: %(path)s. Install the "
                "package fonts-wqy-zenhei on the server, or name a TrueType font in "
                "the system parameter %(parameter)s.",
                path=chosen or PLACES[0],
                parameter=PARAMETER,
            )
        )
    try:
        return load_font(path)
    except (TTFError, OSError, ValueError, struct.error) as error:
        raise UserError(
            env._(
                "The font %(path)s cannot be embedded (%(error)s). Name a TrueType "
                "font in the system parameter %(parameter)s.",
                path=path,
                error=error,
                parameter=PARAMETER,
            )
        ) from error


def _is_file(path):
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False
