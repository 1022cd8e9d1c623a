"""The story of the demo company's purchases and payments, one row per order.

``until`` names the last thing that happened; see ``yewu.demo.builder``:
``_buy_<until>`` for the order, ``_pay_<payment>`` for its bill.
"""

from typing import NamedTuple


class Supplier(NamedTuple):
    key: str
    name: str
    city: str
    bank: str


class Purchase(NamedTuple):
    """One purchase; ``others`` are ``(supplier, price)`` of those asked, too."""

    supplier: str
    product: str
    quantity: float
    price: float
    purpose: str
    until: str
    days_ago: int = 0
    others: tuple = ()
    choice: str = ""
    payment: str = ""


SUPPLIERS = (
    Supplier("luguang", "鲁光灯箱制造有限公司", "济南市", "6222 0000 0000 0101"),
    Supplier("haidai", "海岱灯饰器材厂", "淄博市", "6222 0000 0000 0202"),
    Supplier("zhongnong", "中农植保机械厂", "临沂市", "6222 0000 0000 0303"),
)

PURCHASES = (
    Purchase(
        "luguang",
        "LB-120",
        40,
        515.0,
        "国庆灯箱备货",
        "received",
        8,
        choice="三年合作，质保两年",
        payment="paid",
    ),
    Purchase(
        "zhongnong",
        "PP-16",
        60,
        632.0,
        "秋季植保机具备货",
        "received",
        6,
        choice="厂家直供",
        payment="approved",
    ),
    Purchase(
        "haidai",
        "LB-060",
        80,
        212.0,
        "社区灯箱更换",
        "received",
        4,
        choice="本地唯一有现货",
        payment="checked",
    ),
    Purchase(
        "luguang",
        "LB-120",
        120,
        505.0,
        "泉城路灯箱改造",
        "headed",
        1,
        others=(("haidai", 498.0), ("zhongnong", 540.0)),
        choice="交货早十天，质保两年",
    ),
    Purchase("zhongnong", "PP-NZ", 300, 27.5, "喷嘴补库", "submitted", 0),
    Purchase("haidai", "LB-060", 40, 214.0, "门店灯箱补库", "drafted", 0),
)
