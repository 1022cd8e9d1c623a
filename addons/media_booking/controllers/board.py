import json
from datetime import timedelta

from odoo import fields, http
from odoo.http import request

from ..models.media_board import MAX_FACES
from ..xlsx import Filled, Table, make_workbook
from .avails import XLSX, _download

#: The most faces of one workbook.
MAX_ROWS = 5000
COLORS = {
    "hold": "#F8D9A8",
    "booked": "#A9CBEA",
    "posted": "#9FD3B2",
    "removed": "#C5D3D9",
    "taken": "#C9CDD1",
    "filler": "#E3F3E7",
    "maintenance": "#D5D8DB",
    "part": "#DBEAFA",
    "full": "#A9CBEA",
    "option": "#D9CDEE",
}
STEPS = {"day": 1, "week": 7}


class MediaBoardController(http.Controller):
    """The board as a workbook."""

    @http.route(
        "/media/board/xlsx",
        type="http",
        auth="user",
        methods=["POST"],
        readonly=True,
        save_session=False,
    )
    def export(self, params):
        """Download what the reader sees on the board, all pages of it."""
        params = json.loads(params)
        columns = make_columns(
            fields.Date.to_date(params["date_from"]),
            fields.Date.to_date(params["date_to"]),
            params.get("scale"),
        )
        faces = _read_faces(params)
        return _download(_make_board_workbook(faces, columns), "board.xlsx", XLSX)


def _read_faces(params):
    """Return the rows of all pages."""
    board, faces = request.env["media.face"], []
    window = (params["date_from"], params["date_to"])
    for offset in range(0, MAX_ROWS, MAX_FACES):
        page = board.get_board(
            params["domain"], *window, MAX_FACES, offset, free=params.get("free")
        )
        faces += page["faces"]
        if len(page["faces"]) < MAX_FACES:
            break
    return faces


def make_columns(date_from, date_to, scale):
    """Return the first and last days of the columns between two days."""
    columns, start = [], date_from
    while start <= date_to:
        if scale in STEPS:
            after = start + timedelta(days=STEPS[scale])
        else:
            after = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        columns.append((start.isoformat(), (after - timedelta(days=1)).isoformat()))
        start = after
    return columns


def _make_board_workbook(faces, columns):
    env = request.env
    heads = [
        (env._("Face"), 14),
        (env._("Place"), 32),
        (env._("District"), 14),
        (env._("Format"), 18),
        (env._("List Price"), 12),
        *((start, 11) for start, _end in columns),
    ]
    words = dict(
        request.env["media.booking"]
        ._fields["state"]
        ._description_selection(request.env)
    )
    words |= {"taken": env._("Taken"), "maintenance": env._("Maintenance")}
    rows = (
        [
            face["code"],
            face["name"],
            face["district"],
            face["format"],
            face["price"] or None,
            *(_make_cell(face["bars"], column, words) for column in columns),
        ]
        for face in faces
    )
    return make_workbook(Table(env._("Availability"), heads, rows, frozen=2))


def _make_cell(bars, column, words):
    """Return what happens in a column of a face: nothing where it is free."""
    first, last = column
    found = [bar for bar in bars if bar[0] <= last and bar[1] >= first]
    if not found:
        return None
    texts = (" ".join(filter(None, (words.get(bar[2]), bar[3]))) for bar in found)
    return Filled(" / ".join(texts), COLORS.get(found[0][2], COLORS["taken"]))
