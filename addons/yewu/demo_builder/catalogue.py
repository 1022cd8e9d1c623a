"""What the demo company sells, to whom, and within which limits. Amounts in CNY."""

from typing import NamedTuple


class Item(NamedTuple):
    code: str
    name: str
    category: str
    unit: str
    price: float
    cost: float
    stock: float | None = None


class Customer(NamedTuple):
    """A customer with the credit the accountant gave it.

    ``receivables`` are ``(days since invoice, untaxed amount)``; ``certified_days`` is
    how long ago the credit data was certified, None if never.
    """

    key: str
    name: str
    city: str
    limit: float
    settlement: str = "monthly"
    contract: bool = True
    certified_days: int | None = 3
    receivables: tuple = ()


ITEMS = (
    Item(
        "AD-18x6", "户外大牌发布 18×6 米（四周）", "广告发布", "unit", 15600.0, 6200.0
    ),
    Item("AD-LED", "LED 屏发布 15 秒（四周）", "广告发布", "unit", 9800.0, 4100.0),
    Item("PR-FLEX", "灯布喷绘制作（平方米）", "广告制作", "unit", 22.0, 11.0),
    Item("LB-120", "超薄灯箱 120×180 厘米", "灯箱器材", "unit", 860.0, 520.0, 240),
    Item("LB-060", "超薄灯箱 60×90 厘米", "灯箱器材", "unit", 380.0, 215.0, 400),
    Item("PP-16", "背负式植保喷雾机 16 升", "植保机械", "unit", 980.0, 640.0, 180),
    Item("PP-ZP", "自走式植保机", "植保机械", "unit", 48600.0, 36500.0, 12),
    Item("PP-NZ", "扇形喷嘴（十只装）", "植保机械", "unit", 65.0, 28.0, 900),
)

CUSTOMERS = (
    Customer("hualian", "华联商超有限公司", "济南市", 120000, certified_days=None),
    Customer("qingyun", "青云农机经销部", "德州市", 30000, "cash_on_delivery"),
    Customer(
        "yuanda",
        "远大置业有限公司",
        "济南市",
        150000,
        contract=False,
        receivables=((75, 62000.0), (20, 26000.0)),
    ),
    Customer(
        "hongyun",
        "鸿运汽车贸易有限公司",
        "淄博市",
        200000,
        receivables=((12, 18000.0),),
    ),
    Customer(
        "jinqiao",
        "金桥酒店管理有限公司",
        "青岛市",
        300000,
        receivables=((71, 36500.0), (25, 105000.0)),
    ),
    Customer(
        "mingguang", "明光眼科医院", "济南市", 180000, receivables=((18, 24000.0),)
    ),
    Customer("tianhe", "天和食品有限公司", "潍坊市", 60000, "prepayment"),
    Customer(
        "lvyuan", "绿源植保经销有限公司", "聊城市", 90000, receivables=((40, 31000.0),)
    ),
    Customer(
        "fengshou", "丰收农机有限公司", "菏泽市", 80000, receivables=((28, 46000.0),)
    ),
    Customer("haitong", "海通物流有限公司", "青岛市", 100000),
)
