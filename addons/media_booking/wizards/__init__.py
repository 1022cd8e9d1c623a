from . import media_booking_action
