from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker


@tagged("post_install", "-at_install", "browser")
class TestDeadlineJs(HttpCase):
    @no_retry
    def test_countdown_badge(self):
        """Run the HOOT suite of this module only."""
        suite = HOOTCommon._generate_hash(self, "@base_deadline")
        self.browser_js(
            f"/web/tests?headless&preset=desktop&timeout=15000&id={suite}",
            code="",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
