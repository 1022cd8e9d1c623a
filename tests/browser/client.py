"""A person at the web client: signs in as a role, opens pages, looks at them."""

import io
import os
import pathlib
import re
import time

from PIL import Image
from playwright.sync_api import Page, expect

ROOT = pathlib.Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
#: Tenths of a second without a call before the page counts as settled.
QUIET_ROUNDS = 4
#: Of a stored picture: enough for a screen, and small enough for a repository.
COLORS = 200


class Client:
    """One role's browser window on the demo company.

    :param page: a fresh Playwright page
    :param base_url: where the server listens
    """

    def __init__(self, page: Page, base_url: str):
        self.page = page
        self.base_url = base_url
        self.errors = []
        self.pending = set()
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_answer)
        page.on("requestfailed", self._on_answer)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)

    def _on_console(self, message):
        if message.type == "error" and "favicon" not in message.text:
            self.errors.append(message.text)

    def _on_request(self, request):
        if request.resource_type in {"fetch", "xhr"}:
            self.pending.add(request)

    def _on_answer(self, request):
        self.pending.discard(request)

    def login(self, role: str):
        """Sign in with the demo login of ``role`` (the password is the login)."""
        self.page.goto(f"{self.base_url}/web/login")
        self.page.fill("input[name=login]", role)
        self.page.fill("input[name=password]", role)
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(
            ".o_web_client, .o_portal_wrap, .o_portal", timeout=90_000
        )
        return self

    def open(self, path: str):
        """Open a page of the backend by its action path, e.g. ``order-review``."""
        self.page.goto(f"{self.base_url}/odoo/{path}")
        self.page.wait_for_selector(
            ".o_action .o_content, .o_action_manager .o_view_controller"
        )
        self.settle()
        return self

    def settle(self):
        """Wait until no call was in flight for a moment."""
        quiet, deadline = 0, time.monotonic() + 60
        while quiet < QUIET_ROUNDS and time.monotonic() < deadline:
            self.page.wait_for_timeout(100)
            quiet = 0 if self.pending else quiet + 1

    def button(self, name: str, scope: str = ""):
        """The visible button that calls the method or action ``name``."""
        return self.page.locator(f"{scope} button[name='{name}']:visible").first

    def click(self, name: str, scope: str = ""):
        """Press the button ``name`` and wait for the answer."""
        self.button(name, scope).click()
        self.settle()
        return self

    def card(self, text: str):
        """The kanban card that shows ``text``."""
        return self.page.locator(".o_kanban_record", has_text=text).first

    def expect_text(self, pattern: str, scope: str = "body"):
        """Fail unless ``pattern`` is shown in ``scope``."""
        expect(self.page.locator(scope).first).to_contain_text(
            re.compile(pattern), timeout=20_000
        )
        return self

    def shot(self, name: str):
        """Keep a picture for the guide where the caller asked for pictures."""
        if os.environ.get("YEWU_SCREENSHOTS"):
            IMAGES.mkdir(parents=True, exist_ok=True)
            picture = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
            picture.quantize(COLORS).save(IMAGES / f"{name}.png", optimize=True)
        return self
