"""What does the network of pairings look like in numbers? Few measures, each with what it means and where it misleads.

=================  =====================================================================
module             its question
=================  =====================================================================
``results``        what a measure is, and what it answers
``words``          what the columns and reasons are called, in Chinese and English
``asking``         which times and programme are asked about
``networks``       which pairings are counted at a time, and which are left out and why
``counting``       partners of each place; pairings begun, ended and kept
``concentration``  do a few supporters carry most of it
``shape``          reciprocity, both roles, components, centrality
``catalogue``      every measure by name; `measure` itself
=================  =====================================================================

The networks are made of derived pairings, never of statements: a pairing that ten sources repeat is one link.

>>> list(MEASURES)
['partners', 'concentration', 'turnover', 'reciprocity', 'bipartite', 'components', 'centrality']
"""

from __future__ import annotations

from cooperation_kg.query.measures.catalogue import MEASURES, known_measure, measure
from cooperation_kg.query.measures.results import Measure, Measured

__all__ = ["MEASURES", "Measure", "Measured", "known_measure", "measure"]
