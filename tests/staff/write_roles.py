"""Writes the table of docs/roles.md anew: ``python -m tests.staff.write_roles``."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextortion_site.settings")
    django.setup()

    from django.db import connection, transaction
    from django.test.utils import override_settings, setup_test_environment

    from campaign.starter.load import load
    from tests.staff.role_table import WHO, as_text, column, write

    files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    load()
    storages = {"default": files, "staticfiles": files}
    with override_settings(STORAGES=storages, WHITENOISE_AUTOREFRESH=True):
        table = {}
        for who in WHO:
            with transaction.atomic():
                table[who] = column(who)
                transaction.set_rollback(True)
    write(as_text(table))
