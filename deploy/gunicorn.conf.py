"""How gunicorn serves the site. HOST, PORT and WEB_CONCURRENCY come from the environment."""

from sextortion_site import settings

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


def when_ready(server):
    # Flushed, or each forked process would print it again when it ends.
    print(
        f"The site is at {settings.SITE_URL}/ and its staff pages at {settings.SITE_URL}/staff/",
        flush=True,
    )


def post_worker_init(worker):
    # Once Django is ready: what was accepted while the database was down goes into it.
    from reporting import draining

    draining.start()
