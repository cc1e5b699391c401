from django.db import migrations

from sextortion_site.staff.roles import ROLES


def make_groups(apps, schema_editor):
    """Their rights come after the migration, when every permission is there."""
    group = apps.get_model("auth", "Group")
    for name in ROLES.values():
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0003_sign_in"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
