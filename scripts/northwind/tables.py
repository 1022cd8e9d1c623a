"""The rounds of the Northwind sample, in the order of their references."""

from .rounds import (
    ADDRESS,
    MODULE,
    SHIP_COLUMNS,
    Column,
    Round,
    company_round,
    contact_round,
    country,
    date,
    delivery,
    full_name,
    get_delivery,
    is_first_delivery,
    line_id,
    login,
    moment,
    number,
    order_terms,
    reference,
    website,
)

ORDER_KEYS = ("orderID",)
PRODUCT_KEYS = ("productID",)
EMPLOYEE_KEYS = ("employeeID",)


PRICELIST = f"{MODULE}.pricelist"


def is_first_product(row, lookup):
    return lookup["first_use"].setdefault(PRICELIST, row) is row


def product_code(value):
    return f"NW{value:0>3}"


def order_name(value):
    return f"NW{value}"


def is_continued(value):
    return str(value != "1")


PARTNERS = (
    company_round(
        "suppliers",
        "suppliers.csv",
        "supplierID",
        "supplier",
        *ADDRESS,
        Column("website", "homePage", website),
        Column("supplier_rank", text="1"),
    ),
    contact_round("supplier contacts", "suppliers.csv", "supplierID", "supplier"),
    company_round(
        "customers",
        "customers.csv",
        "customerID",
        "customer",
        *ADDRESS,
        Column("customer_rank", text="1"),
    ),
    contact_round("customer contacts", "customers.csv", "customerID", "customer"),
    company_round(
        "shippers", "shippers.csv", "shipperID", "shipper", Column("phone", "phone")
    ),
)

PEOPLE = (
    Round(
        "users",
        "employees.csv",
        EMPLOYEE_KEYS,
        "res.users",
        (
            Column("id", "employeeID", reference("user")),
            Column("name", "lastName", derive=full_name, required=True),
            Column("login", "lastName", login),
            Column("group_ids/id", text="sales_team.group_sale_salesman"),
        ),
    ),
    Round(
        "employees",
        "employees.csv",
        EMPLOYEE_KEYS,
        "hr.employee",
        (
            Column("id", "employeeID", reference("employee")),
            Column("name", "lastName", derive=full_name, required=True),
            Column("job_title", "title"),
            Column("birthday", "birthDate", date),
            Column("user_id/id", "employeeID", reference("user")),
        ),
    ),
    Round(
        "managers",
        "employees.csv",
        EMPLOYEE_KEYS,
        "hr.employee",
        (
            Column("id", "employeeID", reference("employee")),
            Column("parent_id/id", "reportsTo", reference("employee")),
        ),
        needs="reportsTo",
    ),
)

PRODUCTS = (
    Round(
        "categories",
        "categories.csv",
        ("categoryID",),
        "product.category",
        (
            Column("id", "categoryID", reference("category")),
            Column("name", "categoryName", required=True),
        ),
    ),
    Round(
        "products",
        "products.csv",
        PRODUCT_KEYS,
        "product.product",
        (
            Column("id", "productID", reference("product")),
            Column("default_code", "productID", product_code),
            Column("name", "productName", required=True),
            Column("categ_id/id", "categoryID", reference("category")),
            Column("list_price", "unitPrice", number(low=0)),
            Column("description_sale", "quantityPerUnit"),
            Column("sale_ok", "discontinued", is_continued),
            Column("is_storable", text="1"),
            Column("taxes_id/id"),
        ),
    ),
    Round(
        "vendors",
        "products.csv",
        PRODUCT_KEYS,
        "product.supplierinfo",
        (
            Column("id", "productID", reference("vendor")),
            Column("product_id/id", "productID", reference("product")),
            Column("partner_id/id", "supplierID", reference("supplier")),
        ),
        needs="supplierID",
    ),
    Round(
        "price list",
        "products.csv",
        PRODUCT_KEYS,
        "product.pricelist",
        (
            Column("id", text=PRICELIST),
            Column("name", text="Northwind"),
        ),
        only=is_first_product,
    ),
    Round(
        "prices",
        "products.csv",
        PRODUCT_KEYS,
        "product.pricelist.item",
        (
            Column("id", "productID", reference("price")),
            Column("pricelist_id/id", text=PRICELIST),
            Column("product_id/id", "productID", reference("product")),
            Column("applied_on", text="0_product_variant"),
            Column("compute_price", text="fixed"),
            Column("fixed_price", "unitPrice", number(low=0)),
        ),
    ),
)

ORDERS = (
    Round(
        "delivery addresses",
        "orders.csv",
        ORDER_KEYS,
        "res.partner",
        (
            Column("id", "shipName", derive=get_delivery),
            Column("parent_id/id", "customerID", reference("customer")),
            Column("type", text="delivery"),
            *(
                Column(target, source, country if target == "country_id" else str)
                for target, source in zip(
                    ("name", "street", "city", "zip", "country_id"),
                    SHIP_COLUMNS,
                    strict=True,
                )
            ),
        ),
        only=is_first_delivery,
    ),
    Round(
        "orders",
        "orders.csv",
        ORDER_KEYS,
        "sale.order",
        (
            Column("id", "orderID", reference("order")),
            Column("name", "orderID", order_name),
            Column("partner_id/id", "customerID", reference("customer"), required=True),
            Column("partner_shipping_id/id", "shipName", derive=delivery),
            Column("date_order", "orderDate", moment, required=True),
            Column("commitment_date", "requiredDate", moment),
            Column("user_id/id", "employeeID", reference("user")),
            Column("pricelist_id/id", text=PRICELIST),
            Column("note", "freight", derive=order_terms),
        ),
    ),
    Round(
        "order lines",
        "order-details.csv",
        ("orderID", "productID"),
        "sale.order.line",
        (
            Column("id", "productID", derive=line_id),
            Column("order_id/id", "orderID", reference("order")),
            Column("product_id/id", "productID", reference("product")),
            Column("product_uom_qty", "quantity", number(above=0)),
            Column("price_unit", "unitPrice", number(low=0)),
            Column("discount", "discount", number(low=0, high=1, factor=100)),
            Column("tax_ids/id"),
        ),
    ),
)

ROUNDS = PARTNERS + PEOPLE + PRODUCTS + ORDERS
