from odoo import models
from odoo.fields import Domain

from odoo.addons.base_deadline.table_file import TableError

from ..import_table import Layout

PERMITS = Layout(
    {
        "number": ("number", "permit", "许可证号", "批准文号", "编号"),
        "site": ("site code", "site", "站点编号", "点位编号", "点位编码"),
        "authority": ("authority", "审批机关", "发证机关"),
        "date_from": ("from", "valid from", "起始日期", "开始日期", "有效期自"),
        "date_to": ("until", "to", "valid until", "结束日期", "到期日期", "有效期至"),
        "user": ("responsible", "责任人", "负责人"),
        "note": ("note", "remark", "说明", "备注"),
    },
    ("number", "site", "date_from", "date_to"),
)


class MediaImport(models.TransientModel):
    """Permits to erect, and how people, customers and users are found by name."""

    _inherit = "media.import"

    def _get_permit_layout(self):
        return PERMITS

    def _plan_permit(self, rows):
        """Return the plans of the rows."""
        sites = self._find_known("media.site", "code", rows, "site")
        permits = self._find_known("media.permit", "number", rows, "number")
        users = self._find_users(rows)
        seen = {}

        def read_row(line, cells):
            number = cells.text("number", required=True)
            if number in seen:
                raise TableError(
                    "twice", column="number", value=number, other=seen[number]
                )
            seen[number] = line
            site = sites.get(cells.text("site", required=True))
            if not site:
                raise TableError("no_site", column="site", value=cells.text("site"))
            start, end = cells.period()
            values = {"site_id": site.id, "date_from": start, "date_to": end}
            for column in ("authority", "note"):
                if text := cells.text(column):
                    values[column] = text
            if user := cells.text("user"):
                values["user_id"] = self._pick(users, user, "user")
            record = permits.get(number)
            plan = self._plan_values(line, number, values, record)
            new = {"number": number} if not record else {}
            return plan._replace(values={**plan.values, **new})

        return self._plan_rows(rows, read_row)

    def _enter_permit(self, plans):
        fresh = [plan.values for plan in plans if not plan.record]
        self.env["media.permit"].create(fresh)
        for plan in plans:
            if plan.record:
                plan.record.write(plan.values)

    # === PEOPLE === #

    def _find_partners(self, rows, column):
        """Return the contacts that a column names, by name: ``{name: [ids]}``."""
        names = {cells.text(column) for _line, cells in self._iter_sound(rows, column)}
        partners = self.env["res.partner"].search_fetch(
            Domain("name", "in", list(names - {""}))
            & Domain("company_id", "in", [False, self.company_id.id]),
            ["name"],
        )
        found = {}
        for partner in partners:
            found.setdefault(partner.name, []).append(partner.id)
        return found

    def _find_users(self, rows):
        """Return the users that a column names, by name and by login."""
        names = {cells.text("user") for _line, cells in self._iter_sound(rows, "user")}
        names = list(names - {""})
        users = self.env["res.users"].search_fetch(
            (Domain("name", "in", names) | Domain("login", "in", names))
            & Domain("company_ids", "in", self.company_id.ids),
            ["name", "login"],
        )
        found = {}
        for user in users:
            for name in {user.name, user.login}:
                found.setdefault(name, []).append(user.id)
        return found

    def _pick(self, found, name, column):
        """Return the id behind a name that stands for exactly one."""
        ids = found.get(name, [])
        if len(ids) == 1:
            return ids[0]
        code = "several" if ids else "unknown"
        raise TableError(code, column=column, value=name[:40], count=len(ids))
