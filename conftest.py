"""Settings of all tests, in ``tests/`` and in the add-ons."""

import os
import shutil

import pytest

from odoo.tests import HttpCase

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_report_header():
    """Tell which browser the tests will drive."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    return f"browser: {browser or 'none: browser tests are skipped'}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Fail a browser test that CI would skip for want of a browser or a package."""
    report = yield
    is_web_test = isinstance(getattr(item, "instance", None), HttpCase)
    if os.environ.get("CI") and is_web_test and report.skipped:
        reason = report.longrepr[-1] if report.longrepr else "skipped"
        report.outcome = "failed"
        report.longrepr = f"{reason}: a browser test may not be skipped in CI"
    return report
