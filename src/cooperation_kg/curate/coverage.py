"""What became of every row of the research notes? ``coverage.yaml``: entered, left out with a reason, or wanted.

The notes are working papers, not sources: a row is cited by its id (``EW:A1-01``) and nothing here repeats its text.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from cooperation_kg.curate.fields import Label, Record, Ref, Slug, Text, fault

ROW_ID = r"^[A-Z]{2}:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$"


class CoverageRow(Record):
    """What became of one row: the statements it was entered as, what was left out and why, what is still wanted.

    ``outcome`` is for a row that notes a disagreement: whether the data show it as one, or why they do not
    (the values agree within rounding or bounds; the scopes differ; a side was not entered).

    >>> CoverageRow(id="EW:A1-01", statements=["white-paper.s001"]).statements
    ('white-paper.s001',)
    """

    id: Annotated[Text, Field(pattern=ROW_ID)]
    statements: tuple[Annotated[Text, Ref("statement")], ...] = ()
    outcome: Literal["disagreement", "compatible", "different-scope", "one-side"] | None = None
    left_out: Label | None = None
    wanted: tuple[Annotated[Slug, Ref("judgement")], ...] = ()
    note: Label | None = None

    @model_validator(mode="after")
    def _says_something(self) -> CoverageRow:
        if not (self.statements or self.left_out or self.wanted):
            raise fault(
                "E109",
                "a row needs statements, left_out with the reason, or wanted",
                "每行须写 statements、left_out（理由）或 wanted",
            )
        return self
