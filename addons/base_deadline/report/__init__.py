from . import deadline_report
