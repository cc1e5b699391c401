"""Broken starter content is refused, naming file and row, and nothing is half loaded."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from campaign.models import Entry, Page, Publication, Section, Service, SiteSettings, Topic
from campaign.starter.load import StarterError, load
from campaign.starter.read import STARTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_site():
    for model in (Publication, Entry, Section, Page, Service, Topic, SiteSettings):
        model.objects.all().delete()
    from django.apps import apps

    for model in apps.get_app_config("campaign").get_models():
        model.objects.all().delete()


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A copy of the starter content, to break."""
    shutil.copytree(STARTER, tmp_path / "starter", ignore=shutil.ignore_patterns("*.py*", "__*"))
    return tmp_path / "starter"


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("services.toml", "[[rows]]", "[[rows", "services.toml: "),
        ("services.toml", 'key = "samaritans"', 'key = ""', "services.toml, row 1: key"),
        ("services.toml", 'grade = "A"', 'grade = "C"', "services.toml, row 1: .*grade C"),
        ("services.toml", 'grade = "A"', 'grade = "Z"', "services.toml, row 1: grade"),
        ("services.toml", 'topics = ["crisis"', 'topics = ["chrisis"', "row 1: topic 'chrisis'"),
        ("services.toml", "who_for = ", "who_form = ", "services.toml, row 1: who_form is not"),
        ("services.toml", "check_again_on = 20", "check_again_on = 19", "row 1: .*next check"),
        ("services.toml", "checked_on = 20", "checked_on = 30", "row 1: .*has not come yet"),
        (
            "services.toml",
            "checked_on = 20",
            "checked_on = 2020 # ",
            "row 1: checked_on must be a date",
        ),
        ("services.toml", "is_shown = true", "is_shown = 1", "row 1: is_shown must be true or"),
        ("services.toml", "position = ", "position = 1.5 # ", "row 1: position must be a whole"),
        ("services.toml", 'hours = "', "hours = -1 # ", "row 1: hours must be text"),
        ("services.toml", "topics = [", "topics = 5 # [", "row 1: topics must be a list"),
        ("services.toml", "position = ", "id = 7\nposition = ", "row 1: id is not a field"),
        ("settings.toml", "[settings]", "[more]\n[settings]", "holds one table"),
        ("pages/feedback.toml", 'slug = "feedback"', 'slug = "staff"', "belongs to another part"),
        ("pages/help-now.toml", 'menu_label = "', 'menu_label = "[[force]] ', "Nothing can be"),
        ("figures.toml", 'source = "', 'source = ""\nowner = "x" # ', "figures.toml"),
        ("topics.toml", 'slug = "adult"', 'slug = "under-18"', "topics.toml, row 3: slug"),
        ("settings.toml", "force_name", "farce_name", "settings.toml: farce_name"),
        (
            "settings.toml",
            "[settings]",
            "[other]",
            r"settings\.toml: holds one table, \[settings\]",
        ),
        (
            "pages/help-now.toml",
            'kind = "steps"',
            'kind = "stairs"',
            "help-now.toml, section 2: kind",
        ),
        ("pages/help-now.toml", "[[service:childline]]", "[[service:chldline]]", "chldline"),
        ("pages/help-now.toml", 'page = "report"', 'page = "repport"', "entry .*'repport'"),
        ("pages/home.toml", "[[sections]]", "[sections]", r"home\.toml: Cannot overwrite"),
        (
            "pages/home.toml",
            'slug = ""',
            'slug = "help-now"',
            "pages/home.toml: .*Another page has this address",
        ),
        ("pages/parents.toml", "Instead of |", "Instead of", "parents.toml, section"),
    ],
)
def test_broken_content_is_refused_naming_file_and_row(
    empty_site, starter, name, old, new, message
):
    spoil(starter / name, old, new)

    with pytest.raises(StarterError, match=message):
        load(starter)

    assert not Page.objects.exists()
    assert not Service.objects.exists()
    assert not SiteSettings.objects.exists()


def test_file_that_is_not_utf8_is_refused(empty_site, starter):
    (starter / "tips.toml").write_bytes(b'[[rows]]\nkey = "caf\xe9"\n')

    with pytest.raises(StarterError, match=r"tips\.toml"):
        load(starter)


def test_missing_file_is_refused(empty_site, starter):
    (starter / "laws.toml").unlink()

    with pytest.raises(StarterError, match=r"laws\.toml: No such file"):
        load(starter)


def test_folder_without_pages_is_refused(empty_site, starter):
    shutil.rmtree(starter / "pages")

    with pytest.raises(StarterError, match="pages"):
        load(starter)


def test_command_says_what_is_wrong_and_that_nothing_was_loaded(empty_site, starter):
    spoil(starter / "services.toml", "who_for = ", "who_form = ")

    with pytest.raises(CommandError, match=r"services.toml, row 1: .*Nothing was loaded"):
        call_command("load_starter", folder=starter)


def test_markup_that_pages_may_not_hold_is_taken_out(empty_site, starter):
    spoil(
        starter / "pages" / "home.toml",
        'body = """<p>',
        'body = """<script>alert(1)</script>'
        '<p onclick="alert(2)"><a href="javascript:alert(3)">x</a>',
    )

    load(starter)

    body = Section.objects.get(page__slug="", position=10).body
    assert "alert" not in body
    assert body.startswith("<p>")


def test_second_load_changes_nothing():
    out = io.StringIO()
    before = Page.objects.count()

    call_command("load_starter", stdout=out)

    assert "nothing was changed" in out.getvalue()
    assert Page.objects.count() == before
