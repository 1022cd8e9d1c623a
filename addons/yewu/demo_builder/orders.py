"""The story of the demo company's orders, one row per order.

``until`` names the last thing that happened to the order; see
``yewu.demo.builder._tell_<until>``.  ``desk`` says how far the order desk is with it
before: entered, ticked, checked or signed.  Prices are the price list's unless a line
names its own.
"""

from typing import NamedTuple


class Order(NamedTuple):
    customer: str
    lines: tuple
    until: str
    days_ago: int = 0
    hour: int = 10
    seller: str = "salesperson"
    channel: str = "telephone"
    payment_mode: str = "transfer"
    reason: str = ""
    desk: str = "signed"


ORDERS = (
    Order("fengshou", (("PP-16", 20),), "delivered", 9),
    Order("mingguang", (("AD-18x6", 4), ("PR-FLEX", 432)), "confirmed", 4),
    Order(
        "lvyuan",
        (("PP-ZP", 1), ("PP-NZ", 20)),
        "rejected",
        3,
        reason="自走式植保机价格请按新价目重报",
    ),
    Order(
        "haitong",
        (("AD-LED", 3),),
        "recalled",
        2,
        seller="salesperson2",
        reason="客户改上刊时间",
    ),
    Order(
        "tianhe", (("AD-LED", 4), ("LB-120", 10)), "approved", 2, seller="salesperson2"
    ),
    Order("fengshou", (("PP-16", 13),), "queued", 1, hour=9),
    Order("fengshou", (("PP-16", 14),), "queued", 1, hour=9, seller="salesperson2"),
    Order("fengshou", (("PP-16", 12),), "held", 1, hour=9),
    Order(
        "jinqiao",
        (("AD-18x6", 15, 15200.0), ("PR-FLEX", 540)),
        "supervisor",
        1,
        hour=14,
    ),
    Order(
        "yuanda",
        (("AD-18x6", 9, 13700.0), ("PR-FLEX", 972, 20.0)),
        "submitted",
        1,
        hour=9,
    ),
    Order(
        "hongyun",
        (("AD-LED", 5), ("LB-060", 60)),
        "submitted",
        0,
        hour=9,
        desk="checked",
    ),
    Order("yuanda", (("AD-18x6", 5, 14000.0), ("PR-FLEX", 540)), "drafted", 0),
    Order("mingguang", (("AD-LED", 2), ("PR-FLEX", 108)), "sent", 0, desk="checked"),
    Order(
        "qingyun",
        (("PP-16", 10),),
        "drafted",
        0,
        payment_mode="cash",
        channel="visit",
        desk="entered",
    ),
    Order("hualian", (("AD-18x6", 3), ("LB-120", 2)), "drafted", 0, desk="entered"),
    Order("hongyun", (("LB-060", 20),), "requested", 2, hour=9),
    Order("jinqiao", (("LB-120", 6),), "tightened", 2, hour=10),
    Order(
        "qingyun",
        (("PP-16", 6),),
        "released",
        1,
        payment_mode="cash",
        channel="visit",
    ),
)
