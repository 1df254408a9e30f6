"""Which names can folders and files have, on every system that may open the dataset one day?"""

from __future__ import annotations

import re
import unicodedata

Words = tuple[str, str]

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = '<>:"/\\|?*'
LONGEST = 255
"""Bytes of a name that common file systems keep."""


def fault_of_name(name: str) -> Words | None:
    """Return why a name cannot be that of a file or folder everywhere, in Chinese and English; None where it can.

    >>> fault_of_name("我的数据"), fault_of_name("nul")
    (None, ('Windows 保留了“nul”这个名称', 'Windows keeps the name "nul" for itself'))
    """
    if _RESERVED.fullmatch(name.rstrip(" .")):
        return f"Windows 保留了“{name}”这个名称", f'Windows keeps the name "{name}" for itself'
    unseen = [char for char in name if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    if unseen:
        return (
            f"名称中有看不见的字符 U+{ord(unseen[0]):04X}",
            f"the name has an unseen character U+{ord(unseen[0]):04X}",
        )
    found = [char for char in name if char in _FORBIDDEN]
    if found:
        return f"Windows 的名称中不能有 {found[0]}", f"no name on Windows may have {found[0]}"
    if not name or name[-1] in " ." or name[0] == " ":
        return "名称不能为空，不能以空格或句点结尾", "a name is not empty and does not end with a space or a full stop"
    if len(name.encode()) > LONGEST:
        return f"名称超过 {LONGEST} 字节", f"the name is longer than {LONGEST} bytes"
    if name.startswith("-"):
        return "名称不要以 - 开头：命令会当作选项", "a name does not begin with -: commands take it for an option"
    return None


def slug_of(text: str, otherwise: str) -> str:
    """Return an id made of the Latin letters and digits of a text, or ``otherwise`` where it has none.

    >>> slug_of("My Facts (2024)", "x"), slug_of("我的数据", "my-dataset")
    ('my-facts-2024', 'my-dataset')
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or otherwise
