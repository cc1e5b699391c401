"""How gunicorn serves the site. HOST, PORT and WEB_CONCURRENCY come from the environment."""

import os

from sextortion_site import env

# Loaded by the settings as well; here for a bad value to stop the start before a fork.
_host = env.host("HOST", "127.0.0.1")
_port = env.whole_number("PORT", 8000, lowest=1, highest=65535)

bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
workers = env.whole_number("WEB_CONCURRENCY", os.cpu_count() or 1, lowest=1, highest=64)
worker_class = "gthread"
threads = 4
preload_app = True  # memory is shared, and a broken setting stops the start at once
control_socket_disable = True  # it would open a socket that nobody here uses

# No access log: it would hold addresses of readers. A warning of gunicorn's names the address
# of a client that sent nonsense, so only errors are logged.
accesslog = None
errorlog = "-"
loglevel = "error"


def when_ready(server):
    from django.conf import settings

    # Flushed, or each forked process would print it again when it ends.
    print(
        f"The site is at {settings.SITE_URL}/ and its staff pages at {settings.SITE_URL}/staff/",
        flush=True,
    )
