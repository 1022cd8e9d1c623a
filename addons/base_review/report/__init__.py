from . import review_report
