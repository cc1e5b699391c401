import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.keystore import write_new
from reporting.management.passphrases import ask, plain_errors
from reporting.sealed_export import open_line
from reporting.sealing import CannotOpen, PrivateKey, by_id, holder_of, unwrap_private


class Command(BaseCommand):
    help = (
        "Opens a file of sealed reports with private keys, on a machine that is on no network."
        " One report a line, in JSON."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("export", type=Path, help="the sealed reports, one a line")
        parser.add_argument(
            "--key",
            type=Path,
            action="append",
            required=True,
            help="a private key, wrapped or in one plain line; may be given again",
        )
        parser.add_argument("--passphrase-file", type=Path, help="of the wrapped keys")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--output", type=Path, help="a new file, for your eyes alone")
        # Not --stdout: BaseCommand has an option of that name for itself.
        where.add_argument("--show", action="store_true", help="onto the screen")

    def handle(self, *args: Any, export: Path, output: Path | None, **options: Any) -> None:
        lines = _read(export).decode(errors="replace").splitlines()
        keys = by_id(*(_read_key(path, options["passphrase_file"]) for path in options["key"]))
        opened, unreadable = [], []
        for number, line in enumerate(lines, start=1):
            try:
                opened.append(open_line(line, keys))
            except ValueError:
                unreadable.append(number)
        text = "".join(json.dumps(report) + "\n" for report in opened)
        if output is None:
            self.stdout.write(text, ending="")
        else:
            with plain_errors():
                write_new(output, text.encode())
        self.stderr.write(
            f"{sum(bool(report['parts']) for report in opened)} of {len(lines)} reports opened."
        )
        damaged = [report["report_id"] for report in opened if report["damaged"]]
        if damaged or unreadable:
            raise CommandError(
                f"Damaged: {', '.join(damaged) or 'none'}."
                f" Lines that are no report: {', '.join(map(str, unreadable)) or 'none'}."
            )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error


def _read_key(path: Path, passphrase_file: Path | None) -> PrivateKey:
    data = _read(path)
    try:
        return PrivateKey.from_text(data.decode())
    except ValueError:
        pass
    try:
        holder = holder_of(data)
        return unwrap_private(data, holder, ask(holder, passphrase_file))
    except CannotOpen:
        raise CommandError(
            f"{path} does not open: another passphrase, or it is no key of this site."
        ) from None
