"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextortion_site.settings")
application = get_wsgi_application()

from sextortion_site.delivery import page_assets  # noqa: E402 - it needs the settings

page_assets.build_all()
