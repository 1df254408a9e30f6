"""Build the documentation site into a folder that opens with a double click, and asks no other machine for anything.

The pages are those of ``docs/``, with the READMEs of data and ontology and the changelog, which keep their places in
the repository: in a copy, every link is led to where its page stands on the site. ``zh/`` is built with the Chinese
navigation and words of ``mkdocs.zh.yml``. A link that leads nowhere is a fault. ::

    python scripts/build_docs.py                # into build/docs
    python scripts/build_docs.py -o FOLDER

Zensical builds it; Material for MkDocs reads the same ``mkdocs.yml``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath

import yaml

from cooperation_kg.render.output import write_folder

ROOT = Path(__file__).parent.parent
BESIDE = ("data/README.md", "ontology/README.md", "CHANGELOG.md")
"""Pages that keep their places in the repository."""
STARTS = {"README.md": "docs/index.md", "README.zh-CN.md": "docs/zh/index.md"}
"""What a reader of the site is led to instead of what a reader of the repository is led to."""
LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\]\n]*\])+)\]\(([^)#:\s]+)(#[^)\s]*)?\)")
CODE = re.compile(r"(^(`{3,}).*?^\2$)", re.MULTILINE | re.DOTALL)
LONG = ("docs/coverage.md",)
"""Thousands of rows about facts: in the search they would hide what the documentation says."""
UNSEARCHED = "---\nsearch:\n  exclude: true\n---\n\n"
SEARCH = ("search.js", "search.json")
"""What the browser searches: with the language of the theme, where a list would be meant."""
FENCE = re.compile(r"^(`{3,}\w+) file=(\S+)$", re.MULTILINE)
"""A fence of a file; the builder knows it as a title."""
CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}


class BadDocs(Exception):
    """The builder refused the pages; its words are the text."""


def build(output: Path) -> None:
    """Build the site into a folder; raises BadDocs with what the builder has to say."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        stage(work / "docs")
        for lang, name in CONFIGS.items():
            _run(_config(work, lang, name), work)
        paths = {**_files(work / "en-site"), **_files(work / "zh-site", "zh/")}
        files = {name: path.read_bytes() for name, path in paths.items()}
        write_folder(output, files | {name: _bilingual(files[name]) for name in SEARCH})


def _bilingual(index: bytes) -> bytes:
    """Return the index of the search with Chinese among its languages, so that the browser parts Chinese into words."""
    found, there, after = index.partition(b'"lang":["en"]')
    if not there:
        raise BadDocs("the index of the search does not say its language where it did: see SEARCH in build_docs.py")
    return found + b'"lang":["en","zh"]' + after


def _files(site: Path, beginning: str = "") -> dict[str, Path]:
    """Return the files of a built site whose names begin so."""
    named = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    return {name: path for name, path in named.items() if name.startswith(beginning)}


def stage(folder: Path) -> None:
    """Copy what the site is made of, with every link of a page led to where its target stands in the copy."""
    shutil.copytree(ROOT / "docs", folder)
    for name in BESIDE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for page in [ROOT / name for name in BESIDE] + sorted((ROOT / "docs").rglob("*.md")):
        name = page.relative_to(ROOT).as_posix()
        (folder / _place(name)).write_text(_led(page.read_text(encoding="utf-8"), name, folder), encoding="utf-8")


def _place(name: str) -> str:
    """Return where a file of the repository stands in the copy."""
    return STARTS.get(name, name).removeprefix("docs/")


def _led(text: str, page: str, folder: Path) -> str:
    """Return the text of a page with its links led to the copy; what they lead to is copied too."""

    def led(match: re.Match[str]) -> str:
        shown, link, place = match.groups("")
        target = os.path.normpath(PurePosixPath(page).parent / link).replace(os.sep, "/")
        if (ROOT / target).is_dir():
            return shown  # a folder of the repository has no page
        if not (ROOT / target).is_file():
            return match[0]
        copy = folder / _place(target)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / target, copy)
        relative = os.path.relpath(_place(target), PurePosixPath(_place(page)).parent).replace(os.sep, "/")
        return f"[{shown}]({relative}{place})"

    parts = CODE.split(text)  # text, code, its fence, text …
    led_to = "".join(part if i % 3 else LINK.sub(led, part) for i, part in enumerate(parts) if i % 3 != 2)
    return (UNSEARCHED if page in LONG else "") + FENCE.sub(r'\1 title="\2"', led_to)


def _config(work: Path, lang: str, name: str) -> Path:
    """Write the configuration of one language: nothing is inherited, and pages that are not there are left out."""
    config = yaml.unsafe_load((ROOT / CONFIGS["en"]).read_text(encoding="utf-8"))
    own = yaml.safe_load((ROOT / name).read_text(encoding="utf-8")) if lang != "en" else config
    config["nav"] = _there(own["nav"], work / "docs")
    config["theme"] = {**config["theme"], "language": own["theme"]["language"]}
    written = work / f"mkdocs.{lang}.yml"
    config |= {"site_dir": f"{lang}-site", "docs_dir": "docs"}
    written.write_text(yaml.dump(config, allow_unicode=True), encoding="utf-8")
    return written


def _there(nav: list[dict[str, object]], docs: Path) -> list[dict[str, object]]:
    kept: list[dict[str, object]] = []
    for entry in nav:
        ((label, value),) = entry.items()
        if isinstance(value, list):
            kept.append({label: _there(value, docs)})
        elif (docs / str(value)).is_file():
            kept.append(entry)
    return kept


def _run(config: Path, work: Path) -> None:
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", config.name]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        told = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)
        raise BadDocs(told.partition("Traceback")[0].rstrip())


def main(arguments: list[str] | None = None) -> int:
    """Build the site; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "docs", help="folder to write into")
    output: Path = parser.parse_args(arguments).output
    try:
        build(output)
    except BadDocs as bad:
        print(bad, file=sys.stderr)
        return 1
    print(f"open {output / 'index.html'}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
