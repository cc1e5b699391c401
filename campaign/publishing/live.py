"""What readers get now."""

from django.utils import timezone

from campaign.models import Page, Publication
from campaign.publishing.content import PageWords, made, words_from


def live_pages() -> list[Page]:
    """Every page that readers may open, in the order of the menus, as its live revision says."""
    found = Publication.objects.live().values_list("page_id", "revision__content__page")
    pages = [made(Page, content, page_id) for page_id, content in found]
    return sorted(pages, key=lambda page: (page.position, page.slug))


def live_words(slug: str) -> PageWords | None:
    """The page at this address; None where readers find none."""
    # Two can meet at one address only for as long as it takes to save; the later one counts.
    live = Publication.objects.live().filter(revision__slug=slug).select_related("revision")
    publication = live.order_by("-at", "-id").first()
    if publication is None or publication.revision is None:
        return None
    return words_from(publication.revision.content, publication.page_id)


def live_page(slug: str) -> Page | None:
    """Likewise, without its sections."""
    return next((page for page in live_pages() if page.slug == slug), None)


def page_that_moved(slug: str) -> Page | None:
    """The page that readers once found at this address, where they find it today."""
    had_it = Publication.objects.filter(revision__slug=slug, at__lte=timezone.now())
    pages = {page.pk: page for page in live_pages()}
    owners = had_it.order_by("-at", "-id").values_list("page_id", flat=True)
    return next((pages[owner] for owner in owners if owner in pages), None)
