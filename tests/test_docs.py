"""Every example of the READMEs and of ``docs/`` is run as written: in an empty folder for each page, line by line.

The lines run in this process, on facts that are read and joined to a graph once. A line is run once, however many
pages show it: what only asks answers the same anywhere, and what writes, writes the same from the same files. What
copies all facts into a file copies those of a small dataset: others test it on the shipped ones. Where ``ckg new``
asks, what is shown after a question is typed. That the *installed* command works is the claim of ``test_wheel.py``;
lines that install are looked through in ``test_docs_installing.py``.
"""

from __future__ import annotations

import hashlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from git_world import commit, edit, git

from cooperation_kg.cli.app import main
from cooperation_kg.curate import corpus as corpora
from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph import dataset as datasets
from cooperation_kg.graph.dataset import KnowledgeGraph

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh-CN.md")
GENERATED = {f"docs/{name}.md" for name in ("coverage", "examples", "questions", "notebook")}
"""Others run these: ``test_questions``, ``test_examples``, ``test_notebook``."""
PAGES = sorted({path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md")} - GENERATED)
FENCE = re.compile(r"^```(\w+)(?: (?:file=|title=\")([^\s\"]+)\"?)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
SESSION = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
"""A line typed into a terminal, and what is shown to be printed after it."""
FAULT = re.compile(r" E\d{3} |^error: |^错误: ", re.MULTILINE)
CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
ASKING = {"query", "show", "explain", "total", "conflicts", "check-claim", "report", "measure"}
"""Commands that change nothing: without ``--data`` and ``-o`` they answer the same in any folder."""
COPYING = {"check", "export", "page", "sheet", "fmt"}
"""Commands whose work grows with the facts, whatever is asked."""
REMARK = re.compile(r"\s+# .*$")
CHOOSING = {"--data", "--programme", "--place", "--level", "--source", "--about", "--known-at"}
"""Options that name something that only the shipped facts (or one's own) have."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


class Typist(io.TextIOBase):
    """Answers questions as a dialogue shows it; one that is not shown is answered with Enter alone."""

    def __init__(self, dialogue: str, screen: io.BytesIO) -> None:
        self.left = dialogue.splitlines()
        self.screen = screen
        self._unanswered = ""

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        question = self.screen.getvalue().decode().rpartition("\n")[2].strip()
        place = next((at for at, line in enumerate(self.left) if line.startswith(question)), None)
        if place is None and question == self._unanswered:
            return ""  # Enter was no answer: as if the terminal were closed
        self._unanswered = question if place is None else ""
        answer = "" if place is None else self.left[place].removeprefix(question).strip()
        self.left = self.left[0 if place is None else place + 1 :]
        self.screen.write(f"{answer}\n".encode())  # what is typed is seen
        return f"{answer}\n"


@dataclass
class Terminal:
    """Runs lines as a shell would, but for starting processes."""

    shipped: Corpus
    small: Path
    _graphs: dict[int, KnowledgeGraph]
    _corpora: dict[tuple[str, str], Corpus] = field(default_factory=dict)
    _answers: dict[tuple[str, str], Ran] = field(default_factory=dict)
    _written: dict[tuple[str, str, str], tuple[Ran, dict[Path, bytes]]] = field(default_factory=dict)

    def run(self, line: str, lang: str) -> Ran:
        line = REMARK.sub("", line)
        before, piped, after = line.partition(" | ckg ")
        if piped:
            given = subprocess.run(["sh", "-c", before], capture_output=True, check=True).stdout
            return self.called(shlex.split(after), lang, given)
        words = shlex.split(line)
        if words[-2:-1] == [">"]:
            done = self.called(words[1:-2], lang)
            Path(words[-1]).write_text(done.out, encoding="utf-8")
            return done
        assert words[0] == "ckg", f"no example of ours, mark it as text: {line}"
        if words[1] in ASKING and not {"--data", "-o", "--output"} & set(words):
            if (line, lang) not in self._answers:
                self._answers[line, lang] = self.called(words[1:], lang)
            return self._answers[line, lang]
        if words[1] in COPYING and not CHOOSING & set(words):
            words += ["--data", str(self.small)]
        return self._in_the_folder(line, words[1:], lang)

    def _in_the_folder(self, line: str, arguments: list[str], lang: str) -> Ran:
        """Run what writes files, or put in place what it wrote when it last found the same in what it names."""
        found = _files()
        named = [path for path in found if {path, *path.parents} & {Path(word) for word in arguments}]
        key = (line, lang, _digest(named))
        if key not in self._written:
            done = self.called(arguments, lang)
            new = [path for path, stamp in _files().items() if found.get(path) != stamp]
            self._written[key] = (done, {path: path.read_bytes() for path in new})
            return done
        done, written = self._written[key]
        for path, body in written.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        return done

    def typed(self, line: str, lang: str, dialogue: str) -> Ran:
        """Run a line that asks, and answer as the dialogue does; all that is seen is in ``out``, in its order."""
        screen = io.BytesIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("cooperation_kg.cli.new._on_terminal", lambda: True)
            return self._called(shlex.split(line)[1:], lang, Typist(dialogue, screen), screen, screen)

    def called(self, arguments: list[str], lang: str, given: bytes = b"") -> Ran:
        return self._called(arguments, lang, io.TextIOWrapper(io.BytesIO(given)), io.BytesIO(), io.BytesIO())

    def _called(self, arguments: list[str], lang: str, given: io.TextIOBase, out: io.BytesIO, err: io.BytesIO) -> Ran:
        with pytest.MonkeyPatch.context() as patch, self.sharing(patch):
            patch.setenv("CKG_LANG", lang)
            patch.setattr(sys, "argv", ["ckg", *arguments])
            patch.setattr(sys, "stdin", given)
            streams = [io.TextIOWrapper(stream, encoding="utf-8", write_through=True) for stream in (out, err)]
            with redirect_stdout(streams[0]), redirect_stderr(streams[1]), pytest.raises(SystemExit) as left:
                main()
        seen = out.getvalue().decode()
        return Ran(int(left.value.code or 0), seen, err.getvalue().decode() if err is not out else "")

    def python(self, code: str) -> str:
        """Run a Python example; return what it prints."""
        out = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, self.sharing(patch), redirect_stdout(out):
            exec(compile(code, "example", "exec"), {"__name__": "__main__"})
        return out.getvalue()

    @contextmanager
    def sharing(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """Let whoever asks again for the same facts, or for their graph, have those of before."""
        read, build = corpora.load_corpus, datasets.build_graph

        def known(folder: Path | str | None = None) -> Corpus:
            if folder is None:
                return self.shipped
            key = (str(folder), _digest(path for path in sorted(Path(folder).rglob("*")) if path.is_file()))
            if key not in self._corpora:
                self._corpora[key] = read(folder)
            return self._corpora[key]

        def graph(corpus: Corpus) -> KnowledgeGraph:
            built = self._graphs.get(id(corpus))
            if built is None or built.corpus is not corpus:
                built = self._graphs[id(corpus)] = build(corpus)
            return built

        patch.setattr(corpora, "load_corpus", known)
        patch.setattr(datasets, "build_graph", graph)
        yield


def _digest(paths: Iterable[Path]) -> str:
    return hashlib.sha256(repr([(path, path.read_bytes()) for path in paths]).encode()).hexdigest()


def _files() -> dict[Path, tuple[int, int]]:
    """Return every file here with what changes when it is written."""
    stats = {path: path.stat() for path in sorted(Path().rglob("*")) if path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}


@pytest.fixture(scope="module")
def terminal(shipped_corpus: Corpus, real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    small = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(ROOT / "tests" / "data" / "mini", small)
    terminal = Terminal(shipped_corpus, small, {id(shipped_corpus): real})
    assert terminal.called(["fmt", "--data", str(small)], "en").code == 0
    return terminal


def _blocks(name: str) -> list[tuple[str, str, str]]:
    return FENCE.findall((ROOT / name).read_text(encoding="utf-8"))


def _corrected(folder: Path, _: Path) -> None:
    """Two documents of the shipped facts; since the last commit, one word of one statement is another."""
    for name in ("lpsme", "qdnrb-2021"):
        for kind in ("sources", "statements"):
            (folder / "data" / kind).mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "data" / kind / f"{name}.yaml", folder / "data" / kind)
    (folder / "data" / "dataset.yaml").write_text(
        "title: Two documents\nbase: https://example.org/two/\nlicence: https://creativecommons.org/licenses/by/4.0/\n"
        "creators: [A Researcher]\nversion: 0.0.1\nhorizon: 2024\nextends: shipped\n",
        encoding="utf-8",
    )
    now, before = (
        f"effect: {effect}\n  about: {{programme: east-west, supporter: liaoning-dalian" for effect in EFFECTS
    )
    edit(folder / "data", "statements/qdnrb-2021.yaml", now, before)
    git(folder, "init", "--quiet")
    commit(folder, "2026-11-21T12:00:00+00:00")
    edit(folder / "data", "statements/qdnrb-2021.yaml", before, now)


def _published(folder: Path, small: Path) -> None:
    """A dataset as continuous integration finds it: committed, with what was published as ``origin/main``."""
    shutil.copytree(small, folder / "data")
    git(folder, "init", "--quiet")
    git(folder, "update-ref", "refs/remotes/origin/main", commit(folder, "2026-11-21T12:00:00+00:00"))


EFFECTS = ("replaces", "ends")
FOUND: dict[str, Callable[[Path, Path], None]] = {
    "docs/answers.md": _corrected,
    "docs/how-to/engineer.md": _published,
    "docs/zh/how-to/engineer.md": _published,
}
"""Page → what its reader's folder holds already."""


def _language(name: str) -> str:
    """Pages in Chinese are for readers whose terminal speaks Chinese."""
    return "zh" if "zh" in Path(name).parts or name.endswith("zh-CN.md") else "en"


def _examples(name: str) -> int:
    """Return how many lines and Python examples of a page there are to run."""
    count = {
        "python": lambda _: 1,
        "sh": lambda body: len(body.splitlines()),
        "console": lambda body: len(SESSION.findall(body)),
    }
    return sum(count[kind](body) for kind, _, body in _blocks(name) if kind in count)


def _played(name: str, folder: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Run all examples of a page in its order, in one folder; return the lines that were run."""
    monkeypatch.chdir(folder)
    if name in FOUND:
        FOUND[name](folder, terminal.small)
    ran: list[str] = []
    for language, file, body in _blocks(name):
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(body, encoding="utf-8")
        elif language == "python":
            assert terminal.python(body), body
            ran.append(body)
        elif language == "sh":
            for line in body.splitlines():
                done = terminal.run(line, "en")
                assert done.code == 0, (line, done.err)
                assert done.out or done.err, line
                ran.append(line)
        elif language == "console":
            for line, printed in SESSION.findall(body):
                lang = _language(name)
                done = terminal.typed(line, lang, printed) if _asks(line) else terminal.run(line, lang)
                assert done.code == (1 if FAULT.search(printed) else 0), (line, done.err)
                _assert_printed(printed, done, line)
                ran.append(line)
    return ran


def _asks(line: str) -> bool:
    words = shlex.split(line)
    return words[1:2] == ["new"] and not {"--set", "--template"} & set(words)


def _assert_printed(printed: str, done: Ran, line: str) -> None:
    """Every line shown must be printed, in its order; "…" stands for what is left out, in a line or between lines."""
    lines = iter([*done.out.splitlines(), *done.err.splitlines()])
    for shown in printed.splitlines():
        assert shown.strip() in {"", "…"} or any(re.fullmatch(_pattern(shown), _plain(other)) for other in lines), (
            line,
            shown,
        )


def _pattern(line: str) -> str:
    return ".*".join(re.escape(part) for part in _plain(line).split("…"))


def _plain(line: str) -> str:
    return re.sub(r"-{3,}", "---", re.sub(r"\s+", " ", line.strip()))


def test_the_examples_of_the_readme_run_in_its_order(
    tmp_path: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(_played("README.md", tmp_path, terminal, monkeypatch)) >= 20
    assert (tmp_path / "my-site" / "index.html").is_file()
    assert (tmp_path / "exports" / "graph.as-of-2018.ttl").is_file()


@pytest.mark.parametrize("page", [page for page in PAGES if _examples(page)])
def test_the_examples_of_a_page_run_in_its_order_and_print_what_is_shown(
    page: str, tmp_path: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(_played(page, tmp_path, terminal, monkeypatch)) == _examples(page)


def test_the_page_of_answers_has_an_example_of_every_answering_command() -> None:
    shown = {shlex.split(line)[1] for _, _, body in _blocks("docs/answers.md") for line, _ in SESSION.findall(body)}
    assert shown - {"diff"} == {"show", "explain", "total", "conflicts", "check-claim", "report", "measure", "query"}


def test_the_first_fact_of_the_readme_is_found_by_its_query(tmp_path: Path) -> None:
    import cooperation_kg as ckg

    for _, file, body in _blocks("README.md"):
        if file:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(body, encoding="utf-8")
    kg = ckg.build_graph(ckg.load_corpus(tmp_path / "my-facts"))
    table = ckg.run_query(kg, "pairings", as_of=2023)
    assert [(row["supporter"], row["recipient"], row["status"]) for row in table] == [
        ("福建省", "宁夏回族自治区", "certain")
    ]


def test_the_misspelling_of_the_readme_gets_the_hint_it_promises(tmp_path: Path) -> None:
    import cooperation_kg as ckg

    for _, file, body in _blocks("README.md"):
        if file:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            wrong = body.replace("recipient: ningxia", "recipient: ningxai")
            (tmp_path / file).write_text(wrong, encoding="utf-8")
    with pytest.raises(ckg.CooperationError, match=r"county-notice-2023\.yaml:5:14 E201 .*did you mean \"ningxia\""):
        ckg.load_corpus(tmp_path / "my-facts")


@pytest.mark.parametrize("name", [*READMES, "data/README.md", "ontology/README.md", *PAGES, *sorted(GENERATED)])
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    page = ROOT / name
    targets = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_both_readmes_have_the_same_examples_but_for_the_language_of_the_answers() -> None:
    def examples(name: str) -> list[tuple[str, str, str]]:
        return [(language, file, re.sub(r" --lang \w+", "", body)) for language, file, body in _blocks(name)]

    assert examples("README.md") == examples("README.zh-CN.md")


def test_the_page_of_codes_lists_every_code_with_its_meaning() -> None:
    from cooperation_kg.curate.codes import CODES
    from cooperation_kg.graph.shapes.demands import COMPONENTS

    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([ESW]\d{3}) \| (.*?) \| (.*?) \|$", page, re.MULTILINE)
    known = [(code, title.zh, title.en) for code, title in CODES.items()]
    assert rows == [*known, *((c.code, c.zh, c.en) for c in COMPONENTS.values())]
