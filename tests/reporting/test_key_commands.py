"""The key commands: what they ask, write and say, and that no passphrase is an argument."""

import json
import os
import stat
import subprocess
import sys
from getpass import GetPassWarning
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from reporting.keystore import FOR_OFFICERS, holds_keys, load_current, unlock, unlock_recovery
from reporting.management import passphrases
from reporting.sealed_export import export_line
from reporting.sealing import PARTS, Purpose, seal
from tests.conftest import ROOT
from tests.reporting.key_sets import KEEPER, SAFE, new_store, words_of

COMMANDS = [
    "make_report_keys",
    "wrap_report_key",
    "rotate_report_keys",
    "rehearse_recovery",
    "open_report_export",
]
TEAM, IDENTITY = Purpose.TEAM, Purpose.IDENTITY
REPORT = bytes(range(16))
WORDS = {"triage": b'["red"]', "body": b'{"words": "caf\\u00e9"}', "identity": b"\xffSam"}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return new_store(tmp_path / "keys", ann=(TEAM, IDENTITY), ben=(TEAM,))


@pytest.fixture
def file(tmp_path: Path):
    """Writes a passphrase into a file of its own."""

    def write(words: str) -> Path:
        path = tmp_path / f"words-{len(list(tmp_path.iterdir()))}"
        path.write_text(words + "\n")
        return path

    return write


@pytest.fixture
def typed(monkeypatch):
    """What is typed at the prompts, in order; gives what was asked."""

    def will_be(*answers: str) -> list[str]:
        asked: list[str] = []
        left = list(answers)

        def type_next(prompt: str) -> str:
            asked.append(prompt)
            return left.pop(0)

        monkeypatch.setattr(passphrases, "getpass", type_next)
        return asked

    will_be()
    return will_be


def run(capsys, name: str, *arguments: object, **options: object) -> str:
    call_command(name, *arguments, **options)
    return capsys.readouterr().out


# --- make -------------------------------------------------------------------------------


def test_keys_are_made_and_the_key_to_pin_is_told(tmp_path, capsys, file):
    folder = tmp_path / "keys"

    told = run(
        capsys,
        "make_report_keys",
        folder=folder,
        passphrase_file=file(KEEPER),
        recovery_passphrase_file=file(SAFE),
    )

    pinned = told.strip().splitlines()[-1].removeprefix("REPORT_MANIFEST_KEY=")
    manifest = load_current(folder, pinned)
    assert not manifest.is_development
    assert unlock_recovery(folder, SAFE).key_id == manifest.key_id(Purpose.RECOVERY)
    assert KEEPER not in told
    with pytest.raises(CommandError, match="is there already; nothing is written over"):
        call_command(
            "make_report_keys",
            folder=folder,
            passphrase_file=file(KEEPER),
            recovery_passphrase_file=file(SAFE),
        )


def test_passphrases_are_asked_twice_when_they_are_typed(tmp_path, typed):
    asked = typed(KEEPER, KEEPER, SAFE, "something else")

    with pytest.raises(CommandError, match=r"not the same\. Nothing was written"):
        call_command("make_report_keys", folder=tmp_path / "keys")

    assert asked == [
        "New passphrase of the key custodian: ",
        "The same again: ",
        "New passphrase of the recovery key: ",
        "The same again: ",
    ]
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(
    ("keeper", "recovery", "message"),
    [
        ("x" * 15, SAFE, "of the key custodian needs at least 16 characters"),
        (KEEPER, "x" * 15, "of the recovery key needs at least 16 characters"),
        (KEEPER, KEEPER, "needs a passphrase of its own"),
    ],
)
def test_passphrase_that_guards_little_is_refused(tmp_path, file, keeper, recovery, message):
    with pytest.raises(CommandError, match=message):
        call_command(
            "make_report_keys",
            folder=tmp_path / "keys",
            passphrase_file=file(keeper),
            recovery_passphrase_file=file(recovery),
        )
    assert not (tmp_path / "keys").exists()


def test_development_keys_are_said_to_be_so_when_they_are_made(tmp_path, capsys, settings):
    settings.REPORT_KEYS_DIR = tmp_path / "keys"

    told = run(capsys, "make_report_keys", "--development", folder=settings.REPORT_KEYS_DIR)

    assert "for DEVELOPMENT ONLY" in told
    assert load_current(tmp_path / "keys").is_development
    assert run(capsys, "make_report_keys", "--development", folder=tmp_path / "keys") == ""


def test_site_on_https_gets_no_development_keys_and_starts_with_its_own(
    tmp_path, settings, store, capsys
):
    settings.SITE_IS_HTTPS = True
    # As on a public server that was given the newest manifest alone.
    (store / "manifest-0001.json").rename(store / "manifest-0007.json")

    assert run(capsys, "make_report_keys", "--development", folder=store) == ""

    with pytest.raises(CommandError, match="a site on https gets no development keys"):
        call_command("make_report_keys", "--development", folder=tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_development_keys_go_nowhere_where_something_else_stands(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(CommandError, match="is there already"):
        call_command("make_report_keys", "--development", folder=tmp_path)


@pytest.mark.parametrize("fault", [EOFError, GetPassWarning("the letters would be seen")])
def test_terminal_that_cannot_hide_what_is_typed_is_told(monkeypatch, fault):
    def fail(prompt):
        raise fault

    monkeypatch.setattr(passphrases, "getpass", fail)

    with pytest.raises(CommandError, match="no terminal to type it at unseen"):
        passphrases.ask("jane", None)


@pytest.mark.parametrize("words", ["", f"{KEEPER}\n{KEEPER}\n"])
def test_without_a_terminal_nothing_is_read_and_a_sentence_says_why(tmp_path, words):
    done = subprocess.run(
        [sys.executable, "manage.py", "make_report_keys", "--folder", tmp_path / "keys"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path / "data")},
        input=words,
        capture_output=True,
        text=True,
        start_new_session=True,  # no terminal to fall back on either
    )

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "CommandError: New passphrase of the key custodian: there is no terminal to type it at"
        " unseen. Type it at one, or name a file whose first line it is; --help says by which"
        " option."
    ]
    assert not (tmp_path / "keys").exists()


# --- wrap -------------------------------------------------------------------------------


def test_new_officer_types_a_passphrase_twice_and_gets_the_team_key(store, capsys, typed):
    asked = typed(KEEPER, words_of("zoe"), words_of("zoe"))

    told = run(capsys, "wrap_report_key", folder=store, officer="zoe")

    (key,) = unlock(store, "zoe", words_of("zoe")).values()
    assert key.purpose == TEAM
    assert told == f"zoe holds the team key {key.key_id}.\n"
    assert asked == [
        "Passphrase of the key custodian: ",
        "New passphrase of zoe: ",
        "The same again: ",
    ]


def test_officer_with_a_key_is_asked_for_the_passphrase_that_they_have(store, capsys, typed):
    asked = typed(KEEPER, words_of("ben"))

    run(capsys, "wrap_report_key", folder=store, officer="ben", purpose=["identity"])

    assert asked == ["Passphrase of the key custodian: ", "Passphrase of ben: "]
    assert len(unlock(store, "ben", words_of("ben"))) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"officer": "ann"}, "ann holds these keys already"),
        ({"officer": "../ann"}, "no name for an officer"),
    ],
)
def test_what_cannot_be_given_is_said(store, file, options, message):
    with pytest.raises(CommandError, match=message):
        call_command(
            "wrap_report_key",
            folder=store,
            passphrase_file=file(KEEPER),
            officer_passphrase_file=file(words_of("ann")),
            **options,
        )


def test_wrong_passphrase_of_the_custodian_is_said(store, file):
    with pytest.raises(CommandError, match=r"custodian/team-.* does not open"):
        call_command(
            "wrap_report_key",
            folder=store,
            officer="zoe",
            passphrase_file=file(SAFE),
            officer_passphrase_file=file(words_of("zoe")),
        )


@pytest.mark.parametrize("content", [b"", b"\nwords of the custodian", b"\xff", None])
def test_passphrase_file_that_holds_none_is_named(store, tmp_path, content):
    path = tmp_path / "words"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=f"{path}.*(first line|cannot be read)"):
        call_command("wrap_report_key", folder=store, officer="zoe", passphrase_file=path)


# --- rotate -----------------------------------------------------------------------------


def test_rotation_gives_those_who_stay_new_keys_and_takes_all_from_leavers(
    store, tmp_path, capsys, file
):
    folder = tmp_path / "officers"
    folder.mkdir()
    (folder / "ann").write_text(words_of("ann"))

    told = run(
        capsys,
        "rotate_report_keys",
        folder=store,
        leaver=["ben"],
        passphrase_file=file(KEEPER),
        officer_passphrases=folder,
    )

    manifest = load_current(store)
    assert told.splitlines() == [
        f"The identity key is now {manifest.key_id(IDENTITY)}.",
        f"The team key is now {manifest.key_id(TEAM)}.",
        "ben holds no key here; remove them from the staff server too.",
        "Manifest 0002 is signed.",
    ]
    assert len(unlock(store, "ann", words_of("ann"))) == 4
    assert not holds_keys(store, "ben")


def test_rotation_asks_those_who_stay_and_names_the_absent(store, capsys, typed):
    asked = typed(KEEPER, words_of("ann"))

    told = run(capsys, "rotate_report_keys", folder=store, absent=["ben"])

    assert asked == ["Passphrase of the key custodian: ", "Passphrase of ann: "]
    assert "ben cannot read new reports before wrap_report_key." in told


def test_rotation_of_the_recovery_key_asks_for_a_new_passphrase(store, capsys, typed, file):
    asked = typed(KEEPER, "another set of words", "another set of words")

    told = run(capsys, "rotate_report_keys", folder=store, purpose=["recovery"])

    assert asked[1:] == ["New passphrase of the new recovery key: ", "The same again: "]
    key = unlock_recovery(store, "another set of words")
    assert f"The recovery key is now {key.key_id}." in told


def test_rotation_that_cannot_be_says_why(store, file):
    with pytest.raises(CommandError, match="zoe holds no key"):
        call_command(
            "rotate_report_keys", folder=store, leaver=["zoe"], passphrase_file=file(KEEPER)
        )
    assert load_current(store).number == 1


# --- rehearse ---------------------------------------------------------------------------


def test_rehearsal_says_that_it_went_well_and_with_which_key(store, capsys, file):
    told = run(capsys, "rehearse_recovery", folder=store, passphrase_file=file(SAFE))

    assert told.startswith("It went well: all parts")
    assert load_current(store).key_id(Purpose.RECOVERY) in told


def test_rehearsal_that_fails_says_so(store, file, tmp_path):
    with pytest.raises(CommandError, match=r"recovery-.* does not open"):
        call_command("rehearse_recovery", folder=store, passphrase_file=file(KEEPER))
    with pytest.raises(CommandError, match="holds no manifest"):
        call_command("rehearse_recovery", folder=tmp_path / "none", passphrase_file=file(SAFE))


# --- open -------------------------------------------------------------------------------


@pytest.fixture
def export(store, tmp_path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_text(export_line(REPORT, seal(REPORT, WORDS, load_current(store))) + "\n")
    return path


def wrapped_key(store: Path, holder: str, purpose: Purpose) -> Path:
    (path,) = (store / holder).glob(f"{purpose}-*.json")
    return path


def test_recovery_key_opens_all_of_an_export(store, export, tmp_path, capsys, file):
    output = tmp_path / "opened.jsonl"

    call_command(
        "open_report_export",
        export,
        key=[wrapped_key(store, "recovery", Purpose.RECOVERY)],
        passphrase_file=file(SAFE),
        output=output,
    )

    (line,) = output.read_text().splitlines()
    assert json.loads(line) == {
        "report_id": REPORT.hex(),
        "parts": {
            "triage": ["red"],
            "body": {"words": "café"},
            "identity": {"base64": "/1NhbQ=="},
        },
        "no_key": [],
        "damaged": [],
    }
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "1 of 1 reports opened.\n"


def test_keys_open_their_own_parts_and_are_asked_for_by_holder(store, export, capsys, typed):
    asked = typed(words_of("ben"))

    call_command(
        "open_report_export",
        export,
        key=[wrapped_key(store, "officers/ben", TEAM)],
        show=True,
    )

    opened = json.loads(capsys.readouterr().out)
    assert sorted(opened["parts"]) == ["body", "triage"]
    assert opened["no_key"] == ["identity"]
    assert asked == ["Passphrase of officer:ben: "]


def test_key_in_plain_words_opens_too(store, export, tmp_path, capsys):
    keys = []
    for key in unlock(store, "ann", words_of("ann")).values():
        keys.append(tmp_path / key.purpose)
        keys[-1].write_text(key.as_text() + "\n")

    names = [name for path in keys for name in ("--key", path)]
    call_command("open_report_export", export, *names, "--show")

    opened = json.loads(capsys.readouterr().out)
    assert sorted(opened["parts"]) == sorted(PARTS)


def test_damaged_reports_are_named_and_the_others_open(store, export, tmp_path, file):
    line = export.read_text()
    envelope = bytearray(seal(REPORT, WORDS, load_current(store)))
    envelope[-1] ^= 1
    damaged = export_line(REPORT[::-1], bytes(envelope))
    short_id = export_line(REPORT[:15], bytes(envelope))
    strangers = ["", "[]", "{}", '"words"', "{", '{"report_id": 7}', "[" * 100_000, short_id]
    export.write_text("\n".join([damaged, *strangers, line]))
    output = tmp_path / "opened.jsonl"

    with pytest.raises(CommandError) as caught:
        call_command(
            "open_report_export",
            export,
            key=[wrapped_key(store, "recovery", Purpose.RECOVERY)],
            passphrase_file=file(SAFE),
            output=output,
        )

    assert str(caught.value) == (
        f"Damaged: {REPORT[::-1].hex()}. Lines that are no report: 2, 3, 4, 5, 6, 7, 8, 9."
    )
    first, last = map(json.loads, output.read_text().splitlines())
    assert first["damaged"] == list(PARTS)
    assert first["parts"] == {}
    assert sorted(last["parts"]) == sorted(PARTS)


def test_line_that_is_no_report_is_an_error_though_none_is_damaged(store, export, file):
    export.write_text(export.read_text() + "words\n")

    with pytest.raises(CommandError, match=r"Damaged: none\. Lines that are no report: 2\."):
        call_command(
            "open_report_export",
            export,
            key=[wrapped_key(store, "recovery", Purpose.RECOVERY)],
            passphrase_file=file(SAFE),
            show=True,
        )


def test_opened_reports_are_not_written_over_another_file(store, export, file):
    before = export.read_bytes()

    with pytest.raises(CommandError, match="is there already"):
        call_command(
            "open_report_export",
            export,
            key=[wrapped_key(store, "recovery", Purpose.RECOVERY)],
            passphrase_file=file(SAFE),
            output=export,
        )
    assert export.read_bytes() == before


def test_key_or_export_that_is_none_is_named(store, export, tmp_path, file):
    nothing = tmp_path / "nothing"
    key = wrapped_key(store, "recovery", Purpose.RECOVERY)

    with pytest.raises(CommandError, match="nothing: No such file"):
        call_command("open_report_export", export, key=[nothing], show=True)
    with pytest.raises(CommandError, match="nothing: No such file"):
        call_command("open_report_export", nothing, key=[key], show=True)
    with pytest.raises(CommandError, match="does not open: another passphrase, or it is no key"):
        call_command("open_report_export", export, key=[export], show=True)
    with pytest.raises(CommandError, match="does not open: another passphrase"):
        call_command(
            "open_report_export", export, key=[key], show=True, passphrase_file=file(KEEPER)
        )


def test_where_it_goes_has_to_be_said(export):
    with pytest.raises(CommandError, match="one of the arguments --output --show is required"):
        call_command("open_report_export", export, "--key", export)


# --- All --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_takes_a_passphrase(name):
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    own = [action for action in parser._actions if "passphrase" in action.dest]

    assert all(action.type is Path for action in own)
    assert own


def test_commands_know_what_officers_may_hold():
    assert {purpose.value for purpose in FOR_OFFICERS} == {"team", "identity"}
