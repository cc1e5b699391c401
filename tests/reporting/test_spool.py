"""What is acknowledged is there, whole and once, whenever a process is killed."""

import errno
import hashlib
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting import spool
from reporting.spool import DifferentContent, SpoolError, append, damaged, remove, waiting

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = [f"{number:032x}" for number in range(1, 100)]
ONE, TWO, THREE = NAMES[:3]

# What the spool asks of the kernel.
SYSTEM_CALLS = {
    "open", "write", "utime", "fsync", "close", "link", "unlink", "rename", "mkdir", "scandir",
    "stat", "fdopen",
}  # fmt: skip


def content_of(name):
    return f"content of {name}".encode() * 50


def names_in(folder):
    return [entry.name for entry in waiting(folder)]


def files_in(folder):
    return sorted(path.name for path in folder.iterdir())


def damaged_files(folder):
    return sorted(path for path in (folder / "damaged").rglob("*") if not path.is_dir())


@pytest.fixture
def later(monkeypatch):
    """Lets the time since now grow by so many seconds."""

    def move(seconds):
        now = time.time() + seconds
        monkeypatch.setattr(spool.time, "time", lambda: now)

    return move


class Calls:
    """Stands in for ``os`` inside the spool and is told of each system call."""

    def __init__(self, before):
        self._before = before

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in SYSTEM_CALLS:
            return real

        def call(*arguments, **named):
            return self._before(name, real, arguments, named)

        return call


# Storing and reading


@given(st.lists(st.binary(max_size=3000), max_size=5))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_stored_is_read(tmp_path_factory, contents):
    folder = tmp_path_factory.mktemp("spool")
    for name, content in zip(NAMES, contents, strict=False):
        append(folder, name, content)

    found = {entry.name: entry.content for entry in waiting(folder)}

    assert found == dict(zip(NAMES, contents, strict=False))


def test_first_to_arrive_is_read_first(tmp_path):
    order = [NAMES[number] for number in (5, 2, 9, 1)]
    for name in order:
        append(tmp_path, name, b"x")
        time.sleep(0.02)  # the kernel's clock for files has steps of some milliseconds

    assert names_in(tmp_path) == order


def test_same_again_changes_nothing(tmp_path):
    append(tmp_path, ONE, b"words")
    time.sleep(0.02)
    append(tmp_path, TWO, b"other words")
    append(tmp_path, ONE, b"words")

    assert [entry.content for entry in waiting(tmp_path)] == [b"words", b"other words"]
    assert files_in(tmp_path) == [ONE, TWO]


def test_other_content_under_the_same_name_is_refused_and_the_first_stays(tmp_path):
    append(tmp_path, ONE, b"words")

    with pytest.raises(DifferentContent, match=r"^the name is taken$") as caught:
        append(tmp_path, ONE, b"other words")

    assert caught.value.__suppress_context__
    assert isinstance(caught.value, SpoolError)
    assert [entry.content for entry in waiting(tmp_path)] == [b"words"]
    assert files_in(tmp_path) == [ONE]


def test_removed_is_gone_and_removing_again_is_no_error(tmp_path):
    append(tmp_path, ONE, b"words")
    append(tmp_path, TWO, b"words")

    remove(tmp_path, ONE)
    remove(tmp_path, ONE)

    assert names_in(tmp_path) == [TWO]


def test_entry_tells_the_hour_of_arrival_and_so_does_the_file(tmp_path, monkeypatch):
    arrived = datetime(2026, 3, 1, 17, 59, 59, 999999, UTC)
    monkeypatch.setattr(spool.time, "time", arrived.timestamp)
    append(tmp_path, ONE, b"words")

    [entry] = waiting(tmp_path)

    assert entry.arrived_at == datetime(2026, 3, 1, 17, tzinfo=UTC)
    assert (tmp_path / ONE).stat().st_mtime_ns == entry.arrived_at.timestamp() * 1e9
    assert (tmp_path / ONE).stat().st_atime >= entry.arrived_at.timestamp()


def test_entry_does_not_show_its_content(tmp_path):
    append(tmp_path, ONE, b"words")

    assert "words" not in "".join(map(repr, waiting(tmp_path)))


def test_only_the_owner_can_read_the_file(tmp_path):
    before = os.umask(0)
    try:
        append(tmp_path, ONE, b"words")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / ONE).stat().st_mode) == 0o600


BAD_NAMES = ["", "1", "0" * 31, "0" * 33, "A" * 32, "0" * 31 + "g", "../" + "0" * 29,
             "0" * 32 + "\n", "\u0660" * 32, "." * 32]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_bad_name_is_refused(tmp_path, name):
    text = "^a name in the spool has 32 hexadecimal digits$"
    with pytest.raises(ValueError, match=text):
        append(tmp_path, name, b"words")
    with pytest.raises(ValueError, match=text):
        remove(tmp_path, name)

    assert files_in(tmp_path) == []


def test_largest_content_is_stored_and_a_larger_one_is_refused(tmp_path):
    append(tmp_path, ONE, bytes(1024 * 1024))
    with pytest.raises(ValueError, match=r"^too large for the spool$"):
        append(tmp_path, TWO, bytes(1024 * 1024 + 1))

    [entry] = waiting(tmp_path)
    assert entry.content == bytes(1024 * 1024)


def test_file_is_made_as_documented(tmp_path, later):
    later(0)
    append(tmp_path, ONE, b"words")

    data = (tmp_path / ONE).read_bytes()

    hour = int(time.time()) // 3600 * 3600
    head = b"SPOOL\r\n1" + hour.to_bytes(8, "big") + (5).to_bytes(8, "big")
    assert data == head + hashlib.sha256(ONE.encode() + head + b"words").digest() + b"words"


def test_kernel_that_writes_little_at_a_time_still_gets_it_all(tmp_path, monkeypatch):
    def little(name, real, arguments, named):
        if name == "write":
            descriptor, data = arguments
            return os.write(descriptor, data[:7])
        return real(*arguments, **named)

    monkeypatch.setattr(spool, "os", Calls(little))
    append(tmp_path, ONE, content_of(ONE))
    monkeypatch.undo()

    assert [entry.content for entry in waiting(tmp_path)] == [content_of(ONE)]


# Power cuts: what is written must be on the disk in this order


def recorded(monkeypatch, work):
    """The system calls that change something, with what each one is about."""
    calls, paths = [], {}

    def record(name, real, arguments, named):
        result = real(*arguments, **named)
        about = arguments[0]
        if name == "open":
            paths[result] = str(about)
        elif name in ("write", "fsync"):
            calls.append((name, paths[about]))
        elif name in ("link", "rename"):
            calls.append((name, arguments[1]))
        elif name in ("unlink", "mkdir"):
            calls.append((name, about))
        return result

    monkeypatch.setattr(spool, "os", Calls(record))
    try:
        work()
    finally:
        monkeypatch.undo()
    return calls


def test_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_append_returns(
    tmp_path, monkeypatch
):
    calls = recorded(monkeypatch, lambda: append(tmp_path, ONE, b"words"))

    temporary = calls[0][1]
    assert temporary.startswith(f"{ONE}.")
    assert calls == [
        ("write", temporary),
        ("fsync", temporary),
        ("link", ONE),
        ("fsync", str(tmp_path)),
        ("unlink", temporary),
    ]


@pytest.mark.parametrize("content", [b"words", b"other words"])
def test_name_that_another_process_has_just_given_is_on_the_disk_before_append_says_so(
    tmp_path, monkeypatch, content
):
    append(tmp_path, ONE, b"words")

    def again():
        try:
            append(tmp_path, ONE, content)
        except DifferentContent:
            assert content != b"words"
        else:
            assert content == b"words"

    assert recorded(monkeypatch, again) == [("fsync", str(tmp_path))]


def test_name_that_another_process_gives_meanwhile_is_on_the_disk_before_append_says_so(
    tmp_path, monkeypatch
):
    whole = spool._write

    def write_more_slowly_than_another(there, temporary, data):
        monkeypatch.setattr(spool, "_write", whole)
        append(tmp_path, ONE, b"words")
        whole(there, temporary, data)

    monkeypatch.setattr(spool, "_write", write_more_slowly_than_another)
    calls = recorded(monkeypatch, lambda: append(tmp_path, ONE, b"words"))

    assert [kind for kind, _name in calls[-2:]] == ["fsync", "unlink"]
    assert calls[-2] == ("fsync", str(tmp_path))
    assert names_in(tmp_path) == [ONE]


def test_second_press_needs_no_room_on_the_disk(tmp_path, monkeypatch):
    append(tmp_path, ONE, b"words")

    def fail(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spool, "_write", fail)

    append(tmp_path, ONE, b"words")
    with pytest.raises(DifferentContent):
        append(tmp_path, ONE, b"sealed anew")


def test_removal_is_on_the_disk_before_remove_returns(tmp_path, monkeypatch):
    append(tmp_path, ONE, b"words")

    calls = recorded(monkeypatch, lambda: remove(tmp_path, ONE))

    assert calls == [("unlink", ONE), ("fsync", str(tmp_path))]


def test_file_set_aside_is_on_the_disk_in_its_new_place(tmp_path, monkeypatch):
    (tmp_path / ONE).write_bytes(b"torn")

    calls = recorded(monkeypatch, lambda: names_in(tmp_path))

    new = calls[1][1]
    assert calls == [
        ("mkdir", "damaged"),
        ("mkdir", new),
        ("rename", f"{new}/{ONE}"),
        ("fsync", new),
        ("fsync", "damaged"),
        ("fsync", "."),
    ]


# Killed


def killed_at(step, manner, work):
    """Runs the work in a child that kills itself at its step-th system call: before it, after it,
    or, where it writes, half way. Returns what the child acknowledged, and whether it came to the
    end before that."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            count = 0

            def before(name, real, arguments, named):
                nonlocal count
                count += 1
                if count == step:
                    if manner == "half" and name == "write":
                        os.write(arguments[0], arguments[1][: len(arguments[1]) // 2])
                    elif manner == "after":
                        real(*arguments, **named)
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments, **named)

            spool.os = Calls(before)
            work(lambda name: os.write(writing, f"{name}\n".encode()))
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as acknowledged:
        names = acknowledged.read().split()
    _child, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return names, status == 0


def every_kill(tmp_path, prepare, work, check):
    """Kills at each step in each manner, in a folder of its own each time."""
    steps = 0
    for manner in ("before", "after", "half"):
        is_at_the_end, step = False, 0
        while not is_at_the_end:
            step += 1
            folder = tmp_path / f"{manner}-{step}"
            folder.mkdir()
            prepare(folder)
            names, is_at_the_end = killed_at(
                step, manner, lambda tell, folder=folder: work(folder, tell)
            )
            check(folder, names)
            shutil.rmtree(folder)
        steps += step - 1
    return steps


def test_append_killed_at_every_step_loses_nothing_that_was_acknowledged(tmp_path, later):
    later(0)

    def work(folder, tell):
        for name in (ONE, TWO, ONE):
            append(folder, name, content_of(name))
            tell(name)

    def check(folder, acknowledged):
        found = [(entry.name, entry.content) for entry in waiting(folder)]
        assert {name for name, _content in found} >= set(acknowledged)
        assert len(found) == len(set(found)) <= len(set(acknowledged)) + 1
        for name, content in found:
            assert content == content_of(name)
        # The reader presses Send again, and somebody tidies.
        for name in (ONE, TWO):
            append(folder, name, content_of(name))
        later(61)
        assert sorted(names_in(folder)) == files_in(folder) == [ONE, TWO]
        later(0)

    steps = every_kill(tmp_path, lambda folder: None, work, check)

    assert steps >= 2 * 3 * 8


def insert(database, entry):
    """Inserts once, as the database does by its key: whole, or not at all."""
    there = [line.split(" ")[0] for line in database.read_text().splitlines()]
    if entry.name not in there:
        line = f"{entry.name} {hashlib.sha256(entry.content).hexdigest()}\n"
        descriptor = os.open(database, os.O_WRONLY | os.O_APPEND)
        os.write(descriptor, line.encode())
        os.close(descriptor)


def drain(folder, database):
    for entry in waiting(folder):
        insert(database, entry)
        remove(folder, entry.name)


def inserted(database):
    return sorted(database.read_text().splitlines())


def lines_for(*names):
    return sorted(f"{name} {hashlib.sha256(content_of(name)).hexdigest()}" for name in names)


def test_drain_killed_at_every_step_inserts_everything_once(tmp_path):
    database = tmp_path / "database"

    def prepare(folder):
        database.write_text("")
        for name in (ONE, TWO, THREE):
            append(folder, name, content_of(name))

    def check(folder, _acknowledged):
        drain(folder, database)
        assert inserted(database) == lines_for(ONE, TWO, THREE)
        assert files_in(folder) == []

    steps = every_kill(tmp_path, prepare, lambda folder, tell: drain(folder, database), check)

    assert steps >= 3 * 3 * 4


def test_setting_aside_killed_at_every_step_loses_neither_the_torn_nor_the_whole(tmp_path):
    def prepare(folder):
        append(folder, ONE, content_of(ONE))
        (folder / TWO).write_bytes(b"torn")
        append(folder, THREE, content_of(THREE))

    def check(folder, _acknowledged):
        assert sorted(names_in(folder)) == [ONE, THREE]
        [aside] = damaged_files(folder)
        assert aside.name == TWO
        assert aside.read_bytes() == b"torn"

    steps = every_kill(tmp_path, prepare, lambda folder, tell: names_in(folder), check)

    assert steps >= 3 * 10


def child(work):
    process = os.fork()
    if process == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return process


def test_processes_that_append_and_drain_at_once_lose_and_double_nothing(tmp_path):
    folder, database = tmp_path / "spool", tmp_path / "database"
    folder.mkdir()
    database.mkdir()

    def append_all(names):
        for name in names:
            append(folder, name, content_of(name))

    def drain_until_told():
        while not (tmp_path / "enough").exists():
            drain_once()

    def drain_once():
        for entry in waiting(folder):
            assert entry.content == content_of(entry.name)
            (database / entry.name).write_bytes(entry.content)
            # What a drain has seen may be removed by it alone or by the other as well.
            remove(folder, entry.name)

    drains = [child(drain_until_told) for _number in range(2)]
    # The middle third comes from both.
    appends = [child(lambda: append_all(NAMES[:40])), child(lambda: append_all(NAMES[20:60]))]
    results = [os.waitpid(process, 0)[1] for process in appends]
    (tmp_path / "enough").touch()
    results += [os.waitpid(process, 0)[1] for process in drains]
    drain_once()

    assert results == [0, 0, 0, 0]
    assert files_in(database) == NAMES[:60]
    assert all(path.read_bytes() == content_of(path.name) for path in database.iterdir())
    assert files_in(folder) == []


def test_name_that_comes_and_goes_is_tried_again_and_then_given_up(tmp_path, monkeypatch):
    links = []

    def busy(name, real, arguments, named):
        if name == "link":
            links.append(arguments[1])
            if len(links) < 3:
                raise FileExistsError  # and by the time it is read, a drain has taken it
        return real(*arguments, **named)

    monkeypatch.setattr(spool, "os", Calls(busy))
    append(tmp_path, ONE, b"words")
    assert names_in(tmp_path) == [ONE]
    assert len(links) == 3

    remove(tmp_path, ONE)
    links.clear()

    def always_busy(name, real, arguments, named):
        if name == "link":
            links.append(arguments[1])
            raise FileExistsError
        return real(*arguments, **named)

    monkeypatch.setattr(spool, "os", Calls(always_busy))
    with pytest.raises(SpoolError, match=r"^the spool cannot do it: the name comes and goes$"):
        append(tmp_path, ONE, b"words")
    assert len(links) == 3
    assert files_in(tmp_path) == []


def test_entry_that_another_drain_has_taken_is_passed_over(tmp_path):
    for name in (ONE, TWO, THREE):
        append(tmp_path, name, b"words")
    entries = waiting(tmp_path)
    first = next(entries)

    for name in {ONE, TWO, THREE} - {first.name, THREE}:
        remove(tmp_path, name)

    assert [entry.name for entry in entries] == [name for name in (THREE,) if name != first.name]


# Temporary files


def test_temporary_file_is_left_for_a_minute_and_then_tidied(tmp_path, monkeypatch):
    temporary = tmp_path / f"{ONE}.{'0' * 16}.tmp"
    temporary.write_bytes(b"half")
    written_at = temporary.stat().st_ctime

    for seconds, is_left in ((0, True), (59.5, True), (60.5, False)):
        now = written_at + seconds
        monkeypatch.setattr(spool.time, "time", lambda now=now: now)
        assert names_in(tmp_path) == []
        assert temporary.exists() == is_left

    assert files_in(tmp_path) == []


def test_temporary_file_that_cannot_be_tidied_does_no_harm(tmp_path, later, monkeypatch):
    (tmp_path / f"{TWO}.{'0' * 16}.tmp").write_bytes(b"half")
    append(tmp_path, ONE, b"words")
    later(61)

    def no_unlink(name, real, arguments, named):
        if name == "unlink":
            raise PermissionError
        return real(*arguments, **named)

    monkeypatch.setattr(spool, "os", Calls(no_unlink))

    assert names_in(tmp_path) == [ONE]


# Torn and foreign files


@pytest.fixture
def whole(tmp_path):
    append(tmp_path, ONE, content_of(ONE))
    data = (tmp_path / ONE).read_bytes()
    (tmp_path / ONE).unlink()
    return data


def assert_set_aside(folder, data, caplog):
    assert names_in(folder) == []
    [aside] = damaged_files(folder)
    assert aside.read_bytes() == data
    assert damaged(folder) == 1
    [record] = caplog.records
    assert (record.name, record.levelname) == ("reporting.spool", "ERROR")
    told = record.getMessage()
    assert told == f"Spool: a torn or foreign file was moved to damaged/{aside.parent.name}"
    assert names_in(folder) == []
    assert damaged(folder) == 1
    assert stat.S_IMODE((folder / "damaged").stat().st_mode) == 0o700
    assert stat.S_IMODE(aside.parent.stat().st_mode) == 0o700


def test_file_torn_anywhere_is_set_aside(tmp_path, whole, caplog):
    for number, length in enumerate((*range(0, 60), len(whole) // 2, len(whole) - 1), start=1):
        (tmp_path / ONE).write_bytes(whole[:length])
        assert names_in(tmp_path) == []
        assert damaged(tmp_path) == number


@pytest.mark.parametrize("place", [0, 7, 8, 15, 16, 23, 24, 55, 56, 200])
def test_file_with_one_flipped_bit_is_set_aside(tmp_path, whole, caplog, place):
    data = bytearray(whole)
    data[place] ^= 1
    (tmp_path / ONE).write_bytes(data)

    assert_set_aside(tmp_path, bytes(data), caplog)


def test_file_with_something_added_is_set_aside(tmp_path, whole, caplog):
    (tmp_path / ONE).write_bytes(whole + b"\n")

    assert_set_aside(tmp_path, whole + b"\n", caplog)


def test_file_under_the_name_of_another_is_set_aside(tmp_path, whole, caplog):
    (tmp_path / TWO).write_bytes(whole)

    assert_set_aside(tmp_path, whole, caplog)


def forged(magic=b"SPOOL\r\n1", hour=0, length=5, content=b"words"):
    head = magic + hour.to_bytes(8, "big") + length.to_bytes(8, "big")
    return head + hashlib.sha256(ONE.encode() + head + content).digest() + content


@pytest.mark.parametrize(
    "data",
    [
        forged(magic=b"SPOOL\r\n2"),
        forged(length=4),
        forged(length=6),
        forged(hour=2**35 + 1),
        forged(hour=2**64 - 1),
        forged(content=b"x" * (1024 * 1024 + 1), length=1024 * 1024 + 2),
        forged(content=b"x" * (1024 * 1024 + 2), length=1024 * 1024 + 2),
    ],
    ids=["magic", "short", "long", "year 3058", "no year", "large", "larger"],
)
def test_file_that_only_looks_right_is_set_aside(tmp_path, caplog, data):
    (tmp_path / ONE).write_bytes(data)

    assert_set_aside(tmp_path, data, caplog)


def test_files_up_to_the_year_3058_are_read(tmp_path):
    (tmp_path / ONE).write_bytes(forged(hour=2**35))

    assert [entry.content for entry in waiting(tmp_path)] == [b"words"]


@pytest.mark.parametrize(
    "name", ["notes.txt", "A" * 32, f"{ONE}.tmp", f"{ONE}.{'0' * 15}.tmp", "\u00e9" * 127]
)
def test_foreign_file_is_set_aside_and_its_name_not_told(tmp_path, caplog, name):
    (tmp_path / name).write_bytes(b"words")

    assert_set_aside(tmp_path, b"words", caplog)

    assert [path.name for path in damaged_files(tmp_path)] == [name]


def test_whole_file_with_a_foreign_name_is_set_aside_too(tmp_path, whole, caplog):
    head = whole[:24]
    data = head + hashlib.sha256(b"notes" + head + whole[56:]).digest() + whole[56:]
    (tmp_path / "notes").write_bytes(data)

    assert_set_aside(tmp_path, data, caplog)


def test_link_folder_and_pipe_are_set_aside_and_not_followed(tmp_path, caplog):
    append(tmp_path, THREE, b"words")
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / ONE).symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / TWO)
    (tmp_path / "loose").symlink_to("nowhere")

    assert names_in(tmp_path) == [THREE]

    assert damaged(tmp_path) == 4
    assert files_in(tmp_path) == sorted([THREE, "damaged"])
    aside = {path.name for path in (tmp_path / "damaged").glob("*/*")}
    assert aside == {ONE, TWO, "outside", "loose"}


def test_damaged_file_does_not_keep_a_report_of_its_name_from_being_stored(tmp_path, caplog):
    (tmp_path / ONE).write_bytes(b"torn")
    (tmp_path / TWO).symlink_to("nowhere")

    for name in (ONE, TWO):
        append(tmp_path, name, content_of(name))

    assert sorted(names_in(tmp_path)) == [ONE, TWO]
    assert damaged(tmp_path) == 2


def test_several_files_of_one_name_are_all_kept(tmp_path, caplog):
    for number in range(3):
        (tmp_path / ONE).write_bytes(b"torn %d" % number)
        assert names_in(tmp_path) == []

    found = sorted(path.read_bytes() for path in damaged_files(tmp_path))
    assert found == [b"torn 0", b"torn 1", b"torn 2"]


def test_whole_file_that_has_taken_the_place_of_a_torn_one_is_not_set_aside(
    tmp_path, monkeypatch, caplog
):
    (tmp_path / ONE).write_bytes(b"torn")
    lock = spool.fcntl.flock

    def replaced_just_before(descriptor, operation):
        if operation == spool.fcntl.LOCK_EX:
            (tmp_path / ONE).unlink()
            monkeypatch.setattr(spool.fcntl, "flock", lock)
            append(tmp_path, ONE, b"whole")
        lock(descriptor, operation)

    monkeypatch.setattr(spool.fcntl, "flock", replaced_just_before)

    assert names_in(tmp_path) == []  # it was torn when it was read
    assert names_in(tmp_path) == [ONE]
    assert files_in(tmp_path) == [ONE]
    assert caplog.records == []


def test_torn_file_that_another_process_has_set_aside_is_passed_over(tmp_path, monkeypatch, caplog):
    (tmp_path / ONE).write_bytes(b"torn")
    lock = spool.fcntl.flock

    def gone_just_before(descriptor, operation):
        (tmp_path / ONE).unlink(missing_ok=True)
        lock(descriptor, operation)

    monkeypatch.setattr(spool.fcntl, "flock", gone_just_before)

    assert names_in(tmp_path) == []
    assert files_in(tmp_path) == []
    assert caplog.records == []


def test_lock_is_held_while_a_file_is_moved_and_let_go_afterwards(tmp_path, monkeypatch, caplog):
    (tmp_path / ONE).write_bytes(b"torn")
    states = []

    def is_locked():
        descriptor = os.open(tmp_path, os.O_RDONLY)
        try:
            spool.fcntl.flock(descriptor, spool.fcntl.LOCK_EX | spool.fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def watch(name, real, arguments, named):
        if name == "rename":
            states.append(is_locked())
        return real(*arguments, **named)

    append(tmp_path, TWO, b"words")
    time.sleep(0.02)
    append(tmp_path, THREE, b"words")
    (tmp_path / TWO).write_bytes(b"torn")
    os.utime(tmp_path / THREE)
    monkeypatch.setattr(spool, "os", Calls(watch))
    for _entry in waiting(tmp_path):
        states.append(is_locked())

    assert states == [True, True, False]


def test_file_that_cannot_be_set_aside_keeps_no_other_from_being_read(
    tmp_path, monkeypatch, caplog
):
    append(tmp_path, ONE, b"words")
    (tmp_path / TWO).write_bytes(b"torn")
    (tmp_path / "notes").write_bytes(b"foreign")

    def no_rename(name, real, arguments, named):
        if name == "rename":
            raise PermissionError(13, "Permission denied")
        return real(*arguments, **named)

    monkeypatch.setattr(spool, "os", Calls(no_rename))

    assert names_in(tmp_path) == [ONE]
    told = {record.getMessage() for record in caplog.records}
    assert told == {"Spool: a damaged file cannot be moved: Permission denied"}
    assert len(caplog.records) == 2
    assert (tmp_path / TWO).read_bytes() == b"torn"


def test_file_that_cannot_be_read_stays_and_keeps_no_other_from_being_read(
    tmp_path, monkeypatch, caplog
):
    append(tmp_path, ONE, b"words")
    append(tmp_path, TWO, b"words")

    def broken_disk(name, real, arguments, named):
        if name == "open" and arguments[0] == ONE:
            raise OSError(5, "Input/output error")
        return real(*arguments, **named)

    monkeypatch.setattr(spool, "os", Calls(broken_disk))

    assert names_in(tmp_path) == [TWO]
    assert [record.getMessage() for record in caplog.records] == [
        "Spool: a file cannot be read: Input/output error"
    ]
    monkeypatch.undo()
    assert sorted(names_in(tmp_path)) == [ONE, TWO]


def test_file_that_goes_while_the_folder_is_read_is_passed_over(tmp_path, monkeypatch):
    append(tmp_path, ONE, b"words")
    append(tmp_path, TWO, b"words")

    class Gone:
        name = THREE

        def stat(self, **_named):
            raise FileNotFoundError

    class Listing(list):
        def __enter__(self):
            return iter(self)

        def __exit__(self, *_error):
            pass

    def with_gone(name, real, arguments, named):
        result = real(*arguments, **named)
        return Listing([Gone(), *result]) if name == "scandir" else result

    monkeypatch.setattr(spool, "os", Calls(with_gone))

    assert sorted(names_in(tmp_path)) == [ONE, TWO]


def test_nothing_damaged_is_none_damaged(tmp_path):
    assert damaged(tmp_path) == 0


# Disks that are full, read-only or not there


def test_folder_that_is_not_there_is_said_and_not_made(tmp_path):
    missing = tmp_path / "missing"

    for work in (
        lambda: append(missing, ONE, b"words"),
        lambda: remove(missing, ONE),
        lambda: names_in(missing),
        lambda: damaged(missing),
    ):
        with pytest.raises(
            SpoolError, match=r"^the spool cannot do it: No such file or directory$"
        ) as caught:
            work()
        assert isinstance(caught.value.__cause__, OSError)
    assert not missing.exists()


def test_pipe_in_place_of_the_folder_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    def work():
        signal.alarm(20)  # ends a child that waits, and with it the test
        with pytest.raises(SpoolError, match=r"^the spool cannot do it: Not a directory$"):
            append(tmp_path / "pipe", ONE, b"words")

    assert os.waitpid(child(work), 0)[1] == 0


@pytest.mark.parametrize("call", ["open", "write", "utime", "fsync", "link"])
def test_append_that_fails_at_any_step_says_so_and_leaves_no_temporary_file(
    tmp_path, monkeypatch, call
):
    descriptors = os.listdir("/proc/self/fd")  # noqa: PTH208 - names are all that is asked

    def fail(name, real, arguments, named):
        if name == call and arguments[0] != tmp_path:
            raise OSError(28, "No space left on device")
        return real(*arguments, **named)

    monkeypatch.setattr(spool, "os", Calls(fail))
    with pytest.raises(SpoolError, match=r"^the spool cannot do it: No space left on device$"):
        append(tmp_path, ONE, b"words")
    monkeypatch.undo()

    assert files_in(tmp_path) == []
    assert len(os.listdir("/proc/self/fd")) == len(descriptors)  # noqa: PTH208 - as above


def test_folder_that_cannot_be_forced_to_the_disk_is_not_acknowledged(tmp_path, monkeypatch):
    def fail(name, real, arguments, named):
        if name == "fsync" and stat.S_ISDIR(os.fstat(arguments[0]).st_mode):
            raise OSError(5, "Input/output error")
        return real(*arguments, **named)

    append(tmp_path, TWO, b"words")
    monkeypatch.setattr(spool, "os", Calls(fail))
    for work in (
        lambda: append(tmp_path, ONE, b"words"),
        lambda: append(tmp_path, TWO, b"words"),
        lambda: append(tmp_path, TWO, b"other words"),
        lambda: remove(tmp_path, TWO),
    ):
        with pytest.raises(SpoolError, match=r"^the spool cannot do it: Input/output error$"):
            work()


def test_file_may_grow_no_further(tmp_path):
    """The kernel writes a part of it and then no more, as on a full disk."""

    def work():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        append(tmp_path, ONE, bytes(4000))
        with pytest.raises(SpoolError, match="File too large"):
            append(tmp_path, TWO, bytes(8000))

    assert os.waitpid(child(work), 0)[1] == 0
    assert files_in(tmp_path) == [ONE]


DISK = """
    import errno, os, subprocess, sys
    from pathlib import Path
    from reporting.spool import SpoolError, append, remove, waiting

    folder = Path(sys.argv[1])
    names = [f"{number:032x}" for number in range(100)]
    kept = []
    try:
        for name in names:
            append(folder, name, os.urandom(4000))
            kept.append(name)
    except SpoolError as error:
        assert error.__cause__.errno == errno.ENOSPC
    assert 3 < len(kept) < 99
    assert sorted(os.listdir(folder)) == kept
    remove(folder, kept.pop())
    append(folder, names[-1], bytes(4000))
    kept.append(names[-1])

    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    for work in (lambda: append(folder, "f" * 32, b"words"), lambda: remove(folder, kept[0])):
        try:
            work()
        except SpoolError as error:
            assert error.__cause__.errno == errno.EROFS
        else:
            raise AssertionError("it was acknowledged")
    assert sorted(entry.name for entry in waiting(folder)) == kept
    print("held")
"""


def test_full_and_read_only_disk_keeps_what_was_acknowledged(tmp_path):
    if subprocess.run(["unshare", "--mount", "--map-root-user", "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk of its own")
    mount = 'mount -t tmpfs -o size=64k tmpfs "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", mount, "sh",
         tmp_path, sys.executable, textwrap.dedent(DISK)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.stdout, done.stderr) == ("held\n", "")
