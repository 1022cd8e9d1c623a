from odoo import models
from odoo.fields import Domain

from odoo.addons.base_deadline.table_file import TableError

from ..import_cells import is_in_china
from ..import_table import Layout

FACES = Layout(
    {
        "code": (
            "code",
            "face",
            "face code",
            "牌面编号",
            "媒体编号",
            "点位编号",
            "编号",
        ),
        "site": ("site code", "点位编码", "站点编号", "点位代码"),
        "site_name": (
            "site",
            "desc",
            "description",
            "site name",
            "媒体名称",
            "点位名称",
        ),
        "name": ("side", "牌面", "面"),
        "district": ("district", "market", "行政区", "商圈", "区域"),
        "city": ("city", "城市"),
        "road": ("road", "address", "地址", "路段", "位置", "道路"),
        "format": ("format", "type", "媒体类型", "类型", "规格", "媒体规格"),
        "size": ("size", "规格尺寸", "画面尺寸", "尺寸"),
        "latitude": ("latitude", "lat", "y", "纬度"),
        "longitude": ("longitude", "lng", "lon", "long", "x", "经度"),
        "datum": ("datum", "坐标类型", "坐标系"),
        "facing": ("facing", "面向", "朝向"),
        "lit": ("lit", "灯光", "照明", "亮化"),
        "slots": ("loop slots", "slots", "轮播位数", "屏位数"),
        "vendor": ("owner", "vendor", "供应商", "外采供应商"),
        "cost": ("owner's price", "cost", "成本", "外采月价"),
        "note": ("note", "remark", "说明", "备注"),
    },
    ("format",),
)
#: Text columns and the fields they fill.
FACE_TEXTS = {"name": "name", "facing": "facing", "note": "note"}
SITE_TEXTS = {"site_name": "name", "road": "road"}


class MediaImport(models.TransientModel):
    """A list of faces with their sites, districts and formats."""

    _inherit = "media.import"

    def _get_face_layout(self):
        return FACES

    def _plan_face(self, rows):
        """Return the plans of the rows; sites are entered with their faces."""
        if not rows[0][1].has("code") and not (self.prefix or "").strip():
            raise TableError("no_code")
        known = self._find_faces(rows)
        seen = {}

        def read_row(line, cells):
            code = self._get_code(line, cells)
            if code in seen:
                raise TableError("twice", column="code", value=code, other=seen[code])
            seen[code] = line
            return self._plan_face_row(line, cells, code, known)

        return self._plan_rows(rows, read_row)

    def _get_code(self, line, cells):
        if cells.has("code"):
            return cells.text("code", required=True)
        return f"{self.prefix.strip()}{line - 1:04d}"

    def _find_faces(self, rows):
        """Return what exists of the codes, names and partners in the file."""
        company = Domain("company_id", "=", self.company_id.id)
        every = {"active_test": False}
        faces = self.env["media.face"].with_context(**every).search(company)
        sites = self.env["media.site"].with_context(**every).search(company)
        return {
            "face": {face.code: face for face in faces},
            "site": {site.code: site for site in sites},
            "format": {
                record.name.casefold(): record
                for record in self.env["media.format"].with_context(**every).search([])
            },
            "district": {
                (record.name, record.city or ""): record
                for record in self.env["media.district"].search([])
            },
            "vendor": self._find_partners(rows, "vendor"),
            "told": {},
        }

    def _plan_face_row(self, line, cells, code, known):
        """Return the plan of one face; its values name site, format and district."""
        face = known["face"].get(code)
        site_code = cells.text("site") or (face.site_id.code if face else code)
        values = self._read_face(cells, known)
        place = self._read_site(cells, site_code)
        self._check_told(line, place, known["told"])
        district = (place.pop("district", None), cells.text("city"))
        form = cells.text("format", required=True)
        found = known["format"].get(form.casefold())
        if found:
            values["format_id"] = found.id
        plan = self._plan_values(line, code, values, face)
        if district[0] and (record := known["district"].get(district)):
            place["district_id"] = record.id
        else:
            place["district"] = district
        where = self._plan_site(known["site"].get(site_code), place)
        about = [place.get("name"), district[0], form]
        changed = plan.result == "there" and (where or not found)
        return plan._replace(
            result="changed" if changed else plan.result,
            values={
                "face": plan.values,
                "site": place,
                "format": (form, cells.size("size") or cells.size("format")),
                "code": code,
            },
            text=", ".join(filter(None, [plan.text, *where] if face else about)),
        )

    def _check_told(self, line, place, told):
        """Raise if an earlier line says something else about the same site."""
        earlier, known = told.setdefault(place["code"], (line, place.copy()))
        if any(known.setdefault(name, value) != value for name, value in place.items()):
            raise TableError(
                "site_twice", column="site", value=place["code"], other=earlier
            )

    def _plan_site(self, site, place):
        """Return the labels of what a row changes at a site that exists."""
        if not site:
            return []
        names = [
            name
            for name, value in place.items()
            if name in site._fields and not self._is_same(site, name, value)
        ]
        labels = [site._fields[name]._description_string(self.env) for name in names]
        if place.get("district", (None,))[0]:
            labels.append(site._fields["district_id"]._description_string(self.env))
        return labels

    def _read_face(self, cells, known):
        """Return the values of a face for the columns that are filled in."""
        values = {
            field: cells.text(column)
            for column, field in FACE_TEXTS.items()
            if cells.text(column)
        }
        if (lit := cells.truth("lit")) is not None:
            values["lit"] = lit
        if (slots := cells.number("slots", 1, 1000)) is not None:
            values["slot_count"] = int(slots)
        if vendor := cells.text("vendor"):
            values["vendor_id"] = self._pick(known["vendor"], vendor, "vendor")
        if (cost := cells.number("cost")) is not None:
            values["vendor_cost"] = cost
        return values

    def _read_site(self, cells, code):
        """Return the values of a site for the columns that are filled in."""
        values = {
            field: cells.text(column)
            for column, field in SITE_TEXTS.items()
            if cells.text(column)
        }
        if point := cells.point():
            values |= zip(("latitude", "longitude"), point, strict=True)
        if district := cells.text("district"):
            values["district"] = district
        return {"code": code, **values}

    # === ENTER === #

    def _enter_face(self, plans):
        """Create and change sites, formats, districts and faces in a few batches."""
        formats = self._enter_formats(plans)
        sites = self._enter_sites(plans)
        fresh = []
        for plan in plans:
            form = formats[plan.values["format"][0].casefold()]
            site = sites[plan.values["site"]["code"]]
            values = {**plan.values["face"], "format_id": form.id}
            if plan.record:
                changed = {
                    name: value
                    for name, value in values.items()
                    if not self._is_same(plan.record, name, value)
                }
                if changed:
                    plan.record.write(changed)
            else:
                code = plan.values["code"]
                fresh.append({**values, "code": code, "site_id": site.id})
        self.env["media.face"].create(fresh)

    def _enter_formats(self, plans):
        """Return the formats of the file by name, created where there was none."""
        records = self.env["media.format"].with_context(active_test=False)
        records = records.search([("name", "!=", False)])
        formats = {record.name.casefold(): record for record in records}
        fresh = {}
        for plan in plans:
            name, size = plan.values["format"]
            if name.casefold() not in formats:
                width, height = size or (0, 0)
                slots = plan.values["face"].get("slot_count", 1)
                fresh.setdefault(
                    name.casefold(),
                    {
                        "name": name,
                        "width": width,
                        "height": height,
                        "kind": "digital" if slots > 1 else "static",
                        "slot_count": slots,
                    },
                )
        created = self.env["media.format"].create(list(fresh.values()))
        return formats | dict(zip(fresh, created, strict=True))

    def _enter_sites(self, plans):
        """Return the sites of the file by code, created or brought up to date."""
        domain = Domain("company_id", "=", self.company_id.id)
        records = self.env["media.site"].with_context(active_test=False).search(domain)
        sites = {site.code: site for site in records}
        districts = self._enter_districts(plans)
        fresh = {}
        for plan in plans:
            place = dict(plan.values["site"])
            if district := districts.get(place.pop("district", None)):
                place["district_id"] = district.id
            site = sites.get(place["code"])
            if not site:
                fresh.setdefault(place["code"], {}).update(place)
            elif changed := {
                name: value
                for name, value in place.items()
                if not self._is_same(site, name, value)
            }:
                site.write(changed)
        company = {"company_id": self.company_id.id}
        created = self.env["media.site"].create(
            [{"name": code, **place, **company} for code, place in fresh.items()]
        )
        return sites | dict(zip(fresh, created, strict=True))

    def _enter_districts(self, plans):
        """Return the districts of the file that are new, by name and city."""
        names = {plan.values["site"].get("district") for plan in plans}
        wanted = sorted(name for name in names if name and name[0])
        created = self.env["media.district"].create(
            [{"name": name, "city": city or False} for name, city in wanted]
        )
        return dict(zip(wanted, created, strict=True))

    # === REMARKS === #

    def _get_remarks(self, table):
        """Return what else is to be known about a file."""
        remarks = []
        if table.ignored:
            remarks.append(
                self.env._("Columns that are not read: %s.", ", ".join(table.ignored))
            )
        if "datum" not in table.headers and self._is_chinese(table):
            remarks.append(
                self.env._(
                    "The positions are taken as WGS-84 (GPS). If they come from a"
                    " Chinese map (Amap, Tencent), add a column “datum” with GCJ-02:"
                    " they would stand up to 700 m off otherwise."
                )
            )
        return remarks

    def _is_chinese(self, table):
        for _line, cells in table.rows:
            texts = [str(cells.get(name) or "") for name in ("latitude", "longitude")]
            try:
                return is_in_china(*map(float, texts))
            except ValueError:
                continue
        return False
