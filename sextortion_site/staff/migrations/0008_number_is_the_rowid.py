from django.db import migrations, models

from sextortion_site.staff.append_only import make_append_only


def guard_the_trail_again(apps, schema_editor):
    """SQLite has made the table anew, without its triggers."""
    if schema_editor.connection.vendor == "sqlite":
        make_append_only(schema_editor, "staff_auditentry", "number")


class Migration(migrations.Migration):
    dependencies = [("staff", "0007_by_roles_alone")]
    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="number",
            field=models.BigAutoField(primary_key=True, serialize=False, verbose_name="number"),
        ),
        migrations.RunPython(guard_the_trail_again, migrations.RunPython.noop),
    ]
