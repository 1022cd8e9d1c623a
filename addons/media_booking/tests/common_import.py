import base64

from .common import MediaCommon


class ImportCommon(MediaCommon):
    """Runs the wizard as the people who may."""

    @classmethod
    def _wizard(cls, content, kind="face", user=None, **values):
        wizards = cls.env["media.import"].with_user(user or cls.manager)
        return wizards.create(
            {
                "kind": kind,
                "file": base64.b64encode(content),
                "filename": "list.xlsx",
                **values,
            }
        )

    @classmethod
    def _import(cls, content, kind="face", user=None, **values):
        """Test and, if nothing is wrong, import a file."""
        wizard = cls._wizard(content, kind, user, **values)
        wizard.action_test()
        if wizard.state == "tested":
            wizard.action_import()
        return wizard

    def _get_text(self, content, kind="face", **values):
        """Return the first problem of a file; it must have entered nothing."""
        before = self.env["media.face"].search_count([])
        wizard = self._import(content, kind, **values)
        self.assertEqual(wizard.state, "wrong", wizard.summary)
        self.assertIn("Nothing has been entered", wizard.summary)
        self.assertEqual(self.env["media.face"].search_count([]), before)
        return wizard.line_ids[0]
