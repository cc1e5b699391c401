"""The folder of keys: whose file opens for whom, what is never written over, and rotation."""

import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from reporting.keystore import (
    DEVELOPMENT_OFFICER,
    DEVELOPMENT_PASSPHRASE,
    FOR_OFFICERS,
    KeyStoreError,
    Passphrases,
    Rotation,
    development_keys,
    holds_keys,
    is_officer_name,
    load_current,
    make_keys,
    officers_with,
    rehearse,
    rotate,
    to_be_asked,
    unlock,
    unlock_recovery,
    wrap_for_officer,
    write_new,
)
from reporting.sealing import (
    PARTS,
    CannotOpen,
    Purpose,
    by_id,
    open_part,
    seal,
    sign_manifest,
    unwrap_private,
)
from tests.reporting.key_sets import CHEAP, KEEPER, KEYS, SAFE, TODAY, new_store, words_of

TEAM, IDENTITY = Purpose.TEAM, Purpose.IDENTITY
REPORT = bytes(16)
WORDS = {part: part.encode() for part in PARTS}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Keys of a force with Ann, who may know who has reported, and Ben, who may not."""
    return new_store(tmp_path / "keys", ann=(TEAM, IDENTITY), ben=(TEAM,))


@pytest.fixture
def open_umask():
    """A machine on which everybody could read what is written without a mode."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[bool, set[int]]:
    """By whether it is a folder: the modes that occur."""
    found: dict[bool, set[int]] = {True: set(), False: set()}
    for path in [folder, *folder.rglob("*")]:
        found[path.is_dir()].add(stat.S_IMODE(path.stat().st_mode))
    return found


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def purposes(keys) -> list[str]:
    return sorted(key.purpose.value for key in keys.values())


def rotated(store: Path, rotation: Rotation | None = None, **officers: str):
    passphrases = Passphrases(KEEPER, officers, "words of a new recovery")
    return rotate(store, rotation or Rotation(), passphrases, TODAY, CHEAP)


BOTH = {"ann": words_of("ann"), "ben": words_of("ben")}


# --- On disk ----------------------------------------------------------------------------


@pytest.mark.usefixtures("open_umask")
def test_all_is_for_the_owner_alone(tmp_path):
    store = new_store(tmp_path / "var" / "keys", ann=(TEAM,))
    rotated(store, ann=words_of("ann"))

    assert modes(tmp_path / "var") == {True: {0o700}, False: {0o600}}


def test_no_private_key_stands_on_disk(store):
    secrets_of_ann = unlock(store, "ann", words_of("ann")).values()
    recovery = unlock_recovery(store, SAFE)

    for key in (*secrets_of_ann, recovery):
        for data in contents(store).values():
            assert key.as_text()[10:50].encode() not in data
            assert key.private[:16] not in data


def test_what_is_needed_where_stands_apart(store):
    names = sorted({path.split("-")[0] for path in contents(store)})

    assert names == [
        "custodian/identity",
        "custodian/signing",
        "custodian/team",
        "manifest",
        "manifest.pub",
        "officers/ann/identity",
        "officers/ann/team",
        "officers/ben/team",
        "recovery/recovery",
    ]


def test_nothing_is_written_over(store):
    before = contents(store)

    with pytest.raises(KeyStoreError, match="is there already; nothing is written over"):
        make_keys(store, KEEPER, SAFE, TODAY, CHEAP)
    with pytest.raises(KeyStoreError, match="is there already; nothing is written over"):
        write_new(store / "manifest.pub", b"other")

    assert contents(store) == before
    assert {path.name for path in store.parent.iterdir()} == {"keys"}


def test_folder_that_holds_anything_at_all_gets_no_keys(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(KeyStoreError, match="is there already"):
        make_keys(tmp_path, KEEPER, SAFE, TODAY, CHEAP)

    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_empty_folder_gets_keys(tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir()

    make_keys(folder, KEEPER, SAFE, TODAY, CHEAP)

    assert load_current(folder).number == 1


def test_making_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ValueError, match="at least 16 characters"):
        make_keys(tmp_path / "keys", KEEPER, "short", TODAY, CHEAP)

    assert list(tmp_path.iterdir()) == []


def test_file_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path, monkeypatch):
    def full(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(KeyStoreError, match=r"one\.json: No space left on device"):
        write_new(tmp_path / "one.json", b"{}")
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_survives_a_power_cut(tmp_path, monkeypatch):
    """The file reaches the disk before its name does, and the name before it is said to be."""
    told, fsync, link = [], os.fsync, os.link

    def noting_fsync(descriptor):
        told.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", noting_fsync)
    monkeypatch.setattr("os.link", lambda *given: (told.append("name"), link(*given)))

    write_new(tmp_path / "one.json", b"{}")

    assert told == ["file", "name", "folder"]


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(KeyStoreError, match=r"/file: File exists\."):
        make_keys(tmp_path / "file" / "keys", KEEPER, SAFE, TODAY, CHEAP)


# --- The manifest -----------------------------------------------------------------------


def test_manifest_is_checked_against_the_key_that_is_pinned(store):
    pinned = (store / "manifest.pub").read_text().strip()
    other = KEYS[Purpose.SIGNING].public.hex()

    assert load_current(store) == load_current(store, pinned)
    with pytest.raises(KeyStoreError, match="not signed by the key that is pinned"):
        load_current(store, other)
    for nonsense in ("xyz", "ab", "é"):
        with pytest.raises(KeyStoreError, match=r"not 64 hex digits|cannot be read"):
            load_current(store, nonsense)


def test_setting_stands_above_the_file_beside_the_manifest(store):
    pinned = (store / "manifest.pub").read_text().strip()
    (store / "manifest.pub").write_text(KEYS[Purpose.SIGNING].public.hex())

    assert load_current(store, pinned).number == 1
    with pytest.raises(KeyStoreError, match="not signed"):
        load_current(store)


def test_pinned_file_that_is_missing_or_no_text_is_named(store):
    (store / "manifest.pub").write_bytes(b"\xff")
    with pytest.raises(KeyStoreError, match="not 64 hex digits"):
        load_current(store)

    (store / "manifest.pub").unlink()
    with pytest.raises(KeyStoreError, match=r"manifest.pub: No such file"):
        load_current(store)


def test_folder_without_a_manifest_says_what_makes_one(tmp_path):
    (tmp_path / "manifest-old.json").write_text("{}")

    with pytest.raises(KeyStoreError, match="holds no manifest; make_report_keys makes one"):
        load_current(tmp_path)


def test_older_manifest_never_stands_in_for_a_damaged_one(store):
    rotated(store, **BOTH)
    newest = store / "manifest-0002.json"
    newest.write_bytes(newest.read_bytes().replace(b'"number": 2', b'"number": 3'))

    with pytest.raises(KeyStoreError, match=r"manifest-0002\.json: The manifest is not signed"):
        load_current(store)


def test_older_manifest_under_a_newer_number_is_noticed(store):
    shutil.copy(store / "manifest-0001.json", store / "manifest-0002.json")

    with pytest.raises(KeyStoreError, match="the manifest of another number"):
        load_current(store)


# --- Officers ---------------------------------------------------------------------------


def test_officer_unlocks_what_they_hold(store):
    ann, ben = unlock(store, "ann", words_of("ann")), unlock(store, "ben", words_of("ben"))

    assert purposes(ann) == ["identity", "team"]
    assert purposes(ben) == ["team"]
    envelope = seal(REPORT, WORDS, load_current(store))
    assert open_part(envelope, REPORT, "identity", ann) == WORDS["identity"]
    assert open_part(envelope, REPORT, "body", ben) == WORDS["body"]
    with pytest.raises(CannotOpen):
        open_part(envelope, REPORT, "identity", ben)


def test_wrong_passphrase_and_no_key_at_all_look_the_same(store):
    told = set()
    for name, words in [("ann", words_of("ben")), ("zoe", words_of("zoe"))]:
        with pytest.raises(CannotOpen) as caught:
            unlock(store, name, words)
        told.add(str(caught.value))

    assert len(told) == 1


def test_file_of_another_officer_does_not_open(store):
    """Not even with their passphrase, so that a log of who has opened what holds."""
    (path,) = (store / "officers" / "ben").iterdir()
    (store / "officers" / "eve").mkdir()
    shutil.copy(path, store / "officers" / "eve" / path.name)

    with pytest.raises(CannotOpen):
        unlock(store, "eve", words_of("ben"))


def test_damaged_file_does_not_keep_the_others_shut(store):
    (path,) = (store / "officers" / "ann").glob("identity-*")
    path.write_bytes(b"damaged")

    assert purposes(unlock(store, "ann", words_of("ann"))) == ["team"]


@pytest.mark.parametrize("name", ["ann", "Ann.Lee", "a@b.uk", "x" * 150, "4711", "_", "a+b-c"])
def test_names_as_django_has_them_are_officers(name):
    assert is_officer_name(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../custodian", "a/b", "/etc", "-rf", "a b", "x" * 151, "a\n", "é"]
)
def test_name_that_leads_elsewhere_is_none(store, name):
    before = contents(store)

    assert not is_officer_name(name)
    for attempt in (
        lambda: wrap_for_officer(store, name, [TEAM], KEEPER, words_of("x"), CHEAP),
        lambda: unlock(store, name, words_of("x")),
        lambda: holds_keys(store, name),
    ):
        with pytest.raises(KeyStoreError, match="no name for an officer"):
            attempt()
    assert contents(store) == before


def test_officer_gets_a_further_key_under_the_same_passphrase(store):
    with pytest.raises(KeyStoreError, match="does not open"):
        wrap_for_officer(store, "ben", [IDENTITY], KEEPER, "another passphrase", CHEAP)

    wrap_for_officer(store, "ben", [TEAM, IDENTITY], KEEPER, words_of("ben"), CHEAP)

    assert purposes(unlock(store, "ben", words_of("ben"))) == ["identity", "team"]


def test_officer_who_holds_a_key_gets_no_second_file_of_it(store):
    before = contents(store)

    with pytest.raises(KeyStoreError, match="ben holds these keys already"):
        wrap_for_officer(store, "ben", [TEAM], KEEPER, words_of("ben"), CHEAP)

    assert contents(store) == before


def test_keys_are_given_by_the_custodian_alone(store):
    with pytest.raises(KeyStoreError, match=r"custodian/team-.* does not open"):
        wrap_for_officer(store, "zoe", [TEAM], SAFE, words_of("zoe"), CHEAP)

    assert not holds_keys(store, "zoe")


def test_server_without_the_custodians_folder_gives_no_keys(store):
    shutil.rmtree(store / "custodian")

    with pytest.raises(KeyStoreError, match="custodian holds no such key"):
        wrap_for_officer(store, "zoe", [TEAM], KEEPER, words_of("zoe"), CHEAP)
    with pytest.raises(KeyStoreError, match="custodian holds no signing key"):
        rotated(store, **BOTH)


def test_new_officer_can_read_what_came_before_them(store):
    envelope = seal(REPORT, WORDS, load_current(store))
    rotated(store, **BOTH)

    wrap_for_officer(store, "zoe", [TEAM], KEEPER, words_of("zoe"), CHEAP)

    zoe = unlock(store, "zoe", words_of("zoe"))
    assert purposes(zoe) == ["team", "team"]
    assert open_part(envelope, REPORT, "body", zoe) == WORDS["body"]


# --- Rotation ---------------------------------------------------------------------------


def test_rotation_leaves_old_reports_to_those_who_stay_and_new_ones_too(store):
    old = seal(REPORT, WORDS, load_current(store))

    following = rotated(store, **BOTH)

    new = seal(REPORT, WORDS, load_current(store))
    assert load_current(store) == following
    assert following.number == 2
    for name, parts in (("ann", PARTS), ("ben", ("triage", "body"))):
        keys = unlock(store, name, words_of(name))
        for envelope in (old, new):
            for part in parts:
                assert open_part(envelope, REPORT, part, keys) == WORDS[part]
    assert purposes(unlock(store, "ben", words_of("ben"))) == ["team", "team"]


def test_leaver_loses_the_files_and_can_read_nothing_new(store):
    kept = unlock(store, "ben", words_of("ben"))  # what they may have copied
    old = seal(REPORT, WORDS, load_current(store))

    rotated(store, Rotation(leavers=frozenset({"ben"})), ann=words_of("ann"))

    assert not (store / "officers" / "ben").exists()
    with pytest.raises(CannotOpen):
        unlock(store, "ben", words_of("ben"))
    new = seal(REPORT, WORDS, load_current(store))
    for part in PARTS:
        with pytest.raises(CannotOpen):
            open_part(new, REPORT, part, kept)
    ann = unlock(store, "ann", words_of("ann"))
    assert open_part(old, REPORT, "body", ann) == open_part(new, REPORT, "body", ann)


def test_leaver_whose_key_would_stay_in_use_is_refused(store):
    before = contents(store)
    only_team = Rotation(purposes=frozenset({TEAM}), leavers=frozenset({"ann"}))

    with pytest.raises(KeyStoreError, match="ann holds a key that would stay in use"):
        rotated(store, only_team, **BOTH)
    with pytest.raises(KeyStoreError, match="zoe holds no key"):
        rotated(store, Rotation(leavers=frozenset({"zoe"})), **BOTH)

    assert contents(store) == before
    rotated(store, replace(only_team, leavers=frozenset({"ben"})), **BOTH)
    assert not holds_keys(store, "ben")


def test_leaver_who_holds_old_keys_only_can_go(store):
    rotated(store, Rotation(absent=frozenset({"ben"})), ann=words_of("ann"))

    rotated(
        store,
        Rotation(purposes=frozenset({IDENTITY}), leavers=frozenset({"ben"})),
        ann=words_of("ann"),
    )

    assert not holds_keys(store, "ben")


def test_absent_officer_gets_the_new_key_later(store):
    rotated(store, Rotation(absent=frozenset({"ben"})), ann=words_of("ann"))
    new = seal(REPORT, WORDS, load_current(store))
    with pytest.raises(CannotOpen):
        open_part(new, REPORT, "body", unlock(store, "ben", words_of("ben")))

    wrap_for_officer(store, "ben", [TEAM], KEEPER, words_of("ben"), CHEAP)

    ben = unlock(store, "ben", words_of("ben"))
    assert open_part(new, REPORT, "body", ben) == WORDS["body"]


@pytest.mark.parametrize(
    ("officers", "message"),
    [
        ({"ann": words_of("ann")}, "ben holds a key: their passphrase is needed"),
        ({**BOTH, "ben": words_of("ann")}, r"officers/ben/team-.* does not open"),
    ],
)
def test_nobody_is_left_behind_by_mistake(store, officers, message):
    before = contents(store)

    with pytest.raises(KeyStoreError, match=message):
        rotated(store, **officers)

    assert contents(store) == before


def test_those_are_asked_who_hold_what_is_replaced_and_stay(store):
    identity = Rotation(purposes=frozenset({IDENTITY}))

    assert to_be_asked(store, Rotation()) == ["ann", "ben"]
    assert to_be_asked(store, identity) == ["ann"]
    assert to_be_asked(store, Rotation(leavers=frozenset({"ann"}))) == ["ben"]
    assert to_be_asked(store, Rotation(absent=frozenset({"ben"}))) == ["ann"]
    assert to_be_asked(store, Rotation(purposes=frozenset({Purpose.RECOVERY}))) == []


def test_only_what_was_asked_for_is_replaced(store):
    before = load_current(store)

    after = rotated(store, Rotation(purposes=frozenset({IDENTITY})), ann=words_of("ann"))

    same = {
        purpose for purpose in before.public_keys if before.key_id(purpose) == after.key_id(purpose)
    }
    assert same == {TEAM, Purpose.RECOVERY}
    assert officers_with(store, IDENTITY, after.key_id(IDENTITY)) == {"ann"}
    assert officers_with(store, TEAM, after.key_id(TEAM)) == {"ann", "ben"}


def test_new_recovery_key_has_its_own_passphrase_and_the_old_one_stays(store):
    old = seal(REPORT, WORDS, load_current(store))
    old_key = unlock_recovery(store, SAFE)
    recovery = Rotation(purposes=frozenset({Purpose.RECOVERY}))
    with pytest.raises(ValueError, match="at least 16 characters"):
        rotate(store, recovery, Passphrases(KEEPER), TODAY, CHEAP)

    rotated(store, recovery)

    rehearse(load_current(store), unlock_recovery(store, "words of a new recovery"))
    with pytest.raises(KeyStoreError, match="does not open"):
        unlock_recovery(store, SAFE)
    assert open_part(old, REPORT, "body", by_id(old_key)) == WORDS["body"]
    assert len(list((store / "recovery").iterdir())) == 2


def test_manifest_that_the_custodian_has_not_signed_is_not_followed(store):
    """Whoever exchanges the manifest and the key beside it gets no key of theirs signed."""
    thief = KEYS[Purpose.SIGNING]
    forged = sign_manifest(load_current(store), thief)
    (store / "manifest-0001.json").write_bytes(forged)
    (store / "manifest.pub").write_text(thief.public.hex())
    assert load_current(store).number == 1

    with pytest.raises(KeyStoreError, match="not signed by the key that is pinned"):
        rotated(store, **BOTH)


def test_rotation_that_is_broken_off_leaves_the_old_manifest_in_force(store, monkeypatch):
    def broken(*given):
        raise KeyboardInterrupt

    monkeypatch.setattr("reporting.keystore.rotation.write_manifest", broken)
    with pytest.raises(KeyboardInterrupt):
        rotated(store, Rotation(leavers=frozenset({"ben"})), ann=words_of("ann"))
    monkeypatch.undo()

    assert load_current(store).number == 1
    assert holds_keys(store, "ben")
    rotated(store, Rotation(leavers=frozenset({"ben"})), ann=words_of("ann"))
    assert load_current(store).number == 2


def test_passphrases_are_not_printed():
    printed = repr(Passphrases(KEEPER, BOTH, SAFE))

    assert not any(words in printed for words in (KEEPER, SAFE, *BOTH.values()))


# --- Recovery ---------------------------------------------------------------------------


def test_recovery_key_opens_all_that_is_sealed_today(store):
    rehearse(load_current(store), unlock_recovery(store, SAFE))


@pytest.mark.parametrize("purpose", [TEAM, IDENTITY, Purpose.RECOVERY])
def test_rehearsal_with_a_key_that_would_not_do_fails(store, purpose):
    with pytest.raises(KeyStoreError, match="reports could not be recovered with it"):
        rehearse(load_current(store), KEYS[purpose])


def test_rehearsal_in_which_something_else_comes_back_fails(store, monkeypatch):
    monkeypatch.setattr("reporting.keystore.rehearsal.open_part", lambda *given: b"something else")

    with pytest.raises(KeyStoreError, match="could not be recovered"):
        rehearse(load_current(store), unlock_recovery(store, SAFE))


def test_recovery_key_opens_with_its_own_passphrase_alone(store):
    with pytest.raises(KeyStoreError, match="another passphrase, or the file was changed"):
        unlock_recovery(store, KEEPER)

    shutil.rmtree(store / "recovery")
    with pytest.raises(KeyStoreError, match="No such file"):
        unlock_recovery(store, SAFE)


def test_custodian_cannot_recover(store):
    """Neither by their passphrase nor by the keys that it opens does one person read it all."""
    for path in (store / "recovery").iterdir():
        with pytest.raises(CannotOpen):
            unwrap_private(path.read_bytes(), "recovery", KEEPER)


# --- Development ------------------------------------------------------------------------


def test_development_keys_are_made_once_and_say_what_they_are(tmp_path):
    folder = tmp_path / "keys" / "reporting"

    assert development_keys(folder, TODAY)
    before = contents(tmp_path)
    assert not development_keys(folder, TODAY)

    assert contents(tmp_path) == before
    notice = (folder / "DEVELOPMENT.txt").read_text()
    assert notice.startswith("THESE KEYS ARE FOR DEVELOPMENT ONLY.")
    assert DEVELOPMENT_PASSPHRASE in notice
    assert load_current(folder).is_development
    assert modes(tmp_path / "keys") == {True: {0o700}, False: {0o600}}


def test_development_keys_open_reports(tmp_path):
    folder = tmp_path / "keys"
    development_keys(folder, TODAY)

    keys = unlock(folder, DEVELOPMENT_OFFICER, DEVELOPMENT_PASSPHRASE)

    envelope = seal(REPORT, WORDS, load_current(folder))
    assert {part: open_part(envelope, REPORT, part, keys) for part in PARTS} == WORDS
    rehearse(load_current(folder), unlock_recovery(folder, DEVELOPMENT_PASSPHRASE))


def test_real_keys_are_left_alone_and_do_not_say_that_they_are_for_development(store):
    before = contents(store)

    assert not development_keys(store, TODAY)

    assert contents(store) == before
    assert not load_current(store).is_development


def test_rotated_development_keys_stay_what_they_are(tmp_path):
    folder = tmp_path / "keys"
    development_keys(folder, TODAY)
    words = {DEVELOPMENT_OFFICER: DEVELOPMENT_PASSPHRASE}

    after = rotate(folder, Rotation(), Passphrases(DEVELOPMENT_PASSPHRASE, words), TODAY, CHEAP)

    assert after.is_development


def test_two_first_starts_agree_on_one_set(tmp_path, monkeypatch):
    """The other start finishes while this one is still at it."""
    from reporting.keystore import development

    folder = tmp_path / "keys"
    fill = development.fill_folder

    def fill_while_another_finishes(*given, **more):
        monkeypatch.undo()
        assert development_keys(folder, TODAY)
        return fill(*given, **more)

    monkeypatch.setattr(development, "fill_folder", fill_while_another_finishes)

    assert not development_keys(folder, TODAY)
    assert load_current(folder).number == 1
    assert {path.name for path in tmp_path.iterdir()} == {"keys"}


def test_folder_of_something_else_gets_no_development_keys(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(KeyStoreError, match="is there already"):
        development_keys(tmp_path, TODAY)


def test_officers_get_team_and_identity_and_never_recovery():
    assert FOR_OFFICERS == (TEAM, IDENTITY)
