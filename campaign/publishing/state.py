"""Where a page stands, for editors: live or not, with a newer draft, what is to come."""

from dataclasses import dataclass

from campaign.models import Page, Publication, Revision
from campaign.publishing.drafts import latest_revision
from campaign.publishing.publications import live_publication, what_comes


@dataclass(frozen=True)
class State:
    draft: Revision | None
    live: Publication | None
    was_live: bool
    to_come: list[Publication]

    @property
    def has_newer_draft(self) -> bool:
        """Whether what readers get is not what the form holds."""
        if self.live is None or self.live.revision is None or self.draft is None:
            return False
        return self.live.revision.content != self.draft.content


def state_of(page: Page) -> State:
    return State(
        draft=latest_revision(page),
        live=live_publication(page),
        was_live=page.publications.begun().exists(),
        to_come=what_comes(page),
    )
