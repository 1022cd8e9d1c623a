from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.base_deadline.table_file import TableError

from ..const import LIVE_STATES
from ..import_table import Layout
from ..tools import overlaps
from .media_import import Plan

BOOKINGS = Layout(
    {
        "code": (
            "face",
            "code",
            "face code",
            "牌面编号",
            "媒体编号",
            "点位编号",
            "编号",
        ),
        "date_from": ("from", "start", "开始日期", "上刊日期", "起始日期"),
        "date_to": ("until", "to", "end", "结束日期", "到期日期", "下刊日期"),
        "customer": ("customer", "client", "客户名称", "客户"),
        "status": ("status", "状态"),
        "kind": ("kind", "性质", "类别"),
        "user": ("salesperson", "销售", "业务员"),
        "amount": ("amount", "price", "合同金额", "价格", "金额"),
        "creative": ("creative", "画面名称", "画面"),
        "note": ("note", "remark", "说明", "备注"),
    },
    ("code", "date_from", "date_to"),
)
STATUSES = {
    "booked": {"booked", "已订", "预订", "已预订", "已签约"},
    "posted": {"posted", "已上刊", "上刊", "在刊", "发布中", "running"},
}
KINDS = {
    "paid": {"paid", "付费", "商业", "商业广告", ""},
    "free": {"free", "免费", "赠送"},
    "makegood": {"make-good", "makegood", "补刊"},
    "overshow": {"overshow", "延播"},
    "maintenance": {"maintenance", "维修", "维护", "检修"},
}


class MediaImport(models.TransientModel):
    """The bookings that run or are signed when the company starts to work with us."""

    _inherit = "media.import"

    def _get_booking_layout(self):
        return BOOKINGS

    def _plan_booking(self, rows):
        """Return the plans of the rows; the constraint has the last word."""
        known = {
            "face": self._find_known("media.face", "code", rows, "code"),
            "customer": self._find_partners(rows, "customer"),
            "user": self._find_users(rows),
        }
        taken = self._find_taken(known["face"])
        today = fields.Date.context_today(self)

        def read_row(line, cells):
            values = self._read_booking(cells, known)
            if values["date_to"] < today:
                raise TableError("over", column="date_to", last=values["date_to"])
            return self._plan_booking_row(line, values, taken)

        return self._plan_rows(rows, read_row)

    def _find_known(self, model, name, rows, column):
        """Return the records of the company by a text that the file names."""
        texts = {str(cells.cells.get(column) or "").strip() for _line, cells in rows}
        texts |= {cells.text(column) for _line, cells in self._iter_sound(rows, column)}
        records = self.env[model].search(
            Domain(name, "in", list(texts))
            & Domain("company_id", "=", self.company_id.id)
        )
        return {record[name]: record for record in records}

    def _iter_sound(self, rows, column):
        """Yield the rows whose cell of a column can be read."""
        for line, cells in rows:
            try:
                cells.text(column)
            except TableError:
                continue
            yield line, cells

    def _find_taken(self, faces):
        """Return what stands on the faces: ``{face id: [(line, row or values)]}``."""
        found = self.env["media.booking"].search(
            Domain("face_id", "in", [face.id for face in faces.values()])
            & Domain("state", "in", LIVE_STATES)
            & Domain("date_to", ">=", fields.Date.context_today(self))
        )
        taken = {face.id: [] for face in faces.values()}
        for booking in found:
            taken[booking.face_id.id].append((0, booking))
        return taken

    def _read_booking(self, cells, known):
        """Return the values of a booking."""
        face = known["face"].get(cells.text("code", required=True))
        if not face:
            raise TableError("no_face", column="code", value=cells.text("code"))
        start, end = cells.period()
        kind = cells.word("kind", KINDS)
        status = cells.word("status", STATUSES) if cells.text("status") else "booked"
        needed = kind != "maintenance"
        customer = cells.text("customer", required=needed)
        amount = cells.number("amount")
        return {
            "face_id": face.id,
            "date_from": start,
            "date_to": end,
            "kind": kind,
            "partner_id": customer
            and self._pick(known["customer"], customer, "customer"),
            "user_id": self._pick(known["user"], cells.text("user"), "user")
            if cells.text("user")
            else self.env.uid,
            "amount": amount or 0.0,
            "creative": cells.text("creative") or False,
            "note": cells.text("note") or False,
            "posted_on": start if status == "posted" else False,
        }

    def _plan_booking_row(self, line, values, taken):
        """Return the plan of one booking, unless it stands in another one's way."""
        face = self.env["media.face"].browse(values["face_id"])
        name = f"{face.code} {values['date_from']} – {values['date_to']}"
        period = values["date_from"], values["date_to"]
        others = [
            (other, row)
            for other, row in taken[face.id]
            if overlaps(period, (row["date_from"], row["date_to"]))
        ]
        for other, row in others:
            if not other and self._is_there(row, values):
                return Plan(line, "there", name, {}, row)
        if len(others) >= face.slot_count:
            raise self._get_clash(*others[0])
        taken[face.id].append((line, values))
        return Plan(line, "new", name, values)

    def _is_there(self, booking, values):
        names = ("date_from", "date_to", "kind")
        same = all(booking[name] == values[name] for name in names)
        return same and booking.partner_id.id == (values["partner_id"] or False)

    def _get_clash(self, other, row):
        if other:
            return TableError("clash_line", column="date_from", other=other)
        return TableError(
            "clash",
            column="date_from",
            other=row.display_name,
            customer=row.partner_id.display_name or row.kind,
        )

    def _enter_booking(self, plans):
        """Book what runs, all of it or nothing."""
        bookings = self.env["media.booking"]
        if not bookings._is_control():
            raise UserError(self.env._("Only process control imports bookings."))
        bookings._create_running([plan.values for plan in plans])
