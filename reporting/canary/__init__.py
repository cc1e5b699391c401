"""A test report by the site itself, sent as a reader sends theirs and followed to its end.

``steps`` has the order of the steps, which stand in ``sending``, ``database``, ``opening`` and
``mailbox``. ``answers`` has the words of the report, ``form_page`` reads the form as a browser
does, and ``site`` asks the site. ``manage.py canary`` runs it.
"""

from reporting.canary.failures import StepFailed
from reporting.canary.opening import Officer
from reporting.canary.site import Site
from reporting.canary.steps import run, send_only

__all__ = ["Officer", "Site", "StepFailed", "run", "send_only"]
