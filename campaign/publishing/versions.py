"""Which version of a row a form was opened on, so that two editors do not overwrite each other."""

from typing import Any

from django.db import models

from campaign.models import Page, Revision, RowVersion, Section
from campaign.models.revisions import Signed
from campaign.publishing.comparison import Difference, differences, row_differences
from campaign.publishing.content import Content
from campaign.publishing.drafts import latest_revision
from campaign.publishing.rows import keep_version, versions_of

# What rows say in a version, each by its model's name and its number.
RowContents = dict[tuple[str, int], Content]


def version_of(row: models.Model) -> int:
    """Grows with every save. A page and its sections have one together."""
    latest = latest_version(row)
    return latest.pk if latest else 0


def latest_version(row: models.Model) -> Signed | None:
    """Who saved it last, when and why; None where nobody has yet."""
    page = page_of(row)
    if page is None:
        return versions_of(row).first()
    return latest_revision(page) if page.pk else None


def changes_since(row: models.Model, seen: int | None) -> list[Difference]:
    """What others have changed since the version that a form was opened on, in words."""
    before: Any = _version_seen(row, seen)
    latest: Any = latest_version(row)
    if latest is None or before is None:
        return []
    if page_of(row):
        return differences(before.content, latest.content)
    return row_differences(type(row), before.content, latest.content)


def contents_since(row: models.Model, seen: int | None) -> tuple[RowContents, RowContents]:
    """What the row and the parts of its page said in the version that a form was opened on, and
    what they say now."""
    versions: list[Any] = [_version_seen(row, seen), latest_version(row)]
    before, now = (_rows_of(version.content, row) if version else {} for version in versions)
    return before, now


def _version_seen(row: models.Model, seen: int | None) -> Any:
    page = page_of(row)
    kept: Any = page.revisions if page else versions_of(row)
    # Opened before anything was kept: whoever saved first has kept how it was until then.
    return kept.filter(pk=seen).first() if seen else kept.order_by("pk").first()


def _rows_of(content: Content, row: models.Model) -> RowContents:
    page = page_of(row)
    if page is None:
        return {(row._meta.model_name or "", row.pk): content}
    rows: RowContents = {("page", page.pk): content["page"]}
    for section in content["sections"]:
        rows["section", section["id"]] = section
        rows |= {("entry", entry["id"]): entry for entry in section["entries"]}
    return rows


def page_of_version(seen: str) -> Page | None:
    """The page whose revision this is."""
    number = number_from(seen)
    revision = Revision.objects.filter(pk=number).first() if number else None
    return revision.page if revision else None


def number_from(text: str) -> int | None:
    """The number of a row as an address or a form names it; None where it can be none."""
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    return int(text) if is_number else None


def wait_for_others(row: models.Model) -> None:
    """Inside a transaction: who saves the same row at the same moment comes afterwards."""
    owner: Any = page_of(row) or row
    type(owner)._default_manager.select_for_update().filter(pk=owner.pk).first()


def page_of(row: models.Model) -> Page | None:
    if isinstance(row, Section):
        return Page.objects.filter(pk=row.page_id).first()
    return row if isinstance(row, Page) else None


def keep_first(row: models.Model) -> None:
    """Keeps a shared row as it stands before its first change, such as when it was loaded."""
    is_kept = RowVersion.objects.filter(model=row._meta.model_name, row_id=row.pk).exists()
    before = None if is_kept else type(row)._default_manager.filter(pk=row.pk).first()
    if before is not None:
        keep_version(before, None, "Before the first change")
