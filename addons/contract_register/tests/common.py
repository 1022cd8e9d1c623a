from datetime import date

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class ContractCommon(BaseCommon):
    """A customer, a member of administration and a plain user of the register."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "contract_user", groups="contract_register.group_contract_user"
        )
        cls.administration = new_test_user(
            cls.env,
            "contract_administration",
            groups="contract_register.group_contract_administration",
        )
        cls.dealer = cls.env["res.partner"].create(
            {"name": "Qingyun Machinery", "is_company": True}
        )
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.dealer.id}
        )

    @classmethod
    def _create_contract(cls, **values):
        """Create a draft that runs through 2026, prepared by the plain user."""
        return cls.env["contract.document"].create(
            {
                "name": "Dealership 2026",
                "partner_id": cls.dealer.id,
                "user_id": cls.user.id,
                "date_signed": date(2025, 12, 20),
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 12, 31),
                "amount": 500000,
                **values,
            }
        )

    @classmethod
    def _create_filed(cls, **values):
        """Create a contract and have administration file it."""
        contract = cls._create_contract(**values)
        contract.with_user(cls.administration).action_file()
        return contract
