"""An independent judge of the replay: plain arithmetic on the files, no Odoo.

It knows the company's rules from the requirements, not from the add-ons: what a
customer owes, which price is too low, who has a contract, who must sign, what is held.
"""

import datetime
from collections import defaultdict
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal

from . import story

CENT = Decimal("0.01")
CEILING_DAYS = datetime.timedelta(days=7)


@dataclass
class Verdict:
    """One row of the golden table."""

    order: str
    date: str
    customer: str
    total: Decimal
    exposure_before: Decimal
    limit: str
    price: int
    credit: int
    contract: int
    steps: int
    decision: str
    hold_codes: str
    confirmed_on: str

    def as_row(self):
        return [str(value) for value in asdict(self).values()]


def cents(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


class Oracle:
    def __init__(self, folder):
        self.customers = story.get_customers(folder)
        self.prices = {
            row[0]: Decimal(row[5]) for row in story.read(folder, "products.csv")
        }
        self.lines = defaultdict(list)
        for code, product, *figures in story.read(folder, "order-details.csv"):
            self.lines[code].append((product, *map(Decimal, figures)))
        self.owed = defaultdict(dict)  # customer -> {confirmed order: total}
        self.due = defaultdict(dict)  # customer -> {invoiced, unpaid order: day}
        self.held = defaultdict(dict)  # customer -> {approved order: hold codes}
        self.ceilings = {}  # order -> (ceiling, last day)
        self.verdicts = {}

    def judge(self, orders):
        """Return ``{order: verdict}`` of the whole story."""
        story.play(orders, self)
        return self.verdicts

    # === STAGES === #

    def ordered(self, day, order):
        """Submission: which reasons ask for a second signature."""
        customer = self.customers[order.customer]
        price = self._is_below_authority(order)
        credit = self._is_over(customer, order.code) or self._is_overdue(customer, day)
        contract = not self._has_contract(customer, day)
        self.verdicts[order.code] = Verdict(
            order=order.code,
            date=str(day),
            customer=order.customer,
            total=self._get_total(order.code),
            exposure_before=self._get_exposure(customer),
            limit="" if customer.limit is None else str(customer.limit),
            price=int(price),
            credit=int(credit),
            contract=int(contract),
            steps=1 + (credit or price or contract),
            decision="",
            hold_codes="",
            confirmed_on="",
        )
        return []

    def decided(self, day, order):
        """The last signature; an approved order goes on by itself, or is held."""
        customer, verdict = self.customers[order.customer], self.verdicts[order.code]
        is_too_much = self._is_over(customer, order.code, story.REJECTED_ABOVE)
        if verdict.steps > 1 and is_too_much:
            verdict.decision = "rejected"
            return []
        verdict.decision = "approved"
        if verdict.credit:
            needed = self._get_exposure(customer) + verdict.total
            self.ceilings[order.code] = (needed, day + CEILING_DAYS)
        self.held[order.customer][order.code] = ""
        confirmed = self._recheck(day, order.customer)
        verdict.hold_codes = self.held[order.customer].get(order.code, "")
        return confirmed

    def invoiced(self, day, order):
        self.due[order.customer][order.code] = day
        return []

    def paid(self, day, order):
        """An item that is paid is not overdue, even before the bank confirms it."""
        del self.due[order.customer][order.code]
        return []

    def received(self, day, order):
        """Money that arrived makes room: the waiting orders get their turn."""
        del self.owed[order.customer][order.code]
        return self._recheck(day, order.customer)

    # === RULES === #

    def _recheck(self, day, customer):
        """Confirm what nothing holds any more: first what did not wait for the limit,
        then the queue of those that do, until the first that does not fit.
        """
        waiting, confirmed = self.held[customer], []
        queue = [
            code for code, codes in waiting.items() if "credit" in codes.split(",")
        ]
        for code in [code for code in waiting if code not in queue] + queue:
            codes = waiting[code] = self._get_hold_codes(day, customer, code)
            if not codes:
                del waiting[code]
                confirmed.append(code)
                self._confirm(day, customer, code)
            elif code in queue and "credit" in codes.split(","):
                break
        return confirmed

    def _confirm(self, day, customer, code):
        self.owed[customer][code] = self._get_total(code)
        self.verdicts[code].confirmed_on = str(day)

    def _is_over(self, customer, code, share=1):
        if customer.limit is None:
            return False
        needed = self._get_exposure(customer) + self._get_total(code)
        return needed > share * customer.limit

    def _get_exposure(self, customer):
        return sum(self.owed[customer.code].values(), Decimal("0.00"))

    def _get_total(self, code):
        return sum(self._get_net(*line[1:]) for line in self.lines[code])

    def _get_net(self, price, quantity, discount):
        return cents(price * quantity * (1 - discount))

    def _is_below_authority(self, order):
        return any(
            self._get_percent(order, *line) < story.SUPERVISOR_PERCENT
            for line in self.lines[order.code]
        )

    def _get_percent(self, order, product, price, quantity, discount):
        unit = self.prices[product]
        if order.ordered <= story.OLD_PRICES_UNTIL:
            unit = cents(unit * story.OLD_PRICE_SHARE)
        net = self._get_net(price, quantity, discount)
        return cents(net / cents(unit * quantity) * 100)

    def _has_contract(self, customer, day):
        runs = story.CONTRACT_START <= day <= story.CONTRACT_END
        return customer.has_contract and runs

    def _is_overdue(self, customer, day):
        """Customers without control are never asked for overdue items."""
        oldest = min(self.due[customer.code].values(), default=day)
        late = (day - oldest).days
        is_limited = customer.limit is not None
        return is_limited and 0 < customer.overdue_days < late

    def _get_hold_codes(self, day, code_of_customer, order):
        """A decision of the review, while it is valid, lets both reasons pass."""
        customer = self.customers[code_of_customer]
        ceiling, last_day = self.ceilings.get(order, (0, day))
        ceiling = ceiling if day <= last_day else 0
        needed = self._get_exposure(customer) + self._get_total(order)
        codes = []
        if customer.is_held_later and day >= story.HOLD_FROM:
            codes.append("credit_hold")
        if self._is_overdue(customer, day) and not ceiling:
            codes.append("overdue")
        if self._is_over(customer, order) and needed > ceiling:
            codes.append("credit")
        return ",".join(codes)
