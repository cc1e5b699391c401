"""The addresses of the public half of reporting."""

from django.urls import URLPattern, path

from reporting import mailbox_views, views


def addresses(otherwise: views.OtherWays) -> list[URLPattern]:
    """``otherwise`` shows the other ways to report."""
    return [
        path("report/", views.report, {"otherwise": otherwise}, name="report"),
        path("report/sent/", views.sent, name="report-sent"),
        path("report/code/", mailbox_views.mailbox, name="report-code"),
    ]
