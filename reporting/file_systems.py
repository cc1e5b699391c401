"""On what kind of disk a folder lies, as far as that can be told."""

import re
from pathlib import Path

# Where a write that was acknowledged may still be lost, or the folder go away, with the network.
NETWORK = {
    *("afs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs"),
    *("gfs2", "lustre", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs"),
}
# Gone when the power is.
MEMORY = {"ramfs", "tmpfs"}

MOUNTS = Path("/proc/self/mountinfo")  # Linux; its fields: man 5 proc
ESCAPED = re.compile(r"\\([0-7]{3})")


def file_system_of(folder: Path) -> str | None:
    """The type of the file system that the folder lies on, such as ``ext4``; None where this
    system does not say."""
    try:
        lines = MOUNTS.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return None
    return innermost(folder.resolve(), lines)


def innermost(folder: Path, lines: list[str]) -> str | None:
    """The type that stands on the line of the innermost mount; of two at one place, the later."""
    found: tuple[int, str] | None = None
    for line in lines:
        mount, _separator, source = line.partition(" - ")
        place = Path(ESCAPED.sub(lambda match: chr(int(match[1], 8)), mount.split()[4]))
        if folder.is_relative_to(place) and (found is None or len(place.parts) >= found[0]):
            found = len(place.parts), source.split()[0]
    return found and found[1]
