"""What every page is made with: the template engine, our scripts and styles, and the policy on what may run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment() -> Environment:
    """Return the one template engine: everything is escaped unless it is marked, and nothing may be undefined."""
    return Environment(
        loader=PackageLoader("cooperation_kg.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def asset(name: str) -> str:
    """Return a script or style of ours by file name, with the line ends that its hash was made for."""
    text = (files("cooperation_kg.render") / "assets" / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").strip()


def without_source_map(script: str) -> str:
    """Drop the comment that sends a browser's developer tools looking for a file that is not there."""
    lines = script.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))


def hashed_policy(styles: list[str], scripts: list[str]) -> str:
    """Return a Content Security Policy (W3C CSP 3) that lets run only what we wrote into the page."""
    parts = [
        "default-src 'none'",
        "img-src data: blob:",
        f"style-src {_hashes(styles)}",
        f"script-src {_hashes(scripts)}" if scripts else "script-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(parts)


def _hashes(texts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
