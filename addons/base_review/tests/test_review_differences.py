import json
import random

from odoo.fields import Command
from odoo.tests import BaseCase, Form, tagged

from ..differences import find_differences
from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestFindDifferences(BaseCase):
    """What changed between two snapshots: a pure function over JSON."""

    def _labels(self, before, after):
        return [tuple(difference) for difference in find_differences(before, after)]

    def test_values(self):
        before = {"Total": 100.0, "Paid": False, "Note": None, "Gone": "x", "Same": 1}
        after = {"Total": 120.5, "Paid": True, "Note": "", "Same": 1.0, "New": 0}
        self.assertEqual(
            self._labels(before, after),
            [
                ("Total", "100", "120.5"),
                ("Paid", "", "✓"),
                ("New", "", "0"),
                ("Gone", "x", ""),
            ],
        )

    def test_sentences_match_by_what_they_are_about(self):
        """Lines of the Sales Application are sentences that begin with the product."""
        before = {"Lines": ["Desk: 5 pieces at 3.00", "Lamp: 1 piece", "Sofa: 1 piece"]}
        after = {"Lines": ["Sofa: 1 piece", "Desk: 5 pieces at 2.50", "Rug: 2 pieces"]}
        self.assertEqual(
            self._labels(before, after),
            [
                ("Lines · Desk", "Desk: 5 pieces at 3.00", "Desk: 5 pieces at 2.50"),
                ("Lines · Rug", "", "Rug: 2 pieces"),
                ("Lines · Lamp", "Lamp: 1 piece", ""),
            ],
        )
        chinese = "[P-1] 喷雾机\N{FULLWIDTH COLON}%s 台"
        self.assertEqual(
            self._labels({"L": [chinese % 1]}, {"L": [chinese % 2]})[0][0],
            "L · [P-1] 喷雾机",
        )

    def test_rows_match_by_product_and_tell_the_column(self):
        before = {"Lines": [{"Product": "Desk", "Quantity": 1, "Price": 3.0}]}
        after = {
            "Lines": [
                {"Product": "Desk", "Quantity": 2, "Price": 3.0, "Tax": {"rate": 13}},
                {"Product": "Desk", "Quantity": 9, "Price": 1.0},
            ]
        }
        self.assertEqual(
            self._labels(before, after),
            [
                ("Lines · Desk · Quantity", "1", "2"),
                ("Lines · Desk · Tax", "", "rate: 13"),
                ("Lines · Desk", "", "Product: Desk, Quantity: 9, Price: 1"),
            ],
        )

    def test_cells_and_words(self):
        self.assertEqual(
            self._labels(
                {"Rows": [["a", 1], ["b", 2]], "Tags": ["red", "blue"]},
                {"Rows": [["b", 3]], "Tags": ["blue", "green"]},
            ),
            [
                ("Rows · b", "b, 2", "b, 3"),
                ("Rows · a", "a, 1", ""),
                ("Tags", "", "green"),
                ("Tags", "red", ""),
            ],
        )

    def test_order_of_lines_is_no_difference(self):
        lines = ["Desk: 1", "Lamp: 2", "Desk: 1", {"product": "x"}, ["y", 2], None]
        self.assertEqual(self._labels({"L": lines}, {"L": lines[::-1]}), [])

    def test_kinds_may_change(self):
        for value in (None, False, "", [], 3, "x", ["x"], {"a": 1}, [{}], [[]], [None]):
            for other in (None, 0, "y", ["y", {"b": [1]}], {"a": {"c": 2}}, [[[]]]):
                with self.subTest(value=value, other=other):
                    there = find_differences({"v": value}, {"v": other})
                    back = find_differences({"v": other}, {"v": value})
                    self.assertEqual(
                        sorted((before, after) for _label, before, after in there),
                        sorted((after, before) for _label, before, after in back),
                    )
        for nothing in (None, False, [], "text"):
            self.assertEqual(find_differences(nothing, nothing), [])
            self.assertEqual(len(find_differences(nothing, {"a": 1})), 1)

    def test_any_json(self):
        """Two thousand random snapshots: none raises, equal ones do not differ."""
        for seed in range(2000):
            chance = random.Random(seed)  # noqa: S311
            before, after = (self._draw(chance, 3) for _turn in range(2))
            copy = json.loads(json.dumps(before))
            self.assertEqual(find_differences(before, copy), [], seed)
            found = find_differences(before, after)
            for difference in found:
                self.assertEqual([type(text) for text in difference], [str] * 3)
                self.assertNotEqual(difference.before, difference.after)
            self.assertEqual(len(found), len(find_differences(after, before)), seed)

    def _draw(self, chance, depth):
        """Return a random snapshot: a dict of values, rows and dicts."""
        return {
            chance.choice("abcdef"): self._draw_value(chance, depth)
            for _item in range(chance.randrange(5))
        }

    def _draw_value(self, chance, depth):
        if depth and chance.random() < 0.3:
            return self._draw(chance, depth - 1)
        if depth and chance.random() < 0.4:
            length = chance.randrange(4)
            return [self._draw_value(chance, depth - 1) for _item in range(length)]
        return chance.choice(
            (None, True, False, 0, 1, -0.0, 2.5, 1e14, "", "x", "x: 1", "甲", "\n", "é")
        )


@tagged("post_install", "-at_install")
class TestReviewDifferences(ReviewCommon):
    """A resubmitted document shows the reviewer what changed."""

    def _submit_twice(self):
        document = self._submit()
        document.with_user(self.supervisor).review_reject(1, "too dear")
        document.write(
            {"amount": 80.0, "line_ids": [Command.create({"name": "three"})]}
        )
        return self._submit(document)

    def test_request_knows_what_changed(self):
        request = self._submit_twice().sudo().review_request_id
        self.assertEqual(
            [tuple(difference) for difference in request._get_differences()],
            [("Amount", "100", "80"), ("Lines", "", "three")],
        )
        first = request._get_history()[-1]
        self.assertEqual(first._get_differences(), [])
        self.assertFalse(first.differences_html)

    def test_reviewer_sees_it_everywhere(self):
        """In the dialog, on his task and in the log of the document."""
        document = self._submit_twice()
        self.env.invalidate_all()
        task = (
            self.env["review.task"]
            .with_user(self.supervisor)
            .search([("mine", "=", 1)])
        )
        action = task.action_approve_with_opinion()
        dialog = Form(
            self.env["review.decision"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
        )
        log = document.with_user(self.colleague).review_log_html
        for html in (dialog.preview_html, task.differences_html, task.log_html, log):
            self.assertIn("o_review_differences", str(html))
            self.assertIn("three", str(html))
        self.assertIn("too dear", str(task.log_html))

    def test_a_substitute_reviewer_sees_it_too(self):
        """The new reviewer took no part in the submission before."""
        document = self._submit()
        document.with_user(self.author).review_recall(1)
        self.first_step.user_id = self.director
        document.amount = 70.0
        self._submit(document)
        self.env.invalidate_all()
        tasks = self.env["review.task"].with_user(self.director)
        html = tasks.search([("mine", "=", True)]).differences_html
        self.assertIn("70", str(html))
