"""What goes where: one round per file and model, in the order of references."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .reader import CellError

MODULE = "northwind"
COUNTRY_CODES = {"UK": "GB", "USA": "US"}
MIDNIGHT_RE = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00(\.0+)?")


@dataclass(frozen=True)
class Column:
    """A column of Odoo's import, the column of the file, and how to get there."""

    target: str
    source: str = ""
    convert: Callable = str  # cell -> text for Odoo's import
    derive: Callable = None  # (row, lookup) -> text, where one cell is not enough
    text: str = ""  # the same for every row
    required: bool = False

    @property
    def is_reference(self):
        return "/id" in self.target

    def get_value(self, row, lookup):
        value = row[self.source] if self.source else ""
        if self.required and not value:
            raise CellError(f"The {self.source} is missing.", f"Fill {self.source}")
        if self.derive:
            return self.derive(row, lookup)
        return self.convert(value) if self.source else self.text


@dataclass(frozen=True)
class Round:
    """One call of ``load``: rows of a file become records of a model."""

    name: str
    file: str
    keys: tuple
    model: str
    columns: tuple
    needs: str = ""  # only rows with this cell
    only: Callable = None  # only rows for which (row, lookup) is true

    def takes(self, row, lookup):
        if self.only and not self.only(row, lookup):
            return False
        return not self.needs or bool(row[self.needs])


# === CONVERSIONS OF A CELL === #


def reference(prefix):
    """Build the external id from the cell."""

    def convert(value):
        return f"{MODULE}.{prefix}_{value}" if value else ""

    return convert


def number(low=None, high=None, factor=1, above=None):
    """Accept finite numbers within limits: ``load`` itself takes NaN and -1."""

    def convert(value):
        try:
            amount = Decimal(value)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite():
            raise CellError(f"'{value}' is no finite number.", "Write a plain number")
        if above is not None and amount <= above:
            raise CellError(f"{value} is not above {above}.", "Write a larger number")
        if low is not None and amount < low:
            raise CellError(f"{value} is below {low}.", "Write a larger number")
        if high is not None and amount > high:
            raise CellError(f"{value} is above {high}.", "Write a smaller number")
        return str(amount * factor)

    return convert


def date(value):
    """Cut the time of zero; anything else is for ``load`` to judge."""
    match = MIDNIGHT_RE.fullmatch(value)
    return match[1] if match else value


def moment(value):
    match = MIDNIGHT_RE.fullmatch(value)
    return f"{match[1]} 00:00:00" if match else value


def country(value):
    return COUNTRY_CODES.get(value, value)


def website(value):
    match = re.search(r"https?://[^#\s]+", value)
    return match[0] if match else ""


def login(value):
    return f"{MODULE}.{value.lower()}"


# === CONVERSIONS OF A ROW === #


def state(row, lookup):
    """Return the database id of the federal state of the row's country, if any."""
    return lookup["states"].get((row["country"], row["region"]), "")


def region(row, lookup):
    return "" if state(row, lookup) else row["region"]


def full_name(row, lookup):  # noqa: ARG001 - the signature of derive
    return f"{row['firstName']} {row['lastName']}".strip()


def line_id(row, lookup):  # noqa: ARG001 - the signature of derive
    return f"{MODULE}.line_{row['orderID']}_{row['productID']}"


def order_terms(row, lookup):
    shipper = lookup["shippers"].get(row["shipVia"], row["shipVia"])
    freight = row["freight"]
    return f"Shipped by {shipper}, freight {freight}." if freight else ""


# === DELIVERY ADDRESSES, which stand on the orders === #


def get_delivery(row, lookup):
    """Return the external id of the order's own delivery address, "" if none."""
    own = lookup["addresses"].get(row["customerID"])
    parts = tuple(row[column] for column in SHIP_COLUMNS)
    if not own or parts == own:
        return ""
    digest = hashlib.sha256("|".join(parts).encode()).hexdigest()[:8]
    return f"{MODULE}.delivery_{row['customerID']}_{digest}"


def delivery(row, lookup):
    customer = reference("customer")(row["customerID"])
    return get_delivery(row, lookup) or customer


def is_first_delivery(row, lookup):
    """Only the first order that uses an address loads it."""
    xmlid = get_delivery(row, lookup)
    return bool(xmlid) and lookup["first_use"].setdefault(xmlid, row.line) == row.line


SHIP_COLUMNS = ("shipName", "shipAddress", "shipCity", "shipPostalCode", "shipCountry")
OWN_COLUMNS = ("companyName", "address", "city", "postalCode", "country")

ADDRESS = (
    Column("street", "address"),
    Column("street2", "region", derive=region),
    Column("city", "city"),
    Column("zip", "postalCode"),
    Column("state_id/.id", "region", derive=state),
    Column("country_id", "country", country),
    Column("phone", "phone"),
)


def company_round(name, file, key, prefix, *columns):
    """Companies of a file with their address."""
    fixed = (
        Column("id", key, reference(prefix)),
        Column("name", "companyName", required=True),
        Column("ref", key),
        Column("is_company", text="1"),
    )
    return Round(name, file, (key,), "res.partner", fixed + columns)


def contact_round(name, file, key, prefix):
    """Contact persons of the companies of the same file."""
    columns = (
        Column("id", key, reference(f"{prefix}_contact")),
        Column("parent_id/id", key, reference(prefix)),
        Column("name", "contactName"),
        Column("function", "contactTitle"),
    )
    return Round(
        name,
        file,
        (key,),
        "res.partner",
        columns,
        needs="contactName",
    )
