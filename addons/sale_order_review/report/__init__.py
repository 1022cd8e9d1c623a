from . import sales_application
