"""Answers in the dialogs of the web client."""

from playwright.sync_api import expect

DIALOG = ".modal-dialog"


def choose(client, field, text, scope=DIALOG):
    """Choose ``text`` in a relation field, by typing it."""
    control = client.page.locator(f"{scope} [name={field}] input, {scope} select").first
    control.fill(text)
    client.settle()
    option = client.page.locator(".o-autocomplete--dropdown-item", has_text=text)
    option.first.click()
    client.settle()


def fill(client, text, selector="[name=reason] textarea"):
    """Write the reason."""
    client.page.locator(selector).first.fill(text)


def answer(client, close=True):
    """Press the first button of the dialog; it closes unless something is missing."""
    dialog = client.page.locator(DIALOG)
    dialog.locator("footer button:not(.btn-secondary):visible").first.click()
    client.settle()
    if close:
        expect(dialog).to_have_count(0)
