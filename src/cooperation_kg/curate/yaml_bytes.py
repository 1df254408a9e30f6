"""From a file to its text: size, encoding, and the characters that nobody can see."""

from __future__ import annotations

import codecs
import re
import stat
import unicodedata
from pathlib import Path

from cooperation_kg.curate.yaml_faults import Faults

MAX_BYTES = 20_000_000
"""Largest file read; nobody could review a larger one."""

# Control characters; soft hyphen; joiners, bidirectional and zero-width marks; Unicode's line breaks, which
# editors do not number; surrogates; private use (glyphs of PDF fonts); BOM; replacement characters; tags.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff"
)
UNSEEN_IN_TEXT = re.compile(f"\t+|[{_UNSEEN}]+")
UNSEEN_IN_VALUE = re.compile(f"[\t\r{_UNSEEN}]")
LINE_BREAK = re.compile("\r\n|\r|\n")


def read_bytes(path: Path, faults: Faults) -> bytes:
    """Return what a file holds; a folder, a pipe, a missing or a huge file is a fault."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            faults.stop("E002", en="it is a folder; name a file in it", zh="这是文件夹；请指明其中的文件")
        if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
            faults.stop("E002", en="it is a device or pipe; name a file", zh="这是设备或管道；请指明文件")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        faults.stop("E001")
    except PermissionError:
        faults.stop("E002", en="permission denied; ask for the right to read it", zh="没有读取权限；请先取得权限")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        faults.stop("E002", en=f"{reason}; check name and disk", zh=f"{reason}；请检查文件名和磁盘")
    if len(data) > MAX_BYTES:
        faults.stop("E003", limit=MAX_BYTES // 1_000_000)
    return data


def decode(data: bytes, faults: Faults) -> str:
    """Return the text of UTF-8 bytes; of other encodings say which one it seems to be."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (b"\0" in data and _is_utf_16(data)):
        faults.stop("E004", en="it seems to be UTF-16", zh="看来是 UTF-16")
    if b"\0" in data:
        faults.stop("E005")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = LINE_BREAK.split(error.object[: error.start].decode("utf-8"))
        guess = _guess_encoding(data)
        if guess is None:
            faults.stop("E005")
        faults.stop("E004", len(before), len(before[-1]) + 1, en=guess[0], zh=guess[1])


def _is_utf_16(data: bytes) -> bool:
    """Whether bytes without a mark read as UTF-16; binary data soon meets a control or surrogate."""
    return any(_is_printable(data, encoding) for encoding in ("utf-16-le", "utf-16-be"))


def _is_printable(data: bytes, encoding: str) -> bool:
    try:
        return not UNSEEN_IN_VALUE.search(data.decode(encoding).replace("\r\n", "\n").replace("\t", " "))
    except UnicodeDecodeError:
        return False


def _guess_encoding(data: bytes) -> tuple[str, str] | None:
    """Name what bytes that are not UTF-8 seem to be, in English and Chinese; ``None`` for binary data."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 2 * broken:
        return "a character is broken here", "此处有残缺的字符"
    if _is_printable(data, "gb18030"):
        return "it seems to be GB18030 (GBK)", "看来是 GB18030（GBK）"
    if any(unicodedata.category(char) == "Cc" and char not in "\t\r\n" for char in text):
        return None
    return "its encoding is unknown", "编码不明"
