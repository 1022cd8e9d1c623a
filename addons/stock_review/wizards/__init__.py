from . import stock_delay_report
