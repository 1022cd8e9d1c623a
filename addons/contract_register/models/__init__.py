from . import contract_document
from . import contract_document_guard
from . import contract_document_expiry
from . import res_partner
