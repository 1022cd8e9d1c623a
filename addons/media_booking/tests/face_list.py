"""Lists of faces as files, however long, made up but believable."""

import csv
import io
from datetime import date

from openpyxl import Workbook

HEADER = (
    "编号",
    "点位编码",
    "点位名称",
    "区域",
    "城市",
    "道路",
    "规格",
    "尺寸",
    "纬度",
    "经度",
)
DISTRICTS = (
    "福田区",
    "罗湖区",
    "南山区",
    "宝安区",
    "龙岗区",
    "龙华区",
    "盐田区",
    "光明区",
)
ROADS = ("滨河大道", "深南大道", "北环大道", "机荷高速", "梅观高速", "广深公路")
FORMATS = (("测试单立柱", "18×6"), ("测试跨街桥", "24×3"), ("测试楼体大牌", "12m×8m"))
#: Two faces stand on each site.
FACES = "AB"


def make_rows(count):
    """Return the rows of a list of so many faces, always the same ones."""
    rows = []
    for number in range(count):
        site, face = divmod(number, len(FACES))
        road, form = ROADS[site % len(ROADS)], FORMATS[site % len(FORMATS)]
        rows.append(
            (
                f"ZZ-{site:04d}-{FACES[face]}",
                f"ZZ-{site:04d}",
                f"{road}{site}号",
                DISTRICTS[site % len(DISTRICTS)],
                "深圳",
                road,
                *form,
                round(22.45 + site % 100 / 500, 6),
                round(113.85 + site % 90 / 200, 6),
            )
        )
    return rows


def make_workbook(rows, header=HEADER, title=None):
    """Return the bytes of a workbook, with a merged title above the header if asked."""
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=8)
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_csv(rows, header=HEADER, encoding="utf-8-sig"):
    """Return the bytes of a text file with separated values."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows(
        [cell.isoformat() if isinstance(cell, date) else cell for cell in row]
        for row in rows
    )
    return stream.getvalue().encode(encoding)
