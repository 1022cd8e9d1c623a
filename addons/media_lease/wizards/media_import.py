from odoo import fields, models

from odoo.addons.base_deadline.table_file import TableError
from odoo.addons.media_booking.import_table import Layout

LEASES = Layout(
    {
        "name": ("number", "lease", "合同编号", "租约编号"),
        "site": ("site code", "site", "站点编号", "点位编号", "点位编码"),
        "partner": ("landlord", "出租方", "业主"),
        "date_from": ("from", "起始日期", "开始日期", "起租日期"),
        "date_to": ("until", "to", "结束日期", "到期日期"),
        "amount": ("rent", "amount", "每期租金", "租金"),
        "interval": ("months", "every", "付款周期月", "付款周期"),
        "note": ("note", "remark", "说明", "备注"),
    },
    ("name", "site", "partner", "date_from", "date_to", "amount"),
)


class MediaImport(models.TransientModel):
    """A list of leases beside those of faces, bookings and permits."""

    _inherit = "media.import"

    kind = fields.Selection(
        selection_add=[("lease", "Leases")], ondelete={"lease": "cascade"}
    )

    def _get_lease_layout(self):
        return LEASES

    def _plan_lease(self, rows):
        """Return the plans of the rows."""
        sites = self._find_known("media.site", "code", rows, "site")
        leases = self._find_known("media.lease", "name", rows, "name")
        partners = self._find_partners(rows, "partner")
        seen = {}

        def read_row(line, cells):
            name = cells.text("name", required=True)
            if name in seen:
                raise TableError("twice", column="name", value=name, other=seen[name])
            seen[name] = line
            site = sites.get(cells.text("site", required=True))
            if not site:
                raise TableError("no_site", column="site", value=cells.text("site"))
            values = {"site_id": site.id, **self._read_lease(cells, partners)}
            plan = self._plan_values(line, name, values, leases.get(name))
            new = {} if plan.record else {"name": name}
            return plan._replace(values={**plan.values, **new})

        return self._plan_rows(rows, read_row)

    def _read_lease(self, cells, partners):
        """Return the terms of a lease."""
        landlord = cells.text("partner", required=True)
        start, end = cells.period()
        cells.text("amount", required=True)
        values = {
            "partner_id": self._pick(partners, landlord, "partner"),
            "date_from": start,
            "date_to": end,
            "amount": cells.number("amount"),
        }
        if cells.text("interval"):
            values["interval_months"] = int(cells.number("interval", 1, 120))
        if note := cells.text("note"):
            values["note"] = note
        return values

    def _enter_lease(self, plans):
        fresh = [plan.values for plan in plans if not plan.record]
        self.env["media.lease"].create(fresh)
        for plan in plans:
            if plan.record:
                plan.record.write(plan.values)
