from odoo.tests import HttpCase, no_retry, tagged

# The module, not its class: a test class in this namespace would be run again.
from odoo.addons.web.tests import test_js as web


@tagged("post_install", "-at_install", "browser")
class TestMediaJs(HttpCase):
    @no_retry
    def test_media_board(self):
        """Run the HOOT suite of this module only."""
        suite = web.HOOTCommon._generate_hash(self, "@media_booking")
        self.browser_js(
            f"/web/tests?headless&preset=desktop&timeout=15000&id={suite}",
            code="",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=web.unit_test_error_checker,
        )
