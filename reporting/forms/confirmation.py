"""What the page after sending says."""

from dataclasses import dataclass

from django.conf import settings

from reporting.codes import read_back
from reporting.forms.help import ShownHelp, help_of
from reporting.questions import BY_KEY, HELP, Cleaned, help_after, reply_wish, voice_of
from reporting.triage import TARGETS, Severity

REMOVAL = ("remove_under_18", "remove_adult", "remove_any_age")


@dataclass(frozen=True)
class Confirmation:
    """``code`` is the six words with spaces between them."""

    reference: str
    code: str
    severity: Severity
    cleaned: Cleaned

    @property
    def words_of_code(self) -> list[str]:
        return self.code.split()

    @property
    def times(self) -> str:
        """By when we read it and, for whoever wants to hear from us, reply."""
        target = TARGETS[self.severity]
        return str(target.words_without_reply if self.way_back == "none" else target.words)

    @property
    def way_back(self) -> str:
        """How our answer comes: a value of the question ``reply``, or "no_address" where we were
        asked to get in touch and not told where."""
        wish = reply_wish(self.cleaned.answers)
        is_contact = wish in ("contact", "someone_else")
        return "no_address" if is_contact and "contact_at" not in self.cleaned.answers else wish

    @property
    def removal_words(self) -> str:
        return HELP[self.removal.key].words.to(voice_of(self.cleaned.answers))

    @property
    def removal(self) -> ShownHelp:
        """The tools for the age that was told, else for any."""
        keys = [block.key for block in help_after(self.cleaned.answers) if block.key in REMOVAL]
        return help_of(keys[0] if keys else "remove_any_age")

    @property
    def kept_out(self) -> list[str]:
        """The questions whose words are not part of the report, since other answers rule them
        out."""
        voice = voice_of(self.cleaned.answers)
        return [BY_KEY[key].words.to(voice) for key in self.cleaned.kept_out]

    @property
    def duty_hours(self) -> str:
        return settings.REPORT_DUTY_HOURS

    @property
    def is_in_danger(self) -> bool:
        """Or may be: then the words on that come first."""
        return HELP["danger"] in help_after(self.cleaned.answers)

    @property
    def danger(self) -> ShownHelp:
        return help_of("danger")

    @property
    def read_back(self) -> tuple[int, int]:
        """Which two words to type once more; positions from 1."""
        return read_back(self.code)
