"""How does somebody else's dataset come into ours? Found what is the same, added what is new, listed what differs.

Nothing of ours is overwritten, and nothing is guessed: what may be the same thing under another id is proposed, and
somebody decides.

=================  ========================================================================
module             its question
=================  ========================================================================
``holdings``       what does a dataset hold, record by record?
``sameness``       do two records say the same?
``clues``          what speaks for two records being the same thing?
``decisions``      what was decided about the proposals?
``identify``       which thing of theirs is which thing of ours?
``plan``           what would a merge do?
``stories``        which stories of theirs are new?
``files``          which files would it make?
``telling``        how is it told?
=================  ========================================================================
"""

from __future__ import annotations

from cooperation_kg.merging.decisions import Decision, Decisions, read_decisions, with_decisions
from cooperation_kg.merging.files import merged_files
from cooperation_kg.merging.holdings import Holdings, read_holdings
from cooperation_kg.merging.identify import Answers, Proposal, undecided
from cooperation_kg.merging.plan import Addition, Difference, Filling, MergePlan, plan_merge

__all__ = [
    "Addition",
    "Answers",
    "Decision",
    "Decisions",
    "Difference",
    "Filling",
    "Holdings",
    "MergePlan",
    "Proposal",
    "merged_files",
    "plan_merge",
    "read_decisions",
    "read_holdings",
    "undecided",
    "with_decisions",
]
