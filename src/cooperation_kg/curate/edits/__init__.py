"""How is a curated file changed by a program? By the smallest edit, with everything else left byte for byte.

YAML libraries that write what they read rewrite details on the way: quotes, folds, the place of comments. Here
the text itself is spliced at the places that PyYAML reports for each value, and no edit is given out unless the
new text reads back as exactly the values wanted, with every comment still there.

=================  ===================================================================
module             its question
=================  ===================================================================
``source_tree``    which span of the text is which value, and where are the comments?
``spelling``       how is a value written in YAML?
``house``          in which order do the fields of a record stand, and in which file?
``splice``         which smallest edit turns these values into those?
``layout``         how does a file look in the house order (``ckg fmt``)?
=================  ===================================================================
"""

from __future__ import annotations

from cooperation_kg.curate.edits.house import next_id, record_type_of
from cooperation_kg.curate.edits.layout import Formatted, format_text
from cooperation_kg.curate.edits.splice import add_record, decode_file, edit_text, encode_file

__all__ = [
    "Formatted",
    "add_record",
    "decode_file",
    "edit_text",
    "encode_file",
    "format_text",
    "next_id",
    "record_type_of",
]
