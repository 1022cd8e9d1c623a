from . import media_lease
from . import media_lease_bill
from . import media_face
