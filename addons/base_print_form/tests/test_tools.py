import doctest
import random
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from odoo.addons.base_print_form import tools

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = {"拾": 10, "佰": 100, "仟": 1000}
CAPITALS = (
    (0, "零元整"),
    (-0.0, "零元整"),
    (0.004, "零元整"),
    (-0.004, "零元整"),
    (0.01, "壹分"),
    (0.05, "伍分"),
    (0.1, "壹角整"),
    (0.55, "伍角伍分"),
    (1, "壹元整"),
    (10, "壹拾元整"),
    (100.5, "壹佰元伍角整"),
    (100.05, "壹佰元零伍分"),
    (1.005, "壹元零壹分"),
    (2.675, "贰元陆角捌分"),
    (0.995, "壹元整"),
    (9999.999, "壹万元整"),
    (1680.32, "壹仟陆佰捌拾元叁角贰分"),
    (16409.02, "壹万陆仟肆佰零玖元零贰分"),
    (10010, "壹万零壹拾元整"),
    (20300.3, "贰万零叁佰元叁角整"),
    (100015, "壹拾万零壹拾伍元整"),
    (1000100.5, "壹佰万零壹佰元伍角整"),
    (1010000, "壹佰零壹万元整"),
    (10000000.1, "壹仟万元壹角整"),
    (100000000, "壹亿元整"),
    (100000000.01, "壹亿元零壹分"),
    (100000010, "壹亿零壹拾元整"),
    (100010000, "壹亿零壹万元整"),
    (1000010000, "壹拾亿零壹万元整"),
    (999900000000, "玖仟玖佰玖拾玖亿元整"),
    (10**12, "壹万亿元整"),
    (1100000000000, "壹万壹仟亿元整"),
    (Decimal("9999999999999999.99"), None),
    (-5, "负伍元整"),
    (-0.5, "负伍角整"),
    ("1234.5", "壹仟贰佰叁拾肆元伍角整"),
)


def parse(text):
    """Read capitals back as an amount in yuan, independently of how they were made."""
    sign = -1 if text.startswith("负") else 1
    high = low = section = digit = fraction = 0
    for character in text.removeprefix("负").removesuffix("整"):
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in PLACES:
            section, digit = section + digit * PLACES[character], 0
        elif character == "万":
            low, section, digit = low + (section + digit) * 10**4, 0, 0
        elif character == "亿":
            high, low, section, digit = (low + section + digit) * 10**8, 0, 0, 0
        elif character == "元":
            section, digit = section + digit, 0
        else:
            fraction, digit = fraction + digit * {"角": 10, "分": 1}[character], 0
    return sign * (Decimal(high + low + section) + Decimal(fraction) / 100)


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(tools).failed)

    def test_capitals_of_chinese_forms(self):
        """ORD-05: zero, jiao without fen, 整, negative, 万 and 亿 with zeros."""
        for amount, text in CAPITALS:
            with self.subTest(amount=amount):
                if text:
                    self.assertEqual(tools.rmb_capitals(amount), text)
                self.assertEqual(
                    parse(tools.rmb_capitals(amount)),
                    Decimal(str(amount)).quantize(Decimal("0.01"), "ROUND_HALF_UP"),
                )

    def test_capitals_read_back_as_the_amount(self):
        """Whatever zeros an amount has, its capitals mean that amount and no other."""
        dice = random.Random(20260301)  # noqa: S311
        for _try in range(5000):
            digits = "".join(dice.choices("0001234567809", k=dice.randint(1, 18)))
            amount = Decimal(int(digits)) / 100 * dice.choice((1, -1))
            text = tools.rmb_capitals(amount)
            self.assertEqual(parse(text), amount, text)
            self.assertNotIn("零零", text)

    def test_what_is_no_amount_is_refused_in_words(self):
        for amount in (float("nan"), float("inf"), "", "x", None, True):
            with self.assertRaisesRegex(ValueError, "no amount of money"):
                tools.rmb_capitals(amount)
        for amount in (10**16, -1e16, 1e300, "1e17"):
            with self.assertRaisesRegex(ValueError, "too large"):
                tools.rmb_capitals(amount)

    def test_lines_are_never_wider_than_asked(self):
        dice = random.Random(7)  # noqa: S311
        for _try in range(500):
            text = "".join(dice.choices("销货单，。ab 1\n", k=dice.randint(0, 60)))
            lines = tools.wrap(text, 6, len)
            self.assertLessEqual(max(map(len, lines)), 6)
            kept = text.replace(" ", "").replace("\n", "")
            self.assertEqual("".join(lines).replace(" ", ""), kept)
