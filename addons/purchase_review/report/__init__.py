from . import payment_application
