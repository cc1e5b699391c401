"""What stops the start of a site that would take reports in badly."""

import os
from pathlib import Path

import pytest
from django.conf import LazySettings

from reporting import checks, file_systems
from reporting.file_systems import innermost
from reporting.keystore import FOR_OFFICERS, development_keys
from tests.reporting.key_sets import TODAY, new_store


@pytest.fixture
def keys(tmp_path: Path, settings: LazySettings) -> Path:
    """Where the keys are looked for; nothing is there yet."""
    settings.REPORT_KEYS_DIR = tmp_path / "keys"
    return settings.REPORT_KEYS_DIR


def ids(messages) -> list[str]:
    return [message.id for message in messages]


# --- private keys --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["officers", "custodian", "recovery"])
@pytest.mark.parametrize("is_https", [True, False])
def test_private_keys_beside_a_public_process_are_an_error_that_names_them(
    keys: Path, settings, name, is_https
):
    settings.SITE_ROLE, settings.SITE_IS_HTTPS = "public", is_https
    (keys / name).mkdir(parents=True)

    (error,) = checks.check_no_private_keys()

    assert error.is_serious()
    assert str(keys / name) in error.msg


def test_a_whole_set_of_keys_is_three_errors(keys: Path, settings):
    settings.SITE_ROLE = "public"
    new_store(keys, ann=FOR_OFFICERS)

    assert len(checks.check_no_private_keys()) == 3


@pytest.mark.parametrize(("is_https", "faults"), [(True, ["reporting.E001"]), (False, [])])
def test_notice_of_a_development_set_is_an_error_on_https(keys: Path, settings, is_https, faults):
    settings.SITE_ROLE, settings.SITE_IS_HTTPS = "public", is_https
    keys.mkdir()
    (keys / "DEVELOPMENT.txt").touch()

    assert ids(checks.check_no_private_keys()) == faults


@pytest.mark.parametrize("role", ["staff", "both"])
def test_private_keys_may_be_where_officers_work(keys: Path, settings, role):
    settings.SITE_ROLE = role
    new_store(keys, ann=FOR_OFFICERS)

    assert checks.check_no_private_keys() == []


# --- the manifest --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "is_https", "fault"),
    [
        ("public", True, "reporting.E002"),
        ("both", True, "reporting.E002"),
        ("staff", True, "reporting.W002"),
        ("public", False, "reporting.W002"),
        ("both", False, "reporting.W002"),
        ("staff", False, "reporting.W002"),
    ],
)
def test_without_keys_a_site_on_https_takes_no_report(keys: Path, settings, role, is_https, fault):
    settings.SITE_ROLE, settings.SITE_IS_HTTPS = role, is_https

    (message,) = checks.check_manifest()

    assert message.id == fault
    assert str(keys) in message.msg
    assert message.is_serious() == (".E" in fault)


@pytest.mark.parametrize("role", ["public", "staff", "both"])
@pytest.mark.parametrize(("is_https", "faults"), [(True, ["reporting.E004"]), (False, [])])
def test_development_keys_are_for_this_machine(keys: Path, settings, role, is_https, faults):
    settings.SITE_ROLE, settings.SITE_IS_HTTPS = role, is_https
    development_keys(keys, TODAY)

    assert ids(checks.check_manifest()) == faults


def test_real_keys_under_their_pin_are_right(keys: Path, settings):
    settings.SITE_IS_HTTPS = True
    new_store(keys)
    settings.REPORT_MANIFEST_KEY = (keys / "manifest.pub").read_text().strip()

    assert checks.check_manifest() == []


def test_keys_that_are_signed_by_another_than_the_pinned_key_are_an_error(keys: Path, settings):
    new_store(keys)
    settings.REPORT_MANIFEST_KEY = "ab" * 32

    assert ids(checks.check_manifest()) == ["reporting.E003"]


def test_damaged_manifest_is_an_error(keys: Path):
    new_store(keys)
    (keys / "manifest-0002.json").write_text("{}")

    assert ids(checks.check_manifest()) == ["reporting.E003"]


# --- the hours -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "is_https", "role", "faults"),
    [
        ("", True, "both", ["reporting.W006"]),
        ("", True, "public", ["reporting.W006"]),
        ("", True, "staff", []),
        ("", False, "both", []),
        ("every day from 8am to 8pm", True, "both", []),
    ],
)
def test_site_on_https_says_when_reports_are_read(settings, hours, is_https, role, faults):
    settings.REPORT_DUTY_HOURS, settings.SITE_IS_HTTPS = hours, is_https
    settings.SITE_ROLE = role

    assert ids(checks.check_duty_hours()) == faults


# --- the spool -----------------------------------------------------------------------------


def spool_of(settings: LazySettings, folder: Path, mode: int = 0o700) -> Path:
    settings.REPORT_SPOOL_DIR = folder
    folder.mkdir()
    folder.chmod(mode)
    return folder


def test_folder_for_this_account_alone_is_a_spool(tmp_path: Path, settings):
    spool_of(settings, tmp_path / "spool")

    assert checks.check_spool() == []


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o500, 0o777])
def test_spool_of_another_mode_is_an_error(tmp_path: Path, settings, mode):
    folder = spool_of(settings, tmp_path / "spool", mode)

    (error,) = checks.check_spool()

    assert f"REPORT_SPOOL_DIR: {folder} has mode {mode:04o}" in error.msg


def test_spool_that_is_not_there_is_an_error(tmp_path: Path, settings):
    settings.REPORT_SPOOL_DIR = tmp_path / "spool"

    assert "cannot be reached: No such file" in checks.check_spool()[0].msg


def test_spool_that_is_a_file_is_an_error(tmp_path: Path, settings):
    settings.REPORT_SPOOL_DIR = tmp_path / "spool"
    settings.REPORT_SPOOL_DIR.touch()

    assert "is no folder" in checks.check_spool()[0].msg


@pytest.mark.parametrize(
    ("kind", "is_https", "fault"),
    [
        ("nfs4", True, "lies on a network (nfs4)"),
        ("nfs4", False, "lies on a network (nfs4)"),
        ("tmpfs", True, "lies in memory (tmpfs)"),
        ("tmpfs", False, None),
        ("ext4", True, None),
    ],
)
def test_spool_lies_on_a_disk_of_this_machine(
    tmp_path: Path, settings, monkeypatch, kind, is_https, fault
):
    folder = spool_of(settings, tmp_path / "spool")
    settings.SITE_IS_HTTPS = is_https
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"{MOUNTS}90 1 8:9 / {folder} rw - {kind} somewhere rw\n")
    monkeypatch.setattr(file_systems, "MOUNTS", mounts)

    messages = checks.check_spool()

    assert [fault in message.msg for message in messages] == ([True] if fault else [])


def test_disk_of_which_nothing_is_known_is_let_pass(tmp_path: Path, settings, monkeypatch):
    spool_of(settings, tmp_path / "spool")
    monkeypatch.setattr(file_systems, "MOUNTS", tmp_path / "none")

    assert checks.check_spool() == []


MOUNTS = r"""1 0 8:1 / / rw,relatime shared:1 - ext4 /dev/vda rw
2 1 0:20 / /proc rw - proc proc rw
3 1 0:21 / /srv rw shared:2 master:3 - nfs4 server:/srv rw
4 3 8:2 / /srv/the\040spool rw - xfs /dev/vdb rw
5 1 0:22 / /twice rw - ext4 /dev/vdc rw
6 1 0:23 / /twice rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/spool", "ext4"),
        ("/srv/data", "nfs4"),
        ("/srv", "nfs4"),
        ("/srvdata", "ext4"),
        ("/srv/the spool/deep/down", "xfs"),
        ("/twice/x", "tmpfs"),
    ],
)
def test_innermost_mount_says_what_a_folder_lies_on(folder, kind):
    assert innermost(Path(folder), MOUNTS.splitlines()) == kind


def test_this_machine_can_be_asked():
    assert file_systems.file_system_of(Path("/proc/self")) == "proc"


def test_spool_that_cannot_be_written_to_is_told(settings, tmp_path, monkeypatch):
    settings.REPORT_SPOOL_DIR = tmp_path / "spool"
    settings.REPORT_SPOOL_DIR.mkdir(mode=0o700)
    # Whoever runs the tests as root may write everywhere.
    monkeypatch.setattr(os, "access", lambda *arguments: False)

    (message,) = checks.check_spool()

    assert "cannot be written to" in message.msg
