"""The tables as Parquet: every column typed, numbers of figures exact. The only module that knows pyarrow.

pyarrow is large, so it is an extra of its own (``pip install "cooperation-kg[parquet]"``). The file says as metadata
what it holds (title, version, licence, time, revision, selection), and of every column its title and meaning. The
same pyarrow writes the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cooperation_kg.errors import OutputError
from cooperation_kg.render.exports.about import said_of
from cooperation_kg.render.exports.columns import Column
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.tables import Filled, Value, tables_of

DIGITS, PLACES = 38, 10
"""What a decimal column holds: so many digits, so many of them behind the point; more than one reader has no more."""


def parquet(cut: Cut) -> bytes | Mapping[str, bytes]:
    """Return one file for the statements; for the other views a folder with a file for each table.

    Raises OutputError where pyarrow is not installed, or a number has more digits than a column can hold.
    """
    files = {f"{table.name}.parquet": _written(table, cut) for table in tables_of(cut)}
    return files if len(files) > 1 else next(iter(files.values()))


def _written(table: Filled, cut: Cut) -> bytes:
    pyarrow, writer = _pyarrow()
    metadata = {"title": table.plan.title(cut.lang), **said_of(cut)}
    schema = pyarrow.schema([_field(pyarrow, column) for column in table.plan.columns], metadata=metadata)
    columns = [
        pyarrow.array([_fitting(table, column, row, row[at]) for row in table.rows], schema.field(at).type)
        for at, column in enumerate(table.plan.columns)
    ]
    buffer = io.BytesIO()
    # each option that decides about bytes is named, so that a new default of pyarrow changes nothing
    writer.write_table(
        pyarrow.Table.from_arrays(columns, schema=schema),
        buffer,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=9,
        use_dictionary=True,
        write_statistics=True,
        store_schema=True,
    )
    return buffer.getvalue()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet as writer
    except ImportError as missing:
        raise OutputError(
            'Parquet needs pyarrow: pip install "cooperation-kg[parquet]" '
            '导出 Parquet 需要 pyarrow：pip install "cooperation-kg[parquet]"'
        ) from missing
    return pyarrow, writer


def _field(pyarrow: Any, column: Column) -> Any:
    kinds = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "decimal": pyarrow.decimal128(DIGITS, PLACES),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    told = {
        "title_zh": column.zh,
        "title_en": column.en,
        "description_zh": column.says_zh,
        "description_en": column.says_en,
    }
    return pyarrow.field(column.name, kinds[column.kind], nullable=not column.required, metadata=told)


def _fitting(table: Filled, column: Column, row: tuple[Value, ...], value: Value) -> Value:
    """Return the value; raises OutputError for a number that the column would have to round."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or -exponent > PLACES or value.adjusted() >= DIGITS - PLACES:
            raise OutputError(
                f"{table.name} {row[0]} {column.name}: {value} has too many digits for Parquet; export to CSV "
                f"位数过多，Parquet 容纳不下；请导出 CSV"
            )
    return value
