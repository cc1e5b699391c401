"""The process for readers under its own database role, which has the printed grants and no more."""

import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from reporting.keystore import write_new
from reporting.sealing import Purpose, sign_manifest, wrap_private
from sextortion_site.consent.choice import Choice, State
from sextortion_site.consent.register import CONSENT, VISIT
from tests.addresses import OTHER_SCREENS, PAGES
from tests.conftest import Site, free_port, manage, prepare, running_site, site_environment
from tests.reporting.key_sets import CHEAP, KEYS, MANIFEST, words_of
from tests.reporting.sender import journey_of, send

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]

ROLE = "readers"
SUBMIT = """
import json
from reporting import journey
from reporting.submission import submit
way = journey.read(journey.issue())
answers = {"danger": "no", "who": "me", "story": "They want money"}
first, second = submit(answers, way), submit(answers, way)
print(json.dumps([first.reference, second.reference]))
"""
FORBIDDEN = [
    "SELECT envelope FROM reporting_report",
    "SELECT * FROM reporting_report",
    "SELECT team_key_id FROM reporting_report",
    "SELECT retain_until FROM reporting_report",
    "SELECT for_team FROM reporting_message",
    "UPDATE reporting_report SET state = 'closed'",
    "UPDATE reporting_report SET envelope = '\\x00'",
    "DELETE FROM reporting_report",
    "TRUNCATE reporting_report CASCADE",
    "UPDATE reporting_mailbox SET lookup = 'x'",
    "DELETE FROM reporting_mailbox",
    "UPDATE reporting_message SET for_team = '\\x00'",
    "DELETE FROM reporting_message",
    "SELECT message FROM campaign_feedback",
    "DELETE FROM campaign_feedback",
    "SELECT password FROM auth_user",
    "SELECT id FROM auth_user",
    "INSERT INTO auth_user (username) VALUES ('mallory')",
    "SELECT session_data FROM django_session",
    "INSERT INTO django_session VALUES ('x', 'y', now())",
    "SELECT object_repr FROM django_admin_log",
    "UPDATE campaign_imagefile SET content = '\\x00'",
    "INSERT INTO campaign_image (title) VALUES ('x')",
    "DELETE FROM campaign_image",
    "UPDATE campaign_page SET title = 'Pay them'",
    "UPDATE campaign_sitesettings SET leave_url = 'https://evil.example/'",
    "INSERT INTO campaign_topic (slug, name) VALUES ('x', 'x')",
    "UPDATE campaign_visit SET landing = '/x/'",
    "DELETE FROM django_migrations",
    "CREATE TABLE public.copy (id int)",
    "ALTER TABLE reporting_report ADD COLUMN copy text",
    "SELECT setval(pg_get_serial_sequence('campaign_feedback', 'id'), 1)",
    "SET ROLE site",
]


@pytest.fixture(scope="module")
def public_url(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL by which the role reaches a database that its owner has migrated and filled."""
    password = secrets.token_urlsafe(16)
    folder = tmp_path_factory.mktemp("owner")
    prepare(folder, DATABASE_URL=database_url)
    environment = site_environment(folder, free_port(), DATABASE_URL=database_url)
    printed = manage(environment, "print_grants", "--role", ROLE)
    assert printed.returncode == 0, printed.stderr
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{password}'")
        # An older version gave it more.
        owner.execute(f"GRANT SELECT, DELETE ON reporting_report, auth_user TO {ROLE}")
        owner.execute(f"GRANT UPDATE (landing) ON campaign_visit TO {ROLE}")
        owner.execute(printed.stdout)
    parts = urlsplit(database_url)
    return parts._replace(netloc=f"{ROLE}:{password}@{parts.hostname}:{parts.port}").geturl()


@pytest.fixture(scope="module")
def public_folder(public_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The DATA_DIR of the public process: its own, with public keys only."""
    folder = tmp_path_factory.mktemp("public")
    keys = folder / "keys" / "reporting"
    keys.mkdir(parents=True, mode=0o700)
    write_new(keys / "manifest-0001.json", sign_manifest(MANIFEST, KEYS[Purpose.SIGNING]))
    environment = public_environment(folder, public_url)
    done = manage(environment, "collectstatic", "--no-input")
    assert done.returncode == 0, done.stderr
    return folder


def public_environment(folder: Path, url: str) -> dict[str, str]:
    return site_environment(folder, free_port(), **public_settings(url))


def public_settings(url: str) -> dict[str, str]:
    pinned = KEYS[Purpose.SIGNING].public.hex()
    return {"SITE_ROLE": "public", "DATABASE_URL": url, "REPORT_MANIFEST_KEY": pinned}


@pytest.fixture(scope="module")
def site(public_folder: Path, public_url: str) -> Iterator[Site]:
    with running_site(public_folder, **public_settings(public_url)) as running:
        yield running


def ask(site: Site, path: str, form: dict[str, str] | None = None, **headers: str):
    """The answer, redirects followed; its status, its text and its cookies."""
    body = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(site.address + path, body, headers)
    try:
        response = urllib.request.urlopen(request, timeout=20)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.read().decode(), response.headers.get_all("Set-Cookie", [])


def rows(database_url: str, question: str) -> list[tuple]:
    """What the owner of the database sees."""
    with psycopg.connect(database_url) as owner:
        return owner.execute(question).fetchall()


# --- what it is for, works -------------------------------------------------------------------


def test_start_up_checks_pass_under_the_role(public_folder: Path, public_url: str):
    done = manage(public_environment(public_folder, public_url), "check", "--database", "default")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", [*PAGES, "/feedback/thanks/", "/cookies/saved/", "/sitemap.xml"])
def test_page_is_served_under_the_role(site: Site, path: str):
    assert ask(site, path)[0] == 200


def test_page_that_is_not_there_gets_the_sites_page(site: Site):
    status, text, _cookies = ask(site, OTHER_SCREENS[-1])

    assert status == 404
    assert "Leave this site" in text


def test_page_that_moved_is_found_under_the_role(site: Site, database_url: str):
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(
            "INSERT INTO campaign_revision"
            " (page_id, number, slug, content, made_at, made_by_name, why)"
            " SELECT page_id, 2, 'mates', content, made_at, '', ''"
            " FROM campaign_revision WHERE slug = 'friends'"
        )
        owner.execute(
            "INSERT INTO campaign_publication"
            " (page_id, revision_id, at, made_at, made_by_name, why)"
            " SELECT page_id, id, made_at - interval '1 day', made_at, '', ''"
            " FROM campaign_revision WHERE slug = 'mates'"
        )

    assert ask(site, "/mates/")[0] == 200


def test_site_is_ready_under_the_role(site: Site):
    assert ask(site, "/health/ready")[:2] == (200, "ready\n")


def test_feedback_arrives_under_the_role(site: Site, database_url: str):
    status, text, _cookies = ask(site, "/feedback/", {"message": "Bigger text, please"})

    assert (status, "Thank you" in text) == (200, True)
    assert rows(database_url, "SELECT message FROM campaign_feedback") == [("Bigger text, please",)]


def test_cookie_settings_are_saved_under_the_role(site: Site):
    form = dict(Choice.for_all(State.ACCEPTED).states)

    status, text, _cookies = ask(site, "/cookies/", form)

    assert (status, "Change your cookie settings" in text) == (200, True)


def test_visits_are_counted_and_forgotten_under_the_role(site: Site, database_url: str):
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(
            "INSERT INTO campaign_visit VALUES"
            " (DEFAULT, 'old', now() - interval '2 days', '/old/', 1, false, false),"
            " (DEFAULT, NULL, now() - interval '500 days', '/ancient/', 1, false, false)"
        )
        owner.execute(
            "INSERT INTO campaign_pagecount VALUES (DEFAULT, '/ancient/', '2020-01-01', 1)"
        )
    yes = f"{CONSENT.full_name}={Choice.for_all(State.ACCEPTED).as_cookie()}"

    _status, _text, cookies = ask(site, "/visits/", {"page": "/friends/"}, Cookie=yes)
    (key,) = [line.partition(";")[0] for line in cookies if line.startswith(VISIT.full_name)]
    again = {"Cookie": f"{yes}; {key}"}
    assert ask(site, "/visits/", {"page": "/help-now/"}, **again)[0] == 204
    assert ask(site, "/visits/", {"page": "/friends/", "goes_to_report": "1"}, **again)[0] == 204

    seen = "SELECT landing, key IS NULL, pages_read, has_reached_help, has_gone_to_report"
    assert rows(database_url, f"{seen} FROM campaign_visit ORDER BY landing") == [
        ("/friends/", False, 2, True, True),
        ("/old/", True, 1, False, False),
    ]
    assert rows(database_url, "SELECT address, views FROM campaign_pagecount ORDER BY 1") == [
        ("/friends/", 1),
        ("/help-now/", 1),
    ]


def test_report_is_sent_and_its_mailbox_is_used_under_the_role(site: Site, database_url: str):
    fields = {"danger": "no", "who": "me", "story": "They want money"}

    sent = send(site.address, {"journey": journey_of(site.address), **fields})
    keys = {"reference": sent.reference, "code": sent.code}
    words = {"journey": journey_of(site.address), "act": "write", "message": "They wrote again"}
    mailbox = send(site.address, {**keys, **words}, "/report/code/")

    assert sent.reference
    assert mailbox.status == 200
    assert "They wrote again" in mailbox.body
    assert rows(database_url, "SELECT count(*) FROM reporting_message") == [(1,)]


def test_report_is_taken_in_once_under_the_role(
    public_folder: Path, public_url: str, database_url: str
):
    environment = public_environment(public_folder, public_url)
    ((before,),) = rows(database_url, "SELECT count(*) FROM reporting_mailbox")

    done = manage(environment, "shell", "--no-imports", "-c", SUBMIT)

    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)
    assert first == second
    assert rows(database_url, "SELECT DISTINCT state FROM reporting_report") == [("received",)]
    assert rows(database_url, "SELECT count(*) FROM reporting_mailbox") == [(before + 1,)]
    assert list((public_folder / "spool").iterdir()) == []


def test_canary_sends_its_report_under_the_role(site: Site):
    done = manage(site.environment, "canary", "--send-only")

    assert (done.returncode, done.stderr) == (0, "")
    assert "stays. Its words say that it is a test." in done.stdout


def test_canary_can_neither_read_nor_delete_under_the_role(site: Site, tmp_path: Path):
    own = tmp_path / "officers" / "ann"
    own.mkdir(parents=True, mode=0o700)
    team = KEYS[Purpose.TEAM]
    write_new(
        own / f"team-{team.key_id}.json",
        wrap_private(team, "officer:ann", words_of("ann"), CHEAP),
    )
    (tmp_path / "words").write_text(words_of("ann"))
    words = ("--folder", str(tmp_path), "--passphrase-file", str(tmp_path / "words"))

    done = manage(site.environment, "canary", "--officer", "ann", *words)

    assert done.returncode == 1
    assert "The step open failed" in done.stderr
    assert "This database role may not do that" in done.stderr
    assert "stays: this database role may not delete" in done.stdout


# --- what it is not for, does not ------------------------------------------------------------


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_role_may_not(public_url: str, statement: str):
    with (
        psycopg.connect(public_url, autocommit=True) as readers,
        pytest.raises(InsufficientPrivilege),
    ):
        readers.execute(statement)


def test_role_sees_that_a_report_is_there_and_how_far_it_has_come(
    public_folder: Path, public_url: str
):
    environment = public_environment(public_folder, public_url)
    assert manage(environment, "shell", "--no-imports", "-c", SUBMIT).returncode == 0

    with psycopg.connect(public_url) as readers:
        states = readers.execute("SELECT id, state FROM reporting_report").fetchall()

    assert {state for _id, state in states} == {"received"}
