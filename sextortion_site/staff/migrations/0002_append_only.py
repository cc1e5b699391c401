from django.db import migrations

from sextortion_site.staff.append_only import make_append_only


def guard_the_trail(apps, schema_editor):
    make_append_only(schema_editor, "staff_auditentry", "number")


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_audit")]
    operations = [migrations.RunPython(guard_the_trail, migrations.RunPython.noop)]
