"""How do the curated files become a workbook for Excel, and its changes the smallest edits of the files?

=================  ====================================================================
module             its question
=================  ====================================================================
``columns``        which columns has the sheet of each kind of record?
``names``          what is a thing or a concept called, and which one does a text mean?
``cells``          how does a value stand in a cell, and what does a cell say?
``tables``         which rows does a dataset have?
``workbook``       how is that an XLSX file, and what does one say?
``csv_folder``     how is that a folder of CSV files, and what does one say?
``changes``        what has been changed in the rows, and what can not be taken over?
``importing``      which files would the changes make, and do they hold together?
=================  ====================================================================
"""

from __future__ import annotations
