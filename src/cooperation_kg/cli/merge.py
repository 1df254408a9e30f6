"""``ckg merge``: somebody else's dataset comes into ours; nothing of ours is overwritten."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.options import located
from cooperation_kg.cli.talk import Lang, language, progress, say, say_issues

if TYPE_CHECKING:
    from cooperation_kg.merging import Answers, Decisions, Holdings, MergePlan, Proposal


def merge(
    other: Annotated[
        Path, typer.Argument(help="Data folder to bring in. 要并入的数据文件夹。", metavar="OTHER", exists=True)
    ],
    into: Annotated[
        Path | None,
        typer.Option("--into", help="Dataset that it comes into; the shipped facts without it. 并入哪个数据集。"),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions",
            help="YAML file of what is the same and what is not; made where it is not there. 记录决定的文件。",
            metavar="FILE",
        ),
    ] = None,
    accept: Annotated[
        str | None,
        typer.Option(
            "--accept",
            help="Accept open proposals of this grade or surer: certain, likely or possible. 接受此级以上的提议。",
            metavar="GRADE",
        ),
    ] = None,
    refuse_rest: Annotated[
        bool, typer.Option("--refuse-rest", help="Refuse the proposals that are still open. 其余提议一概不接受。")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Make the edits; without it they are only listed. 写入。")
    ] = False,
    lang: Lang = None,
) -> None:
    """Bring somebody else's dataset in: list what is new, what differs, what may be the same. 并入他人的数据集。

    What may be the same thing under another id is proposed; decide in the terminal or in the --decisions file.
    Everything is checked first, as ckg check does, and all files are written or none.
    可能是同一事物的列为提议，在终端或 --decisions 文件里决定；先查后写，要么全写，要么不写。

    Example 示例：ckg merge their-data --into my-data --decisions merge.yaml
    """
    from cooperation_kg.merging import plan_merge, undecided
    from cooperation_kg.merging.telling import counts, tell

    chosen = language(lang)
    answers = _answers(accept, refuse_rest)
    with progress("比较", "comparing", chosen):
        ours, theirs = _read(into), _read(other)
        plan = plan_merge(ours, theirs, _decided(decisions), answers)
    if decisions is not None and _on_terminal() and any(undecided(plan.proposals)):
        answered = _ask(plan, chosen)
        _keep(decisions, answered)
        plan = plan_merge(ours, theirs, _decided(decisions), answers)
    for line in tell(plan, chosen):
        print(line)  # noqa: T201 - the list is what was asked for
    for line in counts(plan, chosen):
        say(line)
    if decisions is not None:
        _keep(decisions, plan.proposals)
    _say_licences(ours, theirs, chosen)
    _say_unused(_decided(decisions), theirs, chosen)
    if write:
        _write(plan, ours, theirs, decisions, chosen)
    elif plan.changes_something:
        say("未写入；加 --write 写入" if chosen == "zh" else "nothing written; --write makes the edits")


def _answers(accept: str | None, refuse_rest: bool) -> Answers:
    from cooperation_kg.merging import Answers
    from cooperation_kg.merging.clues import GRADES

    grade = next((grade for grade in GRADES if grade == accept), None)
    if accept is not None and grade is None:
        raise typer.BadParameter(f"--accept {accept!r}: choose one of 请选 {', '.join(GRADES)}")
    return Answers(grade, refuse_rest)


def _read(folder: Path | None) -> Holdings:
    """Return what a dataset holds; its faults name the files from where the caller stands."""
    from cooperation_kg.errors import InvalidCorpus
    from cooperation_kg.merging import read_holdings

    try:
        return read_holdings(folder)
    except InvalidCorpus as invalid:
        raise InvalidCorpus(located(invalid.issues, folder)) from invalid


def _decided(path: Path | None) -> Decisions:
    from cooperation_kg.errors import CurationError
    from cooperation_kg.merging import read_decisions
    from cooperation_kg.merging.decisions import NONE

    if path is None or not path.exists():
        return NONE
    try:
        return read_decisions(path)
    except CurationError as bad:
        raise CurationError(replace(i, file=path.as_posix()) for i in bad.issues) from bad


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def _ask(plan: MergePlan, lang: str) -> list[Proposal]:
    """Ask about every open proposal; return those that were answered before the asking was ended."""
    from cooperation_kg.merging import undecided

    asked = {
        "zh": "同一事物？y 是 / n 否 / s 以后再说 / q 停止",
        "en": "the same thing? y yes / n no / s later / q stop",
    }[lang]
    answered = []
    for proposal in undecided(plan.proposals):
        say(f"{'/'.join(proposal.theirs)} = {'/'.join(proposal.ours)}: {proposal.reason().in_language(lang)}")
        answer = ""
        while answer not in ("y", "n", "s", "q"):
            answer = typer.prompt(asked, err=True).strip().lower()
        if answer == "q":
            break
        if answer != "s":
            answered.append(replace(proposal, verdict="accept" if answer == "y" else "refuse"))
    return answered


def _keep(path: Path, proposals: list[Proposal]) -> None:
    """Write the proposals into the decisions file; what stands there stays, comments included."""
    from cooperation_kg.merging import with_decisions
    from cooperation_kg.render.output import write_whole

    content = with_decisions(path, (proposal.entry() for proposal in proposals))
    if proposals and (not path.exists() or path.read_bytes() != content):
        write_whole(path, content)
        say(f"{len(content):>12,}  {path}")


def _say_licences(ours: Holdings, theirs: Holdings, lang: str) -> None:
    licence = theirs.corpus.dataset.licence
    if licence != ours.corpus.dataset.licence:
        say(f"对方的许可不同：{licence}" if lang == "zh" else f"their licence is another one: {licence}")


def _say_unused(decisions: Decisions, theirs: Holdings, lang: str) -> None:
    """Say which decisions are about nothing of theirs: a slip of the pen, or of another dataset."""
    there = {"/".join(locator) for locator in theirs.items}
    for name in sorted({name for name, _ in decisions.entries} - there):
        say(f"对方没有 {name}，该决定未用上" if lang == "zh" else f"they have no {name}; that decision is not used")


def _write(plan: MergePlan, ours: Holdings, theirs: Holdings, decisions: Path | None, lang: str) -> None:
    """Check what the dataset would be, and put all files in place; exit 1 where something is open or wrong."""
    from cooperation_kg.graph.edited import check_edited
    from cooperation_kg.merging import merged_files, undecided

    waiting = len(list(undecided(plan.proposals)))
    if waiting:
        where = str(decisions) if decisions else "--decisions merge.yaml"
        say(
            f"{waiting} 项待定，未写入：请在 {where} 中决定，或加 --accept、--refuse-rest"
            if lang == "zh"
            else f"{waiting} proposals are open, nothing written: decide in {where}, or give --accept or --refuse-rest"
        )
        raise typer.Exit(1)
    if not plan.changes_something:
        say("没有要写的" if lang == "zh" else "nothing to write")
        return
    with progress("检查", "checking", lang):
        edited = merged_files(plan, ours, theirs)
        issues = check_edited(ours.folder, edited)
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors:
        say_issues(located(errors, ours.folder), lang)
        raise typer.Exit(1)
    _put_in_place(edited, ours)
    say(f"已写入 {len(edited)} 个文件" if lang == "zh" else f"{len(edited)} files written")


def _put_in_place(edited: dict[str, bytes], ours: Holdings) -> None:
    """Write all files or none; refuse where one was changed while we were checking."""
    from cooperation_kg.curate.edits import encode_file
    from cooperation_kg.errors import OutputError
    from cooperation_kg.render.output import write_all

    for file in edited:
        path = ours.folder / file
        known = ours.files.get(file)
        before = encode_file(known.text, known.mark) if known else None
        if (path.read_bytes() if path.exists() else None) != before:
            raise OutputError(f"{path}: changed meanwhile; run the merge again 期间有改动，请重新合并")
    write_all(ours.folder, edited)
