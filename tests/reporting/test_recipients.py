"""The keys that the process seals to."""

import os
from dataclasses import replace

import pytest

from reporting import recipients
from reporting.keystore import KeyStoreError, write_new
from reporting.sealing import Purpose, sign_manifest
from tests.reporting.key_sets import KEYS, MANIFEST

pytestmark = pytest.mark.usefixtures("report_keys")


def add_manifest(folder, number: int, signed: bytes | None = None) -> None:
    newer = replace(MANIFEST, number=number)
    signed = signed or sign_manifest(newer, KEYS[Purpose.SIGNING])
    before = folder.stat().st_mtime_ns
    write_new(folder / f"manifest-{number:04}.json", signed)
    # Two changes within one tick of the disk's clock look like one.
    os.utime(folder, ns=(before + 10**9, before + 10**9))


def test_new_manifest_counts_without_a_new_start(settings):
    assert recipients.current().number == 1

    add_manifest(settings.REPORT_KEYS_DIR, 2)

    assert recipients.current().number == 2


def test_damaged_new_manifest_keeps_the_one_that_held_and_is_told(settings, caplog):
    recipients.current()

    add_manifest(settings.REPORT_KEYS_DIR, 2, b"{}")

    assert recipients.current().number == 1
    assert "manifest-0002.json" in caplog.text


def test_manifest_that_was_half_copied_counts_once_it_is_whole(settings):
    signed = sign_manifest(replace(MANIFEST, number=2), KEYS[Purpose.SIGNING])
    add_manifest(settings.REPORT_KEYS_DIR, 2, signed[:100])
    copied = settings.REPORT_KEYS_DIR / "manifest-0002.json"
    assert recipients._memory.manifest is None
    with pytest.raises(KeyStoreError):
        recipients.current()

    with copied.open("ab") as file:
        file.write(signed[100:])

    assert recipients.current().number == 2


def test_other_pinned_key_takes_no_manifest(settings):
    settings.REPORT_MANIFEST_KEY = "0" * 64

    with pytest.raises(KeyStoreError):
        recipients.current()


def test_folder_that_comes_later_is_read(settings, tmp_path):
    folder, settings.REPORT_KEYS_DIR = settings.REPORT_KEYS_DIR, tmp_path / "later"
    with pytest.raises(KeyStoreError):
        recipients.current()

    folder.rename(tmp_path / "later")

    assert recipients.current().number == 1
