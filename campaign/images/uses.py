"""Where a picture stands."""

from campaign.models import Image, Publication


def uses_of_image(image: Image) -> list[str]:
    """The pages that have it, by title: in their drafts, or in what readers get or will get.

    Older revisions do not count: without the picture they are shown, and cannot be restored.
    """
    drafts = [section.page.title for section in image.sections.select_related("page")]
    return list(dict.fromkeys([*drafts, *published_with(image)]))


def published_with(image: Image) -> list[str]:
    """The pages that readers get, or will get, with it, by title."""
    # A question by the content itself would read differently in each of the databases.
    publications = Publication.objects.live() | Publication.objects.to_come().exclude(revision=None)
    contents = publications.values_list("revision__content", flat=True)
    return [
        content["page"]["title"]
        for content in contents
        if any(section.get("image_id") == image.pk for section in content["sections"])
    ]
