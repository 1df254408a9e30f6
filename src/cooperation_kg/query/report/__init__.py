"""What does the record lack? Coverage, freshness, single-source facts, thin entries, and what to look for next.

=================  ======================================================================
module             its question
=================  ======================================================================
``asked``          which pairings, years and measures is the report about
``coverage``       what is stated of each pairing, year and measure
``searches``       for which of them did somebody search and find nothing
``standing``       when was each pairing last seen at work, which facts rest on one origin, and how weak is it
``thin``           which sources and entries say little, or are used by no statement
``leads``          what to look for next, ranked by a score that is written down
``record``         the report: as a document, as JSON, as rows
``names``          what the things are called that it speaks of, and what would settle a lead
``rows``           its parts as rows for a spreadsheet, and CSV
``sections``       its parts as sections to be read
``coverage_text``  the coverage as sections
``matrix``         the coverage of what was asked about, one letter a year
``words``          what its codes are called
=================  ======================================================================
"""

from __future__ import annotations

from cooperation_kg.query.report.record import PARTS, Report, report

__all__ = ["PARTS", "Report", "report"]
