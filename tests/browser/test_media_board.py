"""The availability board: drag, refusal, enquiry, paper, the customer's page."""

import io
import re
import time

import openpyxl
import pytest
from playwright.sync_api import expect

#: What this run creates has names of its own.
STAMP = str(time.time_ns())[-7:-1]
DISTRICT, CUSTOMER = f"排期测试区 {STAMP}", f"金桥酒店 {STAMP}"
CONTROL, SELLER = f"board_control_{STAMP}", f"board_seller_{STAMP}"
SITE = f"PQ{STAMP}"
TRACK = ".o_media_board_track"
#: Everything on the board is chosen well ahead, in parts of the width of a row.
FIRST, LAST = 0.4, 0.6


def call(client, model, method, *args, **kwargs):
    """Call a method as whoever is signed in, in the page itself."""
    answer = client.page.evaluate(
        """async ([model, method, args, kwargs]) => {
            const response = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify({ params: { model, method, args, kwargs } }),
            });
            return response.json();
        }""",
        [model, method, list(args), kwargs],
    )
    assert "error" not in answer, answer
    return answer["result"]


def make_user(admin, login, group):
    """Return the id of a user of a media group, who signs in by login."""
    _name, group_id = call(
        admin, "ir.model.data", "check_object_reference", "media_booking", group
    )
    values = {
        "name": login,
        "login": login,
        "password": login,
        "lang": "zh_CN",
        "tz": "Asia/Shanghai",
        "odoobot_state": "disabled",
        "group_ids": [(6, 0, [group_id])],
    }
    context = {"no_reset_password": True}
    return call(admin, "res.users", "create", [values], context=context)[0]


@pytest.fixture(scope="module")
def faces():
    """Remember what was created, so that it is created once."""
    return {}


@pytest.fixture
def board(as_role, faces):
    """Return a function that opens the board of the test's own district as a role."""
    if not faces:
        faces.update(make_faces(as_role("admin")))

    def open_board(role, **size):
        client = as_role(role, **size).open("media-board")
        client.page.wait_for_selector(".o_media_board_row")
        if not size:
            choose_district(client)
        return client

    return open_board


def choose_district(client):
    """Filter the board by the test's own district, in the panel beside it."""
    value = client.page.locator(".o_search_panel_filter_value", has_text=DISTRICT)
    value.locator("input").first.check()
    expect(client.page.locator(".o_media_board_row")).to_have_count(4)
    client.settle()


def create(admin, model, values):
    """Return the id of a new record."""
    return call(admin, model, "create", [values])[0]


def make_faces(admin):
    """Create a district with four faces, their prices, a customer and two people."""
    make_user(admin, CONTROL, "group_media_control")
    make_user(admin, SELLER, "group_media_user")
    create(admin, "res.partner", {"name": CUSTOMER})
    district = create(admin, "media.district", {"name": DISTRICT})
    column = {"name": f"单立柱 18×6 米 {STAMP}", "width": 18, "height": 6}
    kind = create(admin, "media.format", column)
    create(admin, "media.rate", {"format_id": kind, "price": 600, "unit": "day"})
    place = {"code": SITE, "name": "解放路立交", "district_id": district}
    site = create(admin, "media.site", place)
    names = {"A": "西向", "B": "东向", "C": "南向", "D": "北向"}
    for letter, name in names.items():
        face = {"code": f"{SITE}-{letter}", "name": name, "lit": letter == "A"}
        create(admin, "media.face", {**face, "site_id": site, "format_id": kind})
    return {"site": site}


def drag(client, row, first=FIRST, last=LAST):
    """Drag over the days of a row, from one part of its width to another."""
    box = client.page.locator(TRACK).nth(row).bounding_box()
    mouse, middle = client.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] * first, middle)
    mouse.down()
    mouse.move(box["x"] + box["width"] * last, middle, steps=6)
    mouse.up()
    client.settle()


def choose_customer(client, name):
    """Choose the customer in the dialog of a hold."""
    client.page.locator(".modal-dialog input").fill(name)
    client.settle()
    client.page.locator(".o-autocomplete--dropdown-item", has_text=name).first.click()
    client.settle()


def test_process_control_holds_by_drag_and_reads_a_refusal(board):
    """ADV-06: a drag holds; a second one over the same days says who is there."""
    client = board(CONTROL)
    drag(client, 0)
    choose_customer(client, CUSTOMER)
    client.shot("media-hold")
    client.click("hold", ".modal-dialog")
    bar = client.page.locator(f"{TRACK} >> nth=0").locator(".o_media_board_hold")
    expect(bar).to_have_count(1)
    expect(bar).to_contain_text(CUSTOMER)

    drag(client, 0, FIRST + 0.05, LAST + 0.1)
    refusal = client.page.locator(".o_media_hold_refusal")
    expect(refusal).to_contain_text(CUSTOMER)
    client.shot("media-refusal")
    client.page.locator(".o_media_hold_proposals button").first.click()
    client.settle()
    expect(client.page.locator(".o_media_hold_refusal")).to_have_count(0)


def test_salesperson_sees_taken_and_asks(board):
    """ADV-01: others' bookings are taken without a name; a drag opens an enquiry."""
    client = board(SELLER)
    taken = client.page.locator(f"{TRACK} >> nth=0").locator(".o_media_board_taken")
    expect(taken).to_have_count(1)
    expect(taken).not_to_contain_text(CUSTOMER)
    client.shot("media-board")
    drag(client, 1)
    client.page.wait_for_selector(".o_form_view")
    client.expect_text(f"{SITE}-B", ".o_form_view")
    client.shot("media-enquiry-prefilled")


def test_keyboard_chooses_days(board):
    """Arrows move the cell, with shift they choose, Enter asks what to do with it."""
    client = board(CONTROL)
    client.page.locator(".o_media_board_grid").focus()
    for key in ("ArrowDown", "ArrowDown", "End", "Shift+ArrowLeft", "Shift+ArrowDown"):
        client.page.keyboard.press(key)
    expect(client.page.locator(".o_media_board_selection")).to_have_count(2)
    client.page.keyboard.press("Enter")
    client.settle()
    client.expect_text(f"{SITE}-B, {SITE}-C", ".modal-dialog")


def test_board_on_paper_and_as_workbook(board):
    """The board prints on lying A4 sheets and downloads as texts."""
    client = board(CONTROL)
    with client.page.expect_download() as download:
        client.click("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    values = [cell.value for row in book.active.iter_rows() for cell in row]
    assert f"{SITE}-A" in values
    assert any(CUSTOMER in str(value) for value in values)
    pdf = client.page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in pdf


def test_board_and_link_on_a_phone(board, chromium, server):
    """At 390 px the board holds; the customer's page opens without login."""
    client = board(CONTROL, width=390, height=800)
    row = client.page.locator(".o_media_board_row").nth(2).bounding_box()
    client.page.mouse.click(300, row["y"] + 4)
    expect(client.page.locator(".o_media_board_chosen")).to_be_in_viewport(ratio=1)
    client.shot("media-board-phone")
    client.click("avails")
    client.page.wait_for_selector(".o_form_view")
    client.click("action_issue")
    link = client.page.locator(".o_field_widget[name=link]").inner_text()
    phone = chromium.new_context(
        viewport={"width": 390, "height": 800}, locale="zh-CN"
    ).new_page()
    phone.goto(server + re.search(r"/media/avails/[\w-]+", link)[0])
    expect(phone.locator("h1")).to_contain_text("推介单")
    expect(phone.locator(".card").first).to_be_visible()
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    phone.context.close()
