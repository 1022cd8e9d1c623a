"""Pure helpers, without the ORM."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def rmb_in_capitals(amount):
    """Return an amount in yuan in the capitals of Chinese forms.

    >>> rmb_in_capitals(240000)
    '贰拾肆万元整'
    >>> rmb_in_capitals(10205.07)
    '壹万零贰佰零伍元零柒分'
    >>> rmb_in_capitals(-0.5)
    '负伍角'
    >>> rmb_in_capitals(0)
    '零元整'
    """
    cents = round(abs(amount) * 100)
    yuan, cents = divmod(cents, 100)
    jiao, fen = divmod(cents, 10)
    text = f"{_integer(yuan)}元" if yuan or not cents else ""
    if not cents:
        text += "整"
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        text += "零"
    if fen:
        text += f"{DIGITS[fen]}分"
    return f"负{text}" if amount < 0 and (yuan or cents) else text


def _integer(number):
    """Return a whole number in capitals, one 零 for every run of empty places."""
    if not number:
        return DIGITS[0]
    text, gap = "", False
    digits = str(number)
    for position, digit in enumerate(digits):
        place = len(digits) - 1 - position
        if digit == "0":
            gap = True
        else:
            text += (DIGITS[0] if gap else "") + DIGITS[int(digit)] + PLACES[place % 4]
            gap = False
        if place % 4 == 0 and int(digits[max(0, position - 3) : position + 1]):
            text += GROUPS[place // 4]
    return text
