"""Files in Microsoft's old container (OLE), made by hand: small streams in a file of sectors of 512 bytes."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A container with these streams; ``folder/name`` puts one into a folder.

    Every stream is padded with zeros to 4096 bytes, so that all lie in ordinary sectors.
    """
    names = list(streams)
    folders = list(dict.fromkeys(name.partition("/")[0] for name in names if "/" in name))
    # Entry 0 is the root, then the folders, then the streams; siblings hang on each other's right side.
    entries: list[tuple[str, int, int, int, int, int]] = []
    sectors: list[bytes] = []
    chains: list[int] = []

    def right_of(group: list[int], number: int) -> int:
        place = group.index(number)
        return group[place + 1] if place + 1 < len(group) else _FREE

    first_stream = 1 + len(folders)
    top = list(range(1, first_stream)) + [first_stream + i for i, name in enumerate(names) if "/" not in name]
    inside = {
        folder: [first_stream + i for i, name in enumerate(names) if name.startswith(f"{folder}/")]
        for folder in folders
    }
    entries.append(("Root Entry", 5, _FREE, top[0] if top else _FREE, _END, 0))
    for number, folder in enumerate(folders, 1):
        entries.append((folder, 1, right_of(top, number), inside[folder][0], 0, 0))
    for number, name in enumerate(names, first_stream):
        folder, _, leaf = name.rpartition("/")
        content = streams[name]
        content = content.ljust(max(4096, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
        start = len(sectors)
        sectors += [content[i : i + _SECTOR] for i in range(0, len(content), _SECTOR)]
        chains += [*range(start + 1, len(sectors)), _END]
        size = len(streams[name]) if len(streams[name]) >= 4096 else len(content)
        group = inside[folder] if folder else top
        entries.append((leaf, 2, right_of(group, number), _FREE, start, size))
    directory = b"".join(_entry(*entry) for entry in entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    directory_start = len(sectors)
    sectors += [directory[i : i + _SECTOR] for i in range(0, len(directory), _SECTOR)]
    chains += [*range(directory_start + 1, len(sectors)), _END]
    fat_sectors = 1
    while fat_sectors * 128 < len(chains) + fat_sectors:
        fat_sectors += 1
    fat_start = len(sectors)
    fat = chains + [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    sectors += [struct.pack("<128L", *fat[i : i + 128]) for i in range(0, len(fat), 128)]
    where = list(range(fat_start, fat_start + fat_sectors))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<LLLLLLLLL", 0, fat_sectors, directory_start, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109L", *where, *[_FREE] * (109 - len(where)))
    return header + b"".join(sectors)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBLLL", len(wide), kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<LLL", start, size, 0)
    )


def outlook_mail() -> bytes:
    """A mail as Outlook saves it, with one file."""

    def text(value: str) -> bytes:
        return value.encode("utf-16-le")

    # Sent at 2021-10-28 12:05 UTC, in steps of 100 ns since 1601.
    ticks = int((1635422700 + 11_644_473_600) * 1e7)
    properties = bytes(32) + struct.pack("<LLQ", 0x00390040, 6, ticks)
    return ole(
        {
            "__properties_version1.0": properties,
            "__substg1.0_0037001F": text("Yttrande över budget"),
            "__substg1.0_1000001F": text("Hej,\r\n\r\nVi tillstyrker förslaget."),
            "__substg1.0_0C1A001F": text("Anna Åkesson"),
            "__substg1.0_5D01001F": text("anna@example.se"),
            "__substg1.0_0E04001F": text("Samordningsförbundet"),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": text("yttrande.pdf"),
            "__attach_version1.0_#00000000/__substg1.0_37010102": b"%PDF-1.4",
        }
    )
