from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0005_publish_what_is_shown'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='oldaddress',
            name='page',
        ),
        migrations.RemoveField(
            model_name='page',
            name='is_published',
        ),
        migrations.AddField(
            model_name='page',
            name='deleted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='deleted'),
        ),
        migrations.AlterField(
            model_name='page',
            name='slug',
            field=models.SlugField(blank=True, help_text='The word after the slash. The home page has none. An old address leads here.', verbose_name='address'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('slug',), name='page_address_is_unique', violation_error_message='Another page has this address.'),
        ),
        migrations.DeleteModel(
            name='OldAddress',
        ),
    ]
