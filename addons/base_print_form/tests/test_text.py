import random
import sys
import time

from odoo.tests import tagged

from odoo.addons.base_print_form.tests.common import PrintFormCommon

NASTY = (
    "a\x00b\x07c",
    "<b>粗体</b><para/>&amp;<script>alert(1)</script>",
    "👨‍👩‍👧🎉 e\u0301\u202eabc\u200b",
    "龘靐𠮷囍㐂",
    "مرحبا बहुत 한국어 ไทย",
    "%s %(x)s {0} \\n \\",
    "很" * 3000,
    "x" * 3000,
    "\n" * 400 + "底",
    "\t\r\n\u2028\u2029 ",
)


@tagged("post_install", "-at_install")
class TestPrintedText(PrintFormCommon):
    """Whatever people have typed, the paper comes out."""

    def _draw(self, text):
        record = self.customer
        record.write({"name": text or "x", "ref": text, "phone": text})
        record.child_ids[0].write({"name": text or "x", "function": text})
        return "".join(self._print(record))

    def test_markup_is_printed_not_interpreted(self):
        """Nothing a customer calls himself changes the form."""
        text = self._draw("<b>青云</b> & <i>农机</i>")

        self.assertIn("<b>青云</b>&<i>农机</i>", text)

    def test_what_the_font_lacks_is_replaced(self):
        text = self._draw("青云🎉农机\x07龘")

        self.assertIn("青云□农机龘", text)

    def test_nasty_texts(self):
        for nasty in NASTY:
            with self.subTest(text=nasty[:20]):
                stored = nasty.replace("\x00", "")
                self.assertIn("财务联", self._draw(stored))

    def test_nothing_of_a_long_text_is_lost(self):
        self.customer.comment = "".join(f"<p>第{n}条规定。</p>" for n in range(400))

        pages = self._print(self.customer)

        self.assertGreater(len(pages), 4)
        text = "".join(pages)
        for number in range(400):
            self.assertEqual(text.count(f"第{number}条规定"), 2)

    def test_random_texts(self):
        """Random characters of all planes neither crash nor hang the drawing."""
        dice = random.Random(42)  # noqa: S311
        start = time.monotonic()
        for _try in range(25):
            points = [dice.randrange(1, sys.maxunicode) for _ in range(60)]
            points += [dice.randrange(1, 0x3000) for _ in range(60)]
            text = "".join(chr(p) for p in points if not 0xD800 <= p <= 0xDFFF)
            self.assertIn("存根联", self._draw(text))
        self.assertLess(time.monotonic() - start, 60)
