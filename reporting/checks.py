"""Start-up checks of what taking reports in needs: keys to seal to, and a spool that keeps."""

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from reporting.file_systems import MEMORY, NETWORK, file_system_of
from reporting.keystore import NOTICE, PRIVATE_FOLDERS, KeyStoreError, has_keys, load_current

HOW_KEYS_ARE_MADE = "docs/reporting.md says how keys are made, and what goes onto which server."


@register
def check_no_private_keys(**kwargs: Any) -> list[CheckMessage]:
    """A process for readers has nothing that opens a report."""
    if settings.SITE_ROLE != "public":
        return []
    names = [*PRIVATE_FOLDERS, *([NOTICE] if settings.SITE_IS_HTTPS else [])]
    found = [settings.REPORT_KEYS_DIR / name for name in names]
    return [
        Error(
            f"SITE_ROLE: public, but there are private keys: {place}",
            hint=f"Take it off this server. {HOW_KEYS_ARE_MADE}",
            id="reporting.E001",
        )
        for place in found
        if place.exists()
    ]


@register
def check_manifest(**kwargs: Any) -> list[CheckMessage]:
    """There is something to seal to; beyond this machine, real keys."""
    folder = settings.REPORT_KEYS_DIR
    if not has_keys(folder):
        is_needed = settings.SITE_IS_HTTPS and settings.SITE_ROLE != "staff"
        message = f"REPORT_KEYS_DIR: {folder} holds no manifest, so no report can be sealed"
        if is_needed:
            return [Error(message, hint=HOW_KEYS_ARE_MADE, id="reporting.E002")]
        return [Warning(message, hint=HOW_KEYS_ARE_MADE, id="reporting.W002")]
    try:
        manifest = load_current(folder, settings.REPORT_MANIFEST_KEY)
    except KeyStoreError as error:
        return [Error(f"REPORT_KEYS_DIR: {error}", hint=HOW_KEYS_ARE_MADE, id="reporting.E003")]
    if manifest.is_development and settings.SITE_IS_HTTPS:
        return [
            Error(
                f"REPORT_KEYS_DIR: the keys in {folder} are for development: they guard nothing",
                hint=HOW_KEYS_ARE_MADE,
                id="reporting.E004",
            )
        ]
    return []


@register(deploy=True)
def check_duty_hours(**kwargs: Any) -> list[CheckMessage]:
    """Readers are told times on duty, which say little to them without the hours."""
    if settings.REPORT_DUTY_HOURS or not settings.SITE_IS_HTTPS or settings.SITE_ROLE == "staff":
        return []
    return [
        Warning(
            "REPORT_DUTY_HOURS: empty, so nobody is told when reports are read",
            hint='Such as "every day from 8am to 8pm".',
            id="reporting.W006",
        )
    ]


@register
def check_spool(**kwargs: Any) -> list[CheckMessage]:
    """The spool is there, for this account alone, and keeps what is written to it."""
    folder = settings.REPORT_SPOOL_DIR
    fault = _fault_of(folder)
    if fault is None:
        return []
    return [
        Error(
            f"REPORT_SPOOL_DIR: {folder} {fault}",
            hint="It is a folder of mode 0700 on a disk of this machine.",
            id="reporting.E005",
        )
    ]


def _fault_of(folder: Path) -> str | None:
    """What keeps the folder from being a spool, in words; None where nothing does."""
    try:
        mode = folder.stat().st_mode
    except OSError as error:
        return f"cannot be reached: {error.strerror}"
    if not stat.S_ISDIR(mode):
        return "is no folder"
    if stat.S_IMODE(mode) != 0o700:
        return f"has mode {stat.S_IMODE(mode):04o}, not 0700"
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return "cannot be written to"
    kind = file_system_of(folder)
    if kind in NETWORK:
        return f"lies on a network ({kind})"
    if kind in MEMORY and settings.SITE_IS_HTTPS:
        return f"lies in memory ({kind}), which a power cut empties"
    return None
