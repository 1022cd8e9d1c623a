"""Pure helpers, without the ORM: amounts in capitals, text that any font can print."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import cn2an

FEN = Decimal("0.01")
#: From here on cn2an has no place left.
TOO_MUCH = Decimal(10) ** 16
#: Printed instead of a character that the font does not have.
MISSING = "□"
#: A word, a run of spaces, or one other character with the punctuation that follows it.
TOKENS = re.compile(r"[!-~À-ɏ]+|[ \t]+|[^\s!-~À-ɏ][，。、；：？！）》」』】”’％]*")


def rmb_capitals(amount):
    """Return an amount in yuan in the capitals of Chinese forms, rounded to the fen.

    Whole yuan and whole jiao end in 整, fen do not.

    >>> rmb_capitals(240000), rmb_capitals(-0.5), rmb_capitals(0)
    ('贰拾肆万元整', '负伍角整', '零元整')
    >>> rmb_capitals(10205.07), rmb_capitals(1.005)
    ('壹万零贰佰零伍元零柒分', '壹元零壹分')

    :raise ValueError: for what is no number, and from 10,000,000,000,000,000 on
    """
    try:
        exact = Decimal(str(amount))
    except InvalidOperation:
        raise ValueError(f"{amount!r} is no amount of money.") from None
    if not exact.is_finite():
        raise ValueError(f"{amount!r} is no amount of money.")
    if abs(exact) >= TOO_MUCH:
        raise ValueError(f"{amount!r} is too large for an amount in capitals.")
    negative = exact < 0
    exact = abs(exact).quantize(FEN, ROUND_HALF_UP)
    # cn2an cuts instead of rounding, keeps the sign of zero and leaves 整 out after 角.
    text = cn2an.an2cn(f"{exact:f}", "rmb")
    if text.endswith("角"):
        text += "整"
    return f"负{text}" if exact and negative else text


def chinese_ordinal(number):
    """Return a small number in Chinese: 一, 二, 三."""
    return cn2an.an2cn(number, "low")


def printable(text, glyphs):
    r"""Return a text without what no paper can show.

    Control and formatting characters go, what ``glyphs`` does not hold becomes a box.

    >>> printable("a" + chr(0) + "b\r\n\tc" + chr(0x200B), set(map(ord, "abc ")))
    'ab\n c'
    >>> printable("<b>" + chr(0x1F600), set(map(ord, "<b>")))
    '<b>□'
    """
    return "".join(
        _printable(character, glyphs)
        for character in unicodedata.normalize("NFC", str(text))
    )


def _printable(character, glyphs):
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if character == "\t" or category.startswith("Z"):
        result = " "
    elif category in {"Cc", "Cf"}:
        result = ""
    elif ord(character) in glyphs:
        result = character
    else:
        result = "" if category == "Mn" else MISSING
    return result


def wrap(text, width, measure):
    """Return the lines of a text that is at most ``width`` wide.

    Chinese breaks between any two characters, but no line begins with a closing
    punctuation mark; other scripts break between words, and inside a word that is
    wider than the line.

    >>> wrap("ab cd efghij", 5, len)
    ['ab cd', 'efghi', 'j']
    >>> wrap("销货，申请单", 3, len)
    ['销货，', '申请单']
    """
    lines = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for token in _fitting_tokens(paragraph, width, measure):
            size = measure(token)
            if line and used + size > width:
                lines.append(line.rstrip())
                line, used = "", 0.0
                if token.isspace():
                    continue
            line, used = line + token, used + size
        lines.append(line.rstrip())
    return lines


def _fitting_tokens(paragraph, width, measure):
    """Yield the words of a paragraph, those wider than a line in pieces."""
    for token in TOKENS.findall(paragraph):
        if measure(token) <= width:
            yield token
            continue
        piece, used = "", 0.0
        for character in token:
            size = measure(character)
            if piece and used + size > width:
                yield piece
                piece, used = "", 0.0
            piece, used = piece + character, used + size
        yield piece
