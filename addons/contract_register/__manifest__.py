{
    "name": "Contract Register",
    "summary": "Framework contracts, filed by administration, with a ledger",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["base_deadline"],
    "data": [
        "security/contract_register_groups.xml",
        "security/ir.model.access.csv",
        "security/contract_register_rules.xml",
        "data/ir_sequence_data.xml",
        "data/deadline_limit_data.xml",
        "views/contract_document_views.xml",
        "views/res_partner_views.xml",
        "views/contract_register_menus.xml",
    ],
}
