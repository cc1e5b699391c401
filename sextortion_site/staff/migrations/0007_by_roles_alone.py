"""Nobody is a superuser, and nobody has a right but by a role: the database refuses both."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER auth_user_no_superuser_{name} BEFORE {event} ON auth_user WHEN NEW.is_superuser
BEGIN SELECT RAISE(ABORT, 'nobody is a superuser'); END
"""
SQLITE_RIGHTS = """
CREATE TRIGGER auth_user_user_permissions_none BEFORE INSERT ON auth_user_user_permissions
BEGIN SELECT RAISE(ABORT, 'rights come by roles alone'); END
"""
POSTGRESQL = """
ALTER TABLE auth_user ADD CONSTRAINT nobody_is_a_superuser CHECK (NOT is_superuser);
ALTER TABLE auth_user_user_permissions ADD CONSTRAINT rights_come_by_roles_alone CHECK (false);
"""


def take_away(apps, schema_editor):
    """From who had it before: invite_administrator lets the first administrator in anew."""
    user = apps.get_model("auth", "User")
    user.objects.filter(is_superuser=True).update(is_superuser=False)
    user.user_permissions.through.objects.all().delete()


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    schema_editor.execute(SQLITE.format(name="insert", event="INSERT"))
    schema_editor.execute(SQLITE.format(name="update", event="UPDATE OF is_superuser"))
    schema_editor.execute(SQLITE_RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0006_last_step"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        migrations.RunPython(take_away, migrations.RunPython.noop),
        migrations.RunPython(refuse, migrations.RunPython.noop),
    ]
