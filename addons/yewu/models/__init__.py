from . import demo_builder
from . import demo_builder_absence
from . import demo_builder_company
from . import demo_builder_deliveries
from . import demo_builder_desk
from . import demo_builder_orders
from . import demo_builder_purchases
