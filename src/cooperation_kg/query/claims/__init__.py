"""A sentence against the record: ``check_claim(kg, "闽宁协作始于1996年")`` → agrees, with the statements that say so.

=================  ===========================================================================
module             its question
=================  ===========================================================================
``periods``        which times does a sentence name
``amounts``        which quantities does it print
``nicknames``      what do people call the things of the registers; which characters count as the same
``names``          which things does it name
``sides``          who helps whom in it
``measure_words``  what do people write for each measure
``measures``       which measure do the words around a quantity mean
``doubts``         what keeps it from being checked: unknown names, denials
``reading``        what does it claim
``subjects``       is a figure of the record about the same
``times``          is it of the same time
``values``         is it the same number
``figures``        does the record print this figure
``ties``           does the record pair them so
``rivals``         what does it say instead, and is that a contradiction
``documents``      does it say this of a document
``things``         of a programme, a project, an event
``results``        what a check finds
``wording``        how what was understood is put in words
``check``          the whole of it
=================  ===========================================================================
"""

from __future__ import annotations

from cooperation_kg.query.claims.check import Checked, ClaimChecker, Together, check_claim, check_claims

__all__ = ["Checked", "ClaimChecker", "Together", "check_claim", "check_claims"]
