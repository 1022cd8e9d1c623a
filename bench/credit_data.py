"""The books of 5,000 customers, the same in every database at the same size.

All that looks random is a hash of a number: who buys (few buy much), when, how much,
and whether it is paid.  The biggest customer has 1,365 open items at every size.
"""

from credit_books import Books
from credit_copy import copy_move, copy_order, copy_payment
from multiply import multiply, reserve_ids, without_indexes

CUSTOMERS = 5_000
BIGGEST_OPEN = 1_365
#: A share of the square of a random number: the first customers buy most.
CUSTOMER = f"floor({CUSTOMERS} * ((hashint4(n) & 65535) / 65536.0) ^ 2)::int"
ITEMS = f"""
    CREATE TEMPORARY TABLE bench_item ON COMMIT DROP AS
    SELECT n - %(done)s AS n, 'BENCH/' || n AS name, n AS number, customer, is_receipt,
           -- Money of some contacts was booked on the contact itself.
           CASE WHEN is_receipt AND h %% 20 = 0 AND customer %% 2 = 0
                THEN %(contacts)s + customer / 2 ELSE %(customers)s + customer
                END AS partner_id,
           CASE WHEN is_receipt THEN -amount ELSE amount END AS amount,
           CASE WHEN NOT is_open THEN 0 WHEN is_receipt THEN -amount ELSE amount
                END AS residual,
           is_open, day, day + 30 AS due
      FROM (
        SELECT n, h, customer, is_open, 100 + h %% 9900 AS amount,
               CASE WHEN is_open THEN h %% 20 = 0 ELSE h %% 5 < 2 END AS is_receipt,
               CURRENT_DATE - (h %% CASE WHEN is_open THEN 200 ELSE 1095 END) AS day
          FROM (
            SELECT n, h,
                   n <= {BIGGEST_OPEN} OR (customer > 0 AND h %% 10 = 0) AS is_open,
                   CASE WHEN n <= {BIGGEST_OPEN} THEN 0 ELSE customer END AS customer
              FROM (
                SELECT n, abs(hashint4(n * 7 + 1) / 2) AS h, {CUSTOMER} AS customer
                  FROM generate_series(%(done)s + 1, %(count)s) AS n) a) b) c
"""  # noqa: S608 - numbers of this file

#: Which document an item comes from.
ENTRIES = {"invoice": "NOT is_receipt", "receipt": "is_receipt"}


class CreditData:
    """Fills a database up to a number of receivable items."""

    def __init__(self, env):
        self.env = env
        self.cr = env.cr
        self.books = Books(env)
        if self.books.is_new:
            self._copy_customers()
        self.accounts = env["account.account"].search(
            [("account_type", "=", "asset_receivable"), ("non_trade", "=", False)]
        )
        env.cr.execute("SELECT MIN(id) FROM res_partner WHERE ref = 'BENCH0'")
        self.customers = env.cr.fetchone()[0]
        env.cr.execute("SELECT MIN(id) FROM res_partner WHERE ref = 'BENCHC'")
        self.contacts = env.cr.fetchone()[0]

    def get_page(self):
        """Return the biggest customer and 79 others from everywhere in the list."""
        step = CUSTOMERS // 80
        ids = range(self.customers, self.customers + 80 * step, step)
        return self.env["res.partner"].browse(ids)

    # === CUSTOMERS === #

    def _copy_customers(self):
        cr = self.cr
        ids = f"{reserve_ids(cr, 'res_partner', CUSTOMERS)} + i.n"
        numbered = "'Bench ' || lpad(i.n::text, 4, '0')"
        limit = "50000 + abs(hashint4(i.n::int) / 2) % 500000"
        multiply(
            cr,
            "res_partner",
            f"s.id = {self.books.customer.id}",
            f"SELECT generate_series(1, {CUSTOMERS}) AS n",
            id=ids,
            name=numbered,
            complete_name=numbered,
            commercial_partner_id=ids,
            ref="'BENCH' || i.n - 1",
            credit_limit=f"jsonb_build_object('{self.env.company.id}', {limit})",
        )
        parent = ids.replace("i.n", "2 * i.n - 1")
        multiply(
            cr,
            "res_partner",
            f"s.id = {self.books.contact.id}",
            f"SELECT generate_series(1, {CUSTOMERS // 2}) AS n",
            id=f"{reserve_ids(cr, 'res_partner', CUSTOMERS // 2)} + i.n",
            parent_id=parent,
            commercial_partner_id=parent,
            ref="'BENCHC'",
        )

    # === ITEMS === #

    def fill(self, count):
        """Let there be ``count`` receivable items, with the orders to go with them."""
        cr = self.cr
        cr.execute("SELECT COALESCE(MAX(sequence_number), 0) FROM account_move"
                   " WHERE name LIKE 'BENCH/%'")  # fmt: skip
        done = cr.fetchone()[0]
        if done >= count:
            return
        documents = self.books.get_documents()
        # Rows updated in this transaction would make the new indexes wait for others.
        cr.commit()
        values = {"done": done, "count": count}
        values.update(customers=self.customers, contacts=self.contacts)
        cr.execute(ITEMS, values)
        with without_indexes(cr, "account_move", "account_move_line"):
            for kind, condition in ENTRIES.items():
                items = f"SELECT * FROM bench_item WHERE {condition}"  # noqa: S608
                copy_move(cr, documents[kind], items)
            copy_payment(cr, documents["payment"], self._select(200, -1000))
            copy_move(cr, documents["draft"], self._select(500, 1000, 1000))
        copy_order(cr, documents["open_order"], self._select(220))
        copy_order(cr, documents["closed_order"], self._select(22))
        self.env.invalidate_all()

    def _select(self, every, amount=0, residual=0):
        """Return the items of documents that are fewer than receivable items."""
        return f"""
            SELECT row_number() OVER (ORDER BY n) AS n, number, day, due,
                   FALSE AS is_open, {self.customers} + customer AS partner_id,
                   'BENCH-{every}/' || number AS name, {amount} AS amount,
                   {residual} AS residual, number % {every * 10} = 0 AS late
              FROM bench_item WHERE number % {every} = 0
        """  # noqa: S608 - no input
