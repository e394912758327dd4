"""The report: coded articles as one HTML page that needs nothing but a browser."""

from tocsin.report.html import render_report, write_report

__all__ = ["render_report", "write_report"]
