"""The story of the order desk: orders of several sources and classes at every stage.

``until`` names the last thing that happened; see ``yewu.demo.builder._desk_<until>``.
"""

from typing import NamedTuple


class DeskOrder(NamedTuple):
    """One order of the desk, entered by the sales clerk for its salesperson.

    ``due`` is in days, 0 when the customer has not named a date; ``text`` is what the
    last step says; ``project`` is name, address and contact of a complete set.
    """

    customer: str
    channel: str
    lines: tuple
    until: str
    days_ago: int = 0
    hour: int = 11
    due: int = 20
    packing: str = "原厂包装"
    need: str = ""
    text: str = ""
    nonstandard: str = ""
    project: tuple = ()
    seller: str = "salesperson"


DESK = (
    DeskOrder("haitong", "website", (("AD-LED", 1),), "entered", due=0, packing=""),
    DeskOrder("lvyuan", "mail", (("PP-16", 8),), "papers", need="带备用喷嘴一套"),
    DeskOrder(
        "hongyun",
        "telephone",
        (("LB-120", 12),),
        "clarify",
        1,
        text="灯箱边框要黑色还是银色？安装高度是多少？",
    ),
    DeskOrder(
        "haitong",
        "visit",
        (("PR-FLEX", 200), ("LB-060", 30)),
        "checking",
        hour=14,
        need="灯布防水，画面由客户提供",
        seller="salesperson2",
    ),
    DeskOrder(
        "yuanda",
        "agent",
        (("LB-120", 60),),
        "special",
        1,
        due=45,
        packing="木箱，逐箱编号",
        need="尺寸 1500×2200 毫米，IP65，白光 6500K",
        text="非标尺寸",
        nonstandard="above_standard",
        project=("泉城路灯箱改造工程", "济南市泉城路 1-188 号", "赵工"),
    ),
    DeskOrder(
        "xingda",
        "platform",
        (("PP-NZ", 12000),),
        "risk",
        1,
        hour=15,
        text="平台订单，收货地址只写了城市",
    ),
    DeskOrder(
        "mingguang",
        "telephone",
        (("PR-FLEX", 10800),),
        "cleared",
        1,
        need="眼科公益宣传灯布，分三批送",
        text="已与客户采购部电话核实：全年用量，一次下单分三批交货，可以受理",
    ),
    DeskOrder(
        "mingguang",
        "fax",
        (("LB-060", 8),),
        "approved",
        1,
        need="边框银色，出厂通电测试",
    ),
    DeskOrder(
        "mingguang",
        "website",
        (("LB-120", 4), ("LB-060", 6)),
        "sent",
        1,
        hour=15,
        need="边框银色，附安装支架",
    ),
    DeskOrder(
        "mingguang",
        "website",
        (("LB-060", 10),),
        "effective",
        3,
        need="边框黑色，出厂通电测试",
        text="灯箱已进入组装，预计本周五完工。",
    ),
    DeskOrder(
        "hongyun",
        "salesperson",
        (("LB-120", 5),),
        "late",
        3,
        due=10,
        need="门店用，双面发光",
        text="LED 灯条供应商延迟到货三天，交期可能顺延。",
    ),
)
