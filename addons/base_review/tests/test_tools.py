import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.base_review import differences, tools


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples(self):
        """Run the examples in the docstrings of the pure helpers."""
        for module in (differences, tools):
            self.assertEqual(doctest.testmod(module).failed, 0)
