"""What Odoo's core and OCA's financial risk need for the same answers."""

from credit_books import prepare_order
from credit_data import CreditData

CORE = "Odoo 19.0 core"
CORE_COLUMNS = ("credit_limit", "credit", "credit_to_invoice")
RISK_COLUMNS = ("credit_limit", "risk_total", "risk_invoice_unpaid", "risk_exception")


class Suite:
    """The same books without our add-ons and their indexes."""

    SIZES = {"S": 10_000, "M": 100_000, "L": 1_000_000}

    def __init__(self, env):
        self.env = env
        module = env["ir.module.module"].search([("name", "=", "sale_financial_risk")])
        self.oca = f"OCA sale_financial_risk {module.latest_version}"
        self.data = CreditData(env)
        self.fill = self.data.fill

    def cases(self):
        """Yield (case, name of the peer, call)."""
        customers = self.data.get_page()
        biggest = customers[:1]
        order = self.data.books.create_order(biggest)
        self.env.cr.flush()
        checks = {
            CORE: lambda: order.partner_credit_warning,
            self.oca: lambda: order.evaluate_risk_message(biggest),
        }
        for name, check in checks.items():
            yield "credit.check", name, check, lambda: prepare_order(order)
        page = [("id", "in", customers.ids)]
        for name, columns in ((CORE, CORE_COLUMNS), (self.oca, RISK_COLUMNS)):
            specification = {column: {} for column in columns}
            yield (
                "credit.list_80",
                name,
                lambda s=specification: customers.web_search_read(page, s, limit=80),
            )
        owing = [("credit", ">", 0)]
        yield "credit.filter_5000", CORE, lambda: len(customers.search(owing))
        over = [("risk_exception", "=", True)]
        yield "credit.filter_5000", self.oca, lambda: len(customers.search(over))
