from . import demo_builder
from . import demo_builder_company
from . import demo_builder_orders
