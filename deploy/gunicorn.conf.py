"""How gunicorn serves the site. HOST, PORT and WEB_CONCURRENCY come from the environment."""

import os

from sextortion_site import settings

# No request waits longer for PostgreSQL than this, in milliseconds, though a lock or a slow disk
# holds it: a report then lies in the spool, and pages stay. Migrations are not bound by it.
os.environ.setdefault("PGOPTIONS", "-c lock_timeout=2000 -c statement_timeout=4000")

_host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
bind = f"{_host}:{settings.PORT}"
workers = settings.WEB_CONCURRENCY
worker_class = "gthread"
threads = 4
preload_app = True  # memory is shared, and a broken setting stops the start at once
control_socket_disable = True  # it would open a socket that nobody here uses

# No access log: it would hold addresses of readers. A warning of gunicorn's names the address
# of a client that sent nonsense, so only errors are logged.
accesslog = None
errorlog = "-"
loglevel = "error"


SITE, STAFF = f"{settings.SITE_URL}/", f"{settings.SITE_URL}{settings.STAFF_PREFIX}"
ADDRESSES = {
    "public": f"The site is at {SITE}",
    "staff": f"The staff pages are at {STAFF}",
    "both": f"The site is at {SITE} and its staff pages at {STAFF}",
}


def when_ready(server):
    # Flushed, or each forked process would print it again when it ends.
    print(ADDRESSES[settings.SITE_ROLE], flush=True)


def post_worker_init(worker):
    if settings.SITE_ROLE == "staff":
        return
    # Once Django is ready: what was accepted while the database was down goes into it.
    from reporting import draining

    draining.start()
