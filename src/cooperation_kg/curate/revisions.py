"""How did the data stand at a git revision, or at the end of a day? The folder as it was, for as long as it is read.

An answer given last month can be asked for again: ``with data_at(None, "2026-11") as then: load_corpus(then.folder)``.
What git keeps is all that is known: changes that nobody committed are part of no revision. Two things are always
those of now: ``ontology/`` (the words, so that old answers can be read beside new ones), and, for a dataset of one's
own that says ``extends: shipped``, the shipped registers, which lie in another repository.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cooperation_kg import locations
from cooperation_kg.curate.dates import BadDate, parse_when
from cooperation_kg.errors import HistoryError, InvalidCorpus, Issue

SECONDS = 60
"""How long one call of git may take."""

_LOOKS_LIKE_A_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_HASH = re.compile(r"[0-9a-f]{40,64}")
# git counts seconds from 1970 and reads years up to 2099; a day outside would be read as today
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2099, 12, 31)
# set inside git hooks, and stronger there than ``-C``: then git would read another repository than the one asked for
_OF_ANOTHER_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")


@dataclass(frozen=True)
class DataThen:
    """A data folder as it stood once.

    ``folder`` exists only inside the ``with`` of `data_at`. ``revision`` is the full hash of the commit, ``day`` its
    committer date in UTC, ``asked`` the text that led to it, ``path`` the folder's place in the repository then.

    >>> DataThen(Path("data"), "0123456789abcdef", date(2026, 11, 22), "HEAD~3", "data").name
    '0123456 (2026-11-22)'
    """

    folder: Path
    revision: str
    day: date
    asked: str
    path: str

    @property
    def short(self) -> str:
        """The first seven digits of the revision."""
        return self.revision[:7]

    @property
    def name(self) -> str:
        """The revision and its day, as answers show them."""
        return f"{self.short} ({self.day.isoformat()})"


@contextmanager
def data_at(folder: Path | None, known_at: str) -> Iterator[DataThen]:
    """Lay out a data folder as it stood at a revision or at the end of a day, and remove it afterwards.

    Parameters
    ----------
    folder: the data folder as it stands now, or once stood, in a git repository; the shipped facts where None.
        Where it had another name then, that is found by its ``dataset.yaml``, as ``git log --follow`` does.
    known_at: a day, month or year (2026-11-22, 2026-11, 2026): the last commit of HEAD's history by the end of its
        last day in UTC, by committer date; or anything that git reads as a revision (HEAD~3, v0.2.0, a hash).
        A text that looks like a date is a date; a tag of that name can be written tags/2026.

    Raises HistoryError where git, the repository, the revision or the folder in it is missing. Where today's checks
    refuse the data of then, InvalidCorpus raised inside the ``with`` names the files ``revision:path``.
    """
    top, path = _place_in_repository(folder)
    revision = _revision(top, path, known_at)
    day = _day_of(_git(top, "log", "-1", "--format=%ct", revision))
    archive, path = _archive(top, revision, path, day)
    with TemporaryDirectory(prefix="ckg-", ignore_cleanup_errors=True) as root:
        _unpack(archive, Path(root))
        then = DataThen(Path(root) / path, revision, day, known_at, path)
        try:
            yield then
        except InvalidCorpus as invalid:
            raise InvalidCorpus(_as_of_then(issue, then) for issue in invalid.issues) from invalid


def _place_in_repository(folder: Path | None) -> tuple[Path, str]:
    """Return the top of the repository, and the path of the data folder in it."""
    wanted = (folder if folder is not None else locations.data_folder()).resolve()
    if wanted.is_relative_to(locations.SHIPPED):
        raise HistoryError(
            "the installed package carries no history; clone the repository and give its folder with --data "
            "/ 安装的软件包不带历史；请克隆仓库，并用 --data 指明其数据文件夹"
        )
    standing = next(place for place in (wanted, *wanted.parents) if place.is_dir())
    try:
        top, prefix = (_git(standing, "rev-parse", which) for which in ("--show-toplevel", "--show-prefix"))
    except _GitRefused as refused:
        raise _no_repository(wanted, str(refused)) from refused
    return Path(top), (Path(prefix) / wanted.relative_to(standing)).as_posix()


def _no_repository(wanted: Path, said: str) -> HistoryError:
    if "dubious ownership" in said:
        return HistoryError(
            f"{wanted}: git does not read a repository that another user owns ({said}) "
            f"/ 仓库属于另一用户，git 不予读取；请照上面的命令设置 safe.directory"
        )
    return HistoryError(
        f"{wanted}: not in a git repository, so there is no earlier state to read ({said}); "
        "keep the dataset under git, or leave the revision out / 不在 git 仓库中，没有可读的历史；"
        "请用 git 管理该数据，或不指定版本"
    )


def _revision(top: Path, path: str, known_at: str) -> str:
    """Return the full hash of the commit that is meant."""
    if _LOOKS_LIKE_A_DATE.fullmatch(known_at):
        return _last_by(top, path, known_at)
    if known_at.startswith("-"):  # no name of a revision, and --end-of-options is unknown to rev-parse before git 2.30
        raise _unknown(known_at, top)
    try:
        found = _git(top, "rev-parse", "--verify", f"{known_at}^{{commit}}")
    except _GitRefused as refused:
        raise _unknown(known_at, top) from refused
    if not _HASH.fullmatch(found):  # ^HEAD is one revision to git, and names what is left out
        raise _unknown(known_at, top)
    return found


def _last_by(top: Path, path: str, known_at: str) -> str:
    try:
        last_day = parse_when(known_at).latest
    except BadDate as bad:
        raise HistoryError(f"{bad.reason_en} / {bad.reason_zh}") from bad
    end = min(max(last_day, _FIRST_DAY), _LAST_DAY)
    try:
        found = _git(top, "rev-list", "-1", f"--before={end.isoformat()}T23:59:59Z", "HEAD")
    except _GitRefused as refused:
        raise HistoryError(
            f"the repository has no commit yet ({refused}); commit the data first / 仓库尚无提交；请先提交数据"
        ) from refused
    if not found:
        first = _first_commit(top, path)
        raise HistoryError(
            f"no commit by the end of {last_day.isoformat()} (UTC); {first[0]}{_shallow(top)[0]} "
            f"/ 截至 {last_day.isoformat()}（UTC）尚无提交；{first[1]}{_shallow(top)[1]}"
        )
    return found


def _unknown(known_at: str, top: Path) -> HistoryError:
    hint = _shallow(top)
    return HistoryError(
        f'no revision "{known_at}"; give a commit, tag or branch (git log --oneline lists them), or a date such as '
        f"2026-11-22{hint[0]} / 没有版本“{known_at}”；请写提交、标签或分支（见 git log --oneline），"
        f"或 2026-11-22 这样的日期{hint[1]}"
    )


def _first_commit(top: Path, path: str) -> tuple[str, str]:
    """Return, in English and Chinese, from when on the data folder can be asked for, under this name or another."""
    commits = [seconds for seconds, _ in _life(top, path)]
    if not commits:
        return f"HEAD's history never had {path}", f"HEAD 的历史中从无 {path}"
    first = min(map(_day_of, commits)).isoformat()
    return f"the first with {path} is of {first}", f"最早含 {path} 的提交在 {first}"


def _life(top: Path, path: str) -> tuple[tuple[str, str], ...]:
    """Return when a dataset was changed (seconds) and under which path, the latest first, through its renamings.

    It begins where its ``dataset.yaml`` was first written, also where that was copied from another dataset.
    """
    file = (Path(path) / "dataset.yaml").as_posix()
    plain = ("--literal-pathspecs", "-c", "core.quotePath=false")
    try:
        told = _git(top, *plain, "log", "--follow", "--format=%ct", "--name-status", "HEAD", "--", file)
    except _GitRefused:  # no commit yet
        return ()
    found, seconds = [], ""
    for change, *names in (line.split("\t") for line in told.splitlines() if line):
        if not names:
            seconds = change
            continue
        found.append((seconds, Path(names[-1]).parent.as_posix()))
        if change.startswith("C"):
            break
    return tuple(found)


def _shallow(top: Path) -> tuple[str, str]:
    if _git(top, "rev-parse", "--is-shallow-repository") != "true":
        return "", ""
    return "; this clone is shallow: git fetch --unshallow", "；此克隆不完整：请运行 git fetch --unshallow"


def _archive(top: Path, revision: str, path: str, day: date) -> tuple[bytes, str]:
    """Return the folder at a revision as a tar file, and its path then."""
    try:
        return _packed(top, revision, path), path
    except _GitRefused as refused:
        for former in dict.fromkeys(former for _, former in _life(top, path) if former != path):
            with suppress(_GitRefused):
                return _packed(top, revision, former), former
        first = _first_commit(top, path)
        raise HistoryError(
            f"{path} is not in revision {revision[:7]} ({day.isoformat()}); {first[0]} "
            f"/ 版本 {revision[:7]}（{day.isoformat()}）中没有 {path}；{first[1]}"
        ) from refused


def _packed(top: Path, revision: str, path: str) -> bytes:
    # line ends as committed: on Windows git would else turn them into its own
    return _call(top, "--literal-pathspecs", "-c", "core.autocrlf=false", "archive", "--format=tar", revision, path)


def _unpack(archive: bytes, root: Path) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(root, filter="data")
    except tarfile.FilterError as bad:
        raise HistoryError(
            f"the revision holds a link that leads out of the data folder: {bad}; remove it / "
            f"该版本含有指向数据文件夹之外的链接：{bad}；请去掉"
        ) from bad


def _as_of_then(issue: Issue, then: DataThen) -> Issue:
    """Return an issue of the folder laid out here, under the name that ``git show`` opens."""
    shown = Path(issue.file)
    if shown.is_relative_to(then.folder):
        shown = shown.relative_to(then.folder)
    elif shown.is_absolute():
        return issue
    return replace(issue, file=f"{then.short}:{(Path(then.path) / shown).as_posix()}")


class _GitRefused(Exception):
    """Git ended with an error; the text is what it said."""


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints, as text without the last line break."""
    return os.fsdecode(_call(folder, *arguments)).removesuffix("\n")


def _call(folder: Path, *arguments: str) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            env={**environment, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
        )
    except subprocess.TimeoutExpired as late:
        raise HistoryError(
            f"git did not answer within {SECONDS} seconds; try git -C {folder} log / "
            f"git 在 {SECONDS} 秒内没有应答；请试 git -C {folder} log"
        ) from late
    except OSError as missing:
        raise HistoryError(
            f"git cannot be started ({missing.strerror}); install it (https://git-scm.com), or leave the revision out "
            f"/ 无法运行 git（{missing.strerror}）；请安装 git，或不指定版本"
        ) from missing
    except ValueError as bad:  # a NUL in the text of a revision
        raise _GitRefused(str(bad)) from bad
    if done.returncode != 0:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise _GitRefused(said or f"git ended with code {done.returncode}")
    return done.stdout


def _day_of(seconds: str) -> date:
    return datetime.fromtimestamp(int(seconds), UTC).date()
