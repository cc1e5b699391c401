"""What readers get today becomes each page's first revision. An address that a page had before is
that of an earlier one, so that it still leads to the page."""

import datetime

from django.db import migrations
from django.utils import timezone

from campaign.publishing.content import content_of


def publish_what_is_shown(apps, schema_editor):
    OldAddress = apps.get_model("campaign", "OldAddress")
    Revision = apps.get_model("campaign", "Revision")
    Publication = apps.get_model("campaign", "Publication")
    now = timezone.now()
    for page in apps.get_model("campaign", "Page").objects.all():
        content = content_of(page)
        is_published = content["page"].pop("is_published")
        slugs = [*OldAddress.objects.filter(page=page).values_list("slug", flat=True), page.slug]
        for number, slug in enumerate(slugs, 1):
            before = datetime.timedelta(seconds=len(slugs) - number)
            content["page"]["slug"] = slug
            revision = Revision.objects.create(
                page=page, number=number, slug=slug, content=content, made_at=now - before
            )
            if is_published:
                Publication.objects.create(
                    page=page, revision=revision, at=now - before, made_at=now - before
                )


class Migration(migrations.Migration):
    dependencies = [("campaign", "0004_revisions")]
    operations = [migrations.RunPython(publish_what_is_shown, migrations.RunPython.noop)]
