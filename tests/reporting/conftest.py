"""What taking reports in needs: keys of its own, and an empty spool."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from reporting import outage, recipients
from reporting.abuse import watch
from reporting.keystore import write_new
from reporting.sealing import PrivateKey, Purpose, sign_manifest
from tests.reporting.key_sets import KEYS, MANIFEST


@pytest.fixture
def spool_folder(tmp_path: Path, settings: LazySettings) -> Path:
    """An empty spool, which the site uses."""
    settings.REPORT_SPOOL_DIR = tmp_path / "spool"
    settings.REPORT_SPOOL_DIR.mkdir(mode=0o700)
    return settings.REPORT_SPOOL_DIR


@pytest.fixture
def report_keys(tmp_path: Path, settings: LazySettings) -> None:
    """The keys of key_sets, as a public server has them."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    signer: PrivateKey = KEYS[Purpose.SIGNING]
    write_new(folder / "manifest.pub", signer.public.hex().encode())
    write_new(folder / "manifest-0001.json", sign_manifest(MANIFEST, signer))
    settings.REPORT_KEYS_DIR = folder


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process keeps in memory, as it is when it starts."""
    monkeypatch.setattr(recipients, "_memory", recipients._Memory())
    monkeypatch.setattr(outage._Memory, "until", 0.0)
    watch.forget()
