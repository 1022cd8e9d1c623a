"""Copies of whole documents: an entry with its items, a payment, an order."""

from multiply import multiply, reserve_ids

#: What a move stores of its total, and of what is not paid of it.
TOTALS = (
    *("amount_untaxed", "amount_total", "amount_untaxed_signed", "amount_total_signed"),
    *("amount_untaxed_in_currency_signed", "amount_total_in_currency_signed"),
)
RESIDUALS = ("amount_residual", "amount_residual_signed")
#: Invoices are made out to the company of a contact.
ENTITY = "(SELECT commercial_partner_id FROM res_partner p WHERE p.id = i.partner_id)"


def copy_move(cr, move, items, **changes):
    """Copy an entry with its items for each row of ``items``, a query.

    :return: the SQL of the ids of the copies
    """
    cr.execute(f"SELECT COUNT(*) FROM ({items}) i")  # noqa: S608 - no input
    count = cr.fetchone()[0]
    ids = f"{reserve_ids(cr, 'account_move', count)} + i.n"
    changes = {
        "id": ids,
        "name": "i.name",
        "sequence_prefix": "'BENCH/'",
        "sequence_number": "i.number",
        "partner_id": "i.partner_id",
        "partner_shipping_id": "i.partner_id",
        "commercial_partner_id": ENTITY,
        "payment_state": "CASE WHEN i.is_open THEN 'not_paid' ELSE 'paid' END",
        "date": "i.day",
        "invoice_date": "i.day",
        "invoice_date_due": "i.due",
        **dict.fromkeys(TOTALS, "abs(i.amount)"),
        **dict.fromkeys(RESIDUALS, "abs(i.residual)"),
        **changes,
    }
    multiply(cr, "account_move", f"s.id = {move.id}", items, **changes)
    payment = changes.get("origin_payment_id", "NULL")
    for line in move.line_ids:
        lines = f"{reserve_ids(cr, 'account_move_line', count)} + i.n"
        copy_line(cr, line, items, id=lines, move_id=ids, payment_id=payment)
    return ids


def copy_line(cr, line, items, **changes):
    """Copy one journal item; the receivable one keeps what is not paid."""
    is_receivable = line.account_id.account_type == "asset_receivable"
    amount = "i.amount" if is_receivable else "-i.amount"
    residual = "i.residual" if is_receivable else "0"
    settled = {"matching_number": "NULL"}
    if is_receivable:
        settled = {
            "date_maturity": "i.due",
            "reconciled": "NOT i.is_open",
            "matching_number": "CASE WHEN NOT i.is_open THEN i.number::text END",
        }
    changes = {
        "move_name": "i.name",
        "partner_id": "i.partner_id",
        "date": "i.day",
        "debit": f"GREATEST({amount}, 0)",
        "credit": f"GREATEST(-({amount}), 0)",
        "balance": amount,
        "amount_currency": amount,
        "amount_residual": residual,
        "amount_residual_currency": residual,
        **settled,
        **changes,
    }
    multiply(cr, "account_move_line", f"s.id = {line.id}", items, **changes)


def copy_payment(cr, payment, items):
    """Copy a payment with its entry; ``late`` ones have not arrived."""
    cr.execute(f"SELECT COUNT(*) FROM ({items}) i")  # noqa: S608 - no input
    ids = f"{reserve_ids(cr, 'account_payment', cr.fetchone()[0])} + i.n"
    moves = copy_move(cr, payment.move_id, items, origin_payment_id=ids)
    arrived = "CASE WHEN i.late THEN 0 ELSE 1000 END"
    multiply(
        cr,
        "account_payment",
        f"s.id = {payment.id}",
        items,
        id=ids,
        move_id=moves,
        name="i.name",
        partner_id="i.partner_id",
        date="i.day",
        receipt_state="CASE WHEN i.late THEN 'none' ELSE 'confirmed' END",
        receipt_confirmed_amount=arrived,
        receipt_confirmed_company=arrived,
    )


def copy_order(cr, order, items):
    """Copy an order with its lines for other customers."""
    cr.execute(f"SELECT COUNT(*) FROM ({items}) i")  # noqa: S608 - no input
    count = cr.fetchone()[0]
    ids = f"{reserve_ids(cr, 'sale_order', count)} + i.n"
    partners = ("partner_id", "partner_invoice_id", "partner_shipping_id")
    multiply(
        cr,
        "sale_order",
        f"s.id = {order.id}",
        items,
        id=ids,
        name="i.name",
        credit_partner_id="i.partner_id",
        **dict.fromkeys(partners, "i.partner_id"),
    )
    for line in order.order_line:
        multiply(
            cr,
            "sale_order_line",
            f"s.id = {line.id}",
            items,
            id=f"{reserve_ids(cr, 'sale_order_line', count)} + i.n",
            order_id=ids,
            order_partner_id="i.partner_id",
            risk_partner_id="i.partner_id",
        )
