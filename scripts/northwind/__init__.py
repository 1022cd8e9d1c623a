"""Loads the Northwind sample through Odoo's own import, in rounds."""
