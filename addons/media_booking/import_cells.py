"""Understanding the cells of an imported row, without the ORM."""

import re
from math import cos, isfinite, pi, sin, sqrt

from odoo.addons.base_deadline.holiday_rows import parse_date
from odoo.addons.base_deadline.table_file import FORMULA, TableError, clean

YES = {"1", "y", "yes", "true", "是", "有", "√", "lit", "亮", "有灯"}
NO = {"0", "n", "no", "false", "否", "无", "×", "x", "不亮", "无灯"}
SIZE = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:m|米)?\s*[x×*✕＊]\s*(\d+(?:\.\d+)?)\s*(?:m|米)?"
)
#: Half axis and eccentricity of the ellipsoid that GCJ-02 is computed on.
AXIS, ECCENTRICITY = 6378245.0, 0.00669342162296594323
GCJ = {"gcj-02", "gcj02", "gcj", "火星", "火星坐标", "高德", "腾讯", "国测局"}
WGS = {"", "wgs-84", "wgs84", "wgs", "gps"}
#: Longitudes and latitudes between which Chinese maps shift positions.
CHINA = (72.0, 137.9), (0.8, 55.9)
MAX_AMOUNT = 1e12
#: The highest latitude there is.
POLE = 90


class Cells:
    """The cells of one row; whatever cannot be understood is a TableError."""

    def __init__(self, cells, epoch):
        self.cells, self.epoch = cells, epoch

    def has(self, column):
        """Return whether the file has the column."""
        return column in self.cells

    def text(self, column, required=False):
        """Return the text of a cell; a whole number keeps no decimals."""
        value = self.cells.get(column)
        if value is FORMULA:
            raise TableError("formula", column=column)
        if value is None:
            if required:
                raise TableError("no_value", column=column)
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return clean(value).replace("\x00", "")

    def number(self, column, least=0.0, most=MAX_AMOUNT):
        """Return the figure of a cell, None when it is empty."""
        text = self.text(column).replace(",", "").removeprefix("¥").strip()
        if not text:
            return None
        try:
            figure = float(text)
        except ValueError:
            raise TableError("number", column=column, value=text[:40]) from None
        if not isfinite(figure) or not least <= figure <= most:
            raise TableError(
                "range", column=column, value=text[:40], least=least, most=most
            )
        return figure

    def day(self, column, required=True):
        """Return the date of a cell."""
        if not self.text(column, required):
            return None
        try:
            return parse_date(self.cells[column], self.epoch)
        except TableError as problem:
            problem.column = column
            raise

    def period(self, first="date_from", last="date_to"):
        """Return the two dates of a period in their order."""
        start, end = self.day(first), self.day(last)
        if end < start:
            raise TableError("ends_before", column=last, first=start, last=end)
        return start, end

    def truth(self, column):
        """Return what a cell says yes or no to, None when it is empty."""
        text = self.text(column).lower()
        if not text:
            return None
        if text not in YES | NO:
            raise TableError("truth", column=column, value=text[:40])
        return text in YES

    def word(self, column, words):
        """Return the key under whose words the text of a cell stands."""
        text = self.text(column).lower()
        for key, names in words.items():
            if text in names:
                return key
        known = ", ".join(min(names) for names in words.values())
        raise TableError("word", column=column, value=text[:40], known=known)

    def size(self, column):
        """Return width and height in metres, or nothing.

        >>> Cells({"size": "18m×6m"}, None).size("size")
        (18.0, 6.0)
        """
        match = SIZE.search(self.text(column))
        return (float(match[1]), float(match[2])) if match else None

    def point(self):
        """Return latitude and longitude as WGS-84, or nothing.

        :raise TableError: for half a position, swapped or impossible figures
        """
        texts = self.text("latitude"), self.text("longitude")
        if not any(texts):
            return None
        if not all(texts):
            empty = "longitude" if texts[0] else "latitude"
            raise TableError("half_point", column=empty)
        latitude = self.number("latitude", -360, 360)
        longitude = self.number("longitude", -360, 360)
        if abs(latitude) > POLE >= abs(longitude):
            raise TableError("swapped", column="latitude", value=texts[0])
        for column, figure, most in (
            ("latitude", latitude, POLE),
            ("longitude", longitude, 180),
        ):
            if abs(figure) > most:
                raise TableError(
                    "range", column=column, value=figure, least=-most, most=most
                )
        return self._to_wgs(latitude, longitude)

    def _to_wgs(self, latitude, longitude):
        datum = self.text("datum").lower()
        if datum in WGS:
            return latitude, longitude
        if datum not in GCJ:
            raise TableError("datum", column="datum", value=datum[:40])
        return gcj_to_wgs(latitude, longitude)


def is_in_china(latitude, longitude):
    """Return whether Chinese maps show a place elsewhere than GPS does."""
    longitudes, latitudes = CHINA
    east = longitudes[0] < longitude < longitudes[1]
    return east and latitudes[0] < latitude < latitudes[1]


def gcj_to_wgs(latitude, longitude):
    """Return the WGS-84 position of a GCJ-02 one, exact to about a metre.

    >>> [round(value, 3) for value in gcj_to_wgs(39.90960, 116.39723)]
    [39.908, 116.391]
    """
    if not is_in_china(latitude, longitude):
        return latitude, longitude
    guess = latitude, longitude
    for _step in range(3):
        north, east = _get_shift(*guess)
        guess = latitude - north, longitude - east
    return guess


def _get_shift(latitude, longitude):
    """Return by how many degrees GCJ-02 moves a WGS-84 position."""
    x, y = longitude - 105.0, latitude - 35.0
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += waves + (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += waves + (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    angle = latitude / 180 * pi
    magic = 1 - ECCENTRICITY * sin(angle) ** 2
    north *= 180 / (AXIS * (1 - ECCENTRICITY) / (magic * sqrt(magic)) * pi)
    east *= 180 / (AXIS / sqrt(magic) * cos(angle) * pi)
    return north, east
