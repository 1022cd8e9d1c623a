"""The words of a booking that several models share."""

#: What stands in the way of another booking: the predicate of the constraint.
LIVE_STATES = ("hold", "booked", "posted", "removed")
#: What is over and only history.
CLOSED_STATES = ("expired", "released", "cancelled")
#: Kinds that may run as a filler under paid bookings.
FILLER_KINDS = ("psa", "free")
#: The most days that one booking or one search may span.
MAX_DAYS = 3660
