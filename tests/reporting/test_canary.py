"""The site's own test report: it arrives and goes again, and each step that fails is named."""

import io
import json
import re
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection, transaction

from reporting import codes, outage
from reporting.canary import StepFailed, database, steps
from reporting.canary.mailbox import open_mailbox
from reporting.canary.opening import compare
from reporting.canary.sending import FilledForm, fill_in, send
from reporting.canary.site import Site
from reporting.draining import drain
from reporting.keystore import unlock
from reporting.models import Report
from reporting.sealing import PrivateKeys, Purpose, open_part
from tests.conftest import SiteFolders, free_port, manage, running_site
from tests.reporting.key_sets import new_store, words_of
from tests.reporting.served import serving, serving_this_site

STEPS = ["keys", "form", "send", "database", "open", "mailbox", "delete"]
NO_REPORT = bytes(16)

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(tmp_path: Path, settings: LazySettings, spool_folder: Path) -> Path:
    """Keys that the site seals to, and two officers."""
    ann, ben = (Purpose.TEAM, Purpose.IDENTITY), (Purpose.TEAM,)
    settings.REPORT_KEYS_DIR = new_store(tmp_path / "keys", ann=ann, ben=ben)
    return settings.REPORT_KEYS_DIR


@pytest.fixture
def address(store: Path) -> Iterator[str]:
    with serving_this_site() as address:
        yield address


@pytest.fixture
def secrets_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the reports that are sent."""
    made: list[str] = []
    derive = codes.derive

    def told(secret: bytes) -> codes.Derived:
        known = derive(secret)
        made.append(known.code)
        return known

    monkeypatch.setattr(codes, "derive", told)
    return made


def canary(
    address: str, tmp_path: Path, officer: str = "ann", words: str = "", **options: object
) -> str:
    """What it prints; CommandError with what it had printed as its second argument."""
    file = tmp_path / "words"
    file.write_text(words or words_of(officer))
    printed = io.StringIO()
    try:
        call_command(
            "canary",
            url=address,
            officer=officer,
            passphrase_file=file,
            stdout=printed,
            **{"wait": 0.0, **options},
        )
    except CommandError as error:
        error.args = (*error.args, printed.getvalue())
        raise
    return printed.getvalue()


@pytest.mark.parametrize("officer", ["ann", "ben"])
def test_test_report_goes_all_the_way_and_is_gone_afterwards(
    address: str, tmp_path: Path, officer: str, secrets_made: list[str]
):
    printed = canary(address, tmp_path, officer)

    assert re.findall(r"(?m)^(\w+): \d+\.\d\d s$", printed) == STEPS
    assert printed.endswith("It went well.\n")
    assert not Report.objects.exists()
    assert_tells_no_secret(printed, secrets_made)


def test_test_report_that_waits_in_the_spool_is_waited_for(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    outage.begin()
    waits: list[float] = []
    monkeypatch.setattr(database.time, "sleep", lambda seconds: (waits.append(seconds), drain()))

    printed = canary(address, tmp_path, wait=20)

    assert "It went well." in printed
    assert waits == [database.EVERY_SECONDS]
    assert not Report.objects.exists()


def test_test_report_that_does_not_come_into_the_database_fails_in_time(
    address: str, tmp_path: Path, spool_folder: Path
):
    outage.begin()

    with pytest.raises(CommandError, match="The step database failed") as failed:
        canary(address, tmp_path, wait=0.01)

    assert "0.01 s after it was confirmed" in failed.value.args[0]
    assert (
        "was not deleted. It is not in the database. Should it come later" in failed.value.args[1]
    )
    assert len(list(spool_folder.iterdir())) == 1


def test_send_only_stops_after_the_confirmation(address: str, store: Path, secrets_made: list[str]):
    printed = io.StringIO()

    call_command("canary", url=f"{address}/", send_only=True, stdout=printed)

    report = Report.objects.get()
    keys = unlock(store, "ann", words_of("ann"))
    assert "stays. Its words say that it is a test." in printed.getvalue()
    assert "THIS IS A TEST" in opened(report, keys)["story"]
    assert_tells_no_secret(printed.getvalue(), secrets_made)


def opened(report: Report, keys: PrivateKeys) -> dict[str, str]:
    return json.loads(open_part(bytes(report.envelope), report.id.bytes, "body", keys))


def test_who_opens_it_must_be_told():
    with pytest.raises(CommandError, match="--officer --send-only"):
        call_command("canary")


def test_site_that_is_down_fails_at_the_form(store: Path, tmp_path: Path):
    with pytest.raises(CommandError, match=r"The step form failed after .*ConnectionRefused"):
        canary(f"http://127.0.0.1:{free_port()}", tmp_path)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("site.example", "begins with neither"),
        ("http://127.0.0.1:port", "InvalidURL"),
        ("http://[::1", "ValueError"),
    ],
)
def test_address_that_is_none_fails_at_the_form(
    store: Path, tmp_path: Path, address: str, said: str
):
    with pytest.raises(CommandError, match=f"The step form failed.*{said}"):
        canary(address, tmp_path)


def test_form_that_is_switched_off_fails_at_the_form(
    address: str, tmp_path: Path, settings: LazySettings
):
    settings.REPORT_FORM_IS_OPEN = False

    with pytest.raises(CommandError, match=r"The step form failed.*shows no report form"):
        canary(address, tmp_path)


@pytest.mark.parametrize(
    ("officer", "words", "said"),
    [
        ("ann", "the words of somebody else", "No key of ann in .* opens"),
        ("cleo", "", "No key of cleo in .* opens"),
        ("../ann", "no words", "is no name for an officer"),
    ],
)
def test_wrong_passphrase_sends_nothing(
    address: str, tmp_path: Path, spool_folder: Path, officer: str, words: str, said: str
):
    with pytest.raises(CommandError, match=f"The step keys failed.*{said}") as failed:
        canary(address, tmp_path, officer, words)

    assert failed.value.args[1] == ""
    assert not Report.objects.exists()


@pytest.mark.parametrize("part", ["triage", "identity"])
def test_site_that_seals_to_another_set_is_found_and_the_report_deleted(
    address: str, tmp_path: Path, store: Path, part: str, secrets_made: list[str]
):
    other = new_store(tmp_path / "other", ann=())
    if part == "identity":
        # As after a rotation: they have the new team key, and no new identity key.
        for file in (store / "officers" / "ann").glob("team-*"):
            (other / "officers" / "ann" / file.name).write_bytes(file.read_bytes())

    with pytest.raises(CommandError, match=f"The step open failed.*The {part} is sealed") as failed:
        canary(address, tmp_path, folder=other)

    assert not Report.objects.exists()
    assert_tells_no_secret("".join(failed.value.args), secrets_made)


@pytest.mark.parametrize(
    ("status", "text", "said"),
    [
        (200, "Hello", "answered 200 and shows no report form"),
        (502, '<form id="report">', "answered 502"),
        (200, '<form id="report"><input name="journey">', "has no field 'length'"),
        (301, "", "answered 301"),
    ],
)
def test_another_site_fails_at_the_form(
    store: Path, tmp_path: Path, status: int, text: str, said: str
):
    with (
        serving(lambda asked: (status, text)) as other,
        pytest.raises(CommandError, match=f"The step form failed.*{said}"),
    ):
        canary(other, tmp_path)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, "does not show the reference and the code"),
        (503, "answered 503 and has confirmed nothing"),
    ],
)
def test_site_that_does_not_confirm_fails_at_send(
    address: str, tmp_path: Path, secrets_made: list[str], status: int, said: str
):
    form = Site(address).get("/report/").text

    def answers(asked: str) -> tuple[int, str]:
        return (200, form) if asked.startswith("GET") else (status, "Thank you, NS-0000-0000")

    with (
        serving(answers) as other,
        pytest.raises(CommandError, match=f"The step send failed.*{said}") as failed,
    ):
        canary(other, tmp_path)

    assert_tells_no_secret("".join(failed.value.args), secrets_made)


def test_form_that_is_switched_off_meanwhile_fails_at_send(address: str, settings: LazySettings):
    report = fill_in(Site(address))
    settings.REPORT_FORM_IS_OPEN = False

    with pytest.raises(StepFailed, match="answered 503"):
        send(Site(address), report)


def test_mailbox_that_does_not_open_fails(address: str):
    report = fill_in(Site(address))
    send(Site(address), report)
    wrong = " ".join(reversed(report.known.code.split()))

    with pytest.raises(StepFailed, match="answered 422"):
        open_mailbox(Site(address), replace(report.known, code=wrong))


def test_another_page_in_the_place_of_the_mailbox_fails(address: str):
    report = fill_in(Site(address))

    with (
        serving(lambda asked: (200, report.known.reference)) as other,
        pytest.raises(StepFailed, match="do not open the mailbox"),
    ):
        open_mailbox(Site(other), report.known)


def stored(address: str) -> tuple[FilledForm, bytes, bytes]:
    report = fill_in(Site(address))
    send(Site(address), report)
    return report, *database.stored(report.known.report_id)


@pytest.mark.parametrize("part", ["triage", "body", "identity"])
def test_other_words_than_were_sent_are_found(address: str, store: Path, part: str):
    report, envelope, key = stored(address)
    spoilt = {"triage": ("danger", "both"), "body": ("age", "18_24"), "identity": ("name", "Sam")}
    answers = {**report.answers, **dict([spoilt[part]])}

    with pytest.raises(StepFailed, match=f"The {part} that opened"):
        compare(
            envelope, key, replace(report, answers=answers), unlock(store, "ann", words_of("ann"))
        )


def test_other_key_in_the_place_of_the_mailboxs_is_found(address: str, store: Path):
    report, envelope, _key = stored(address)

    with pytest.raises(StepFailed, match="The triage that opened"):
        compare(envelope, b"another", report, unlock(store, "ann", words_of("ann")))


@pytest.mark.parametrize("spoil", [lambda sealed: sealed[:-1] + b"\0", lambda sealed: b"nothing"])
def test_damaged_report_is_found(address: str, store: Path, spoil):
    report, envelope, key = stored(address)

    with pytest.raises(StepFailed, match="damaged"):
        compare(spoil(envelope), key, report, unlock(store, "ann", words_of("ann")))


def test_report_that_somebody_has_deleted_is_found():
    with pytest.raises(StepFailed, match="no longer in the database"):
        database.stored(NO_REPORT)


def refusing(verb: str, error: Exception):
    """Has the database refuse statements of a kind."""

    def refuse(execute, sql, *args):
        if sql.startswith(verb):
            raise error
        return execute(sql, *args)

    return connection.execute_wrapper(refuse)


def test_role_that_may_not_delete_is_told_and_no_failure(address: str, tmp_path: Path):
    with refusing("DELETE", ProgrammingError("permission denied")):
        printed = canary(address, tmp_path)

    assert "stays: this database role may not delete. Its words say that it is a test." in printed
    assert "It went well." in printed
    transaction.set_rollback(False)  # the test's own transaction, in which that was refused
    assert Report.objects.count() == 1


def test_role_that_may_not_read_reports_fails_and_the_report_is_deleted(
    address: str, tmp_path: Path
):
    with (
        refusing('SELECT "reporting_report"."envelope"', ProgrammingError("permission denied")),
        pytest.raises(CommandError, match=r"The step open failed.*may not do that"),
    ):
        canary(address, tmp_path)

    assert not Report.objects.exists()


def test_database_that_does_not_answer_fails(address: str, tmp_path: Path):
    with (
        refusing("DELETE", OperationalError("gone: secret")),
        pytest.raises(CommandError, match=r"The step delete failed.*OperationalError") as failed,
    ):
        canary(address, tmp_path)

    assert "secret" not in str(failed.value)


def test_report_that_somebody_deletes_meanwhile_fails_at_delete(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def open_and_delete(site: Site, known: codes.Derived) -> None:
        open_mailbox(site, known)
        assert database.delete(known.report_id)

    monkeypatch.setattr(steps, "open_mailbox", open_and_delete)

    with pytest.raises(CommandError, match=r"The step delete failed.*not in the database"):
        canary(address, tmp_path)


def test_certificate_that_nobody_vouches_for_is_refused_and_nothing_is_sent(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    authority, asked = trustme.CA(), []
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    def answers(what: str) -> tuple[int, str]:
        asked.append(what)
        return 200, "Hello"

    with serving(answers, context) as other:
        with pytest.raises(CommandError, match="SSLCertVerificationError"):
            canary(other, tmp_path)
        assert asked == []
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        with pytest.raises(CommandError, match="answered 200 and shows no report form"):
            canary(other, tmp_path)

    assert asked == ["GET /report/ "]


def test_canary_of_a_real_site(new_site_folder: SiteFolders, tmp_path: Path):
    (tmp_path / "words").write_text("for development only\n")
    (tmp_path / "wrong").write_text("not these words at all\n")
    line = ("canary", "--officer", "developer", "--passphrase-file")

    with running_site(new_site_folder()) as site:
        well = manage(site.environment, *line, str(tmp_path / "words"))
        ill = manage(site.environment, *line, str(tmp_path / "wrong"))
    down = manage(site.environment, *line, str(tmp_path / "words"))

    assert (well.returncode, well.stderr) == (0, "")
    assert re.findall(r"(?m)^(\w+): \d+\.\d\d s$", well.stdout) == STEPS
    assert (ill.returncode, down.returncode) == (1, 1)
    assert "The step keys failed" in ill.stderr
    assert "The step form failed" in down.stderr


def assert_tells_no_secret(printed: str, codes_made: list[str]) -> None:
    assert codes_made
    for code in codes_made:
        assert code not in printed
    assert "words of" not in printed
    assert "PrivateKey" not in printed
