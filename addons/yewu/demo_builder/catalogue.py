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
    street: str
    vat: str
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
    Item("YX-00", "异型更改加价", "广告制作", "unit", 1.0, 0.0),
)

CUSTOMERS = (
    Customer(
        "hualian",
        "华联商超有限公司",
        "济南市",
        "泉城路 180 号",
        "91370100MA00000010",
        120000,
        certified_days=None,
    ),
    Customer(
        "qingyun",
        "青云农机经销部",
        "德州市",
        "东风中路 22 号",
        "91371400MA0000002Y",
        30000,
        "cash_on_delivery",
    ),
    Customer(
        "yuanda",
        "远大置业有限公司",
        "济南市",
        "二环东路 3966 号",
        "91370100MA00000036",
        150000,
        contract=False,
        receivables=((75, 62000.0), (20, 26000.0)),
    ),
    Customer(
        "hongyun",
        "鸿运汽车贸易有限公司",
        "淄博市",
        "柳泉路 105 号",
        "91370300MA0000004K",
        200000,
        receivables=((12, 18000.0),),
    ),
    Customer(
        "jinqiao",
        "金桥酒店管理有限公司",
        "青岛市",
        "香港中路 61 号",
        "91370200MA0000005H",
        300000,
        receivables=((71, 36500.0), (25, 105000.0)),
    ),
    Customer(
        "mingguang",
        "明光眼科医院",
        "济南市",
        "经四路 237 号",
        "91370100MA0000006F",
        180000,
        receivables=((18, 24000.0),),
    ),
    Customer(
        "tianhe",
        "天和食品有限公司",
        "潍坊市",
        "胜利东街 340 号",
        "91370700MA0000007H",
        60000,
        "prepayment",
    ),
    Customer(
        "lvyuan",
        "绿源植保经销有限公司",
        "聊城市",
        "柳园南路 56 号",
        "91371500MA0000008N",
        90000,
        receivables=((40, 31000.0),),
    ),
    Customer(
        "fengshou",
        "丰收农机有限公司",
        "菏泽市",
        "中华路 1009 号",
        "91371700MA00000094",
        80000,
        receivables=((28, 46000.0),),
    ),
    Customer(
        "haitong",
        "海通物流有限公司",
        "青岛市",
        "黄河东路 88 号",
        "91370200MA00000103",
        100000,
    ),
    # Nobody verified it yet: no tax number, no contract.
    Customer("xingda", "兴达贸易商行", "德州市", "", "", 0, "prepayment", False, None),
)


class Surcharge(NamedTuple):
    """A row of the special-shape table; ``percent`` of the price, or per unit."""

    name: str
    change: str
    category: str
    percent: float = 0.0
    amount: float = 0.0


SURCHARGES = (
    Surcharge("非标尺寸", "size", "灯箱器材", percent=25.0),
    Surcharge("异形外框", "shape", "灯箱器材", amount=180.0),
    Surcharge("加厚铝材", "material", "灯箱器材", percent=12.0),
)
