"""How does somebody begin a dataset of one's own? A folder to begin in, and records asked for one by one.

=================  ========================================================================
module             its question
=================  ========================================================================
``names``          which names can folders and files have, on every system?
``examples``       which invented record shows every field of a kind?
``templates``      how does a template look, in comments that say what each field means?
``folder``         which files does a new dataset have?
``asking``         what does a record of each kind need, and what is worth asking for?
``drafting``       which edits of which files does a new record make?
=================  ========================================================================
"""

from __future__ import annotations
