"""Parquet in and out, by row groups: each row is read as a sample line, each score line becomes a row."""

from __future__ import annotations

import contextlib
import itertools
import json
from typing import TYPE_CHECKING, Any

from quality.model import UsageError
from quality.runtime import atomic_writer
from quality.samples._lines import RESERVED, Damage
from quality.samples._plain import finite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from quality.samples._lines import Line

#: Rows read at a time.
_READ = 64
#: Rows of a row group that is written.
_WRITTEN = 4_096


class ParquetFormat:
    """Parquet files whose columns are the keys of the lines.

    Until a run is complete its results are JSON lines beside the output, as without Parquet: so it resumes.

    Args:
        samples: The input, whose columns decide about those of the output.
        dimensions: What a score line has a score for.

    Raises:
        UsageError: pyarrow is missing, the input cannot be read, or has columns that have no form in JSON.
    """

    def __init__(self, samples: Path | None, dimensions: Sequence[str]) -> None:
        self._arrow, self._parquet = _pyarrow()
        if samples is None:
            raise UsageError("Parquet cannot be read from standard input.", remedy="Name the file.")
        self._samples = samples
        with self._opened() as file:
            schema = file.schema_arrow
        self._kinds = {field.name: self._kind(field.name, field.type) for field in schema}
        self._schema = self._output(dimensions)

    @contextlib.contextmanager
    def lines(self, samples: Path | None) -> Iterator[Iterator[Line]]:
        """Opens the samples as lines."""
        del samples
        with self._opened() as file:
            yield self._rows(file)

    def rows(self) -> Iterator[dict[str, object]]:
        """The rows in order.

        Raises:
            UsageError: A row group is damaged.
        """
        with self._opened() as file:
            for line in self._rows(file):
                if isinstance(line, Damage):
                    raise UsageError(f"{self._samples}: {line.detail}.", remedy="Write the file again.")
                yield json.loads(line)

    def take(self, kept: Sequence[int], output: BinaryIO) -> None:
        """Writes some of the rows as they came.

        Args:
            kept: Numbers of rows, from 0, ascending.
            output: The file.
        """
        with self._opened() as file, self._parquet.ParquetWriter(output, file.schema_arrow) as writer:
            wanted, start = iter([*kept, -1]), 0
            following = next(wanted)
            for batch in file.iter_batches(_WRITTEN):
                here = []
                while start <= following < start + batch.num_rows:
                    here.append(following - start)
                    following = next(wanted)
                start += batch.num_rows
                writer.write_batch(batch.take(self._arrow.array(here, self._arrow.int64())))

    def count(self, samples: Path) -> int:
        """How many rows there are."""
        del samples
        with self._opened() as file:
            return int(file.metadata.num_rows)

    def finish(self, partial: Path, output: Path) -> None:
        """Writes a file of score lines as Parquet, and removes it."""
        with partial.open("rb") as lines, atomic_writer(output) as stream:
            writer = self._parquet.ParquetWriter(stream, self._schema, compression="zstd")
            with writer:
                while rows := [json.loads(line) for line in itertools.islice(lines, _WRITTEN)]:
                    writer.write_batch(self._arrow.RecordBatch.from_pylist(rows, schema=self._schema))
        partial.unlink()

    @contextlib.contextmanager
    def _opened(self) -> Iterator[Any]:
        try:
            file = self._parquet.ParquetFile(self._samples)
        except (OSError, self._arrow.ArrowException) as error:
            raise UsageError(
                f"{self._samples} cannot be read as Parquet: {_first_line(error)}.",
                remedy="It may be cut off: a Parquet file is complete or cannot be read.",
            ) from None
        with file:
            yield file

    def _rows(self, file: Any) -> Iterator[Line]:
        """Rows as JSON lines; of a row group that is damaged, one remark for each row that it should have."""
        for group in range(file.num_row_groups):
            done = 0
            try:
                for batch in file.iter_batches(_READ, row_groups=[group]):
                    for row in self._plain(batch).to_pylist():
                        done += 1
                        yield _encoded(row)
            except (OSError, self._arrow.ArrowException) as error:
                damage = Damage(f"row group {group + 1} cannot be read: {_first_line(error)}")
                yield from itertools.repeat(damage, file.metadata.row_group(group).num_rows - done)

    def _plain(self, batch: Any) -> Any:
        columns = [batch.column(name).cast(kind) for name, kind in self._kinds.items()]
        return self._arrow.RecordBatch.from_arrays(columns, names=list(self._kinds))

    def _kind(self, name: str, kind: Any) -> Any:
        """The type of a column as JSON has it.

        Raises:
            UsageError: JSON has none.
        """
        types = self._arrow.types
        if types.is_dictionary(kind):
            return self._kind(name, kind.value_type)
        if types.is_temporal(kind) or types.is_decimal(kind):
            return self._arrow.string()
        if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
            return self._arrow.list_(self._kind(name, kind.value_type))
        if types.is_struct(kind):
            return self._arrow.struct([(field.name, self._kind(name, field.type)) for field in kind])
        simple = (types.is_null, types.is_boolean, types.is_integer, types.is_floating)
        if types.is_string(kind) or types.is_large_string(kind) or any(fits(kind) for fits in simple):
            return kind
        remedy = "Decode it to text, or drop it." if name in ("code", "completion") else "Drop it."
        raise UsageError(f"{self._samples}: column {name!r} is {kind}, which JSON lacks.", remedy=remedy)

    def _output(self, dimensions: Sequence[str]) -> Any:
        """The columns of the output: those of score lines, then those that pass through."""
        arrow = self._arrow
        text, number, whole = arrow.string(), arrow.float64(), arrow.int64()
        places = {"line": whole, "column": whole, "end_line": whole, "end_column": whole}
        finding = {"rule": text, "dimension": text, "severity": text, "confidence": text, **places}
        finding |= {"message": text, "cwe": whole, "suppressed": arrow.bool_(), "fingerprint": text}
        cause = {"dimension": text, "cause": text, "line": whole, "loss": number, "gain": number}
        choice = {"choice": text, "block": whole, "blocks": whole, "note": text}
        columns = {
            "id": self._kinds.get("id", arrow.null()),
            **dict.fromkeys(("status", "reason"), text),
            "score": number,
            "grade": text,
            "dimensions": arrow.struct([(name, number) for name in dimensions]),
            "contributions": arrow.list_(arrow.struct({**cause, "scope": text})),
            "findings": arrow.list_(arrow.struct(finding)),
            **dict.fromkeys(("profile", "fingerprint", "detail"), text),
            "line": whole,
            "extraction": arrow.struct(choice),
        }
        # A completion passes through where code stands beside it.
        taken = {"id", "code"} if "code" in self._kinds else {"id", "completion"}
        others = {name: kind for name, kind in self._kinds.items() if name not in taken}
        hidden = [(name, kind) for name, kind in others.items() if name in RESERVED]
        columns |= {name: kind for name, kind in others.items() if name not in RESERVED}
        return arrow.schema({**columns, "input": arrow.struct(hidden)} if hidden else columns)


def write_parquet(rows: Iterable[Mapping[str, object]], output: BinaryIO) -> None:
    """Writes rows as Parquet, their columns and types being those that they have; all are held in memory."""
    arrow, parquet = _pyarrow()
    parquet.write_table(arrow.Table.from_pylist([dict(row) for row in rows]), output, compression="zstd")


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # an extra
        from pyarrow import parquet
    except ImportError:
        raise UsageError(
            "Parquet needs pyarrow.", remedy="Install it: pip install 'quality[data]'."
        ) from None
    return pa, parquet


def _encoded(row: dict[str, object]) -> bytes:
    try:
        return json.dumps(row, allow_nan=False).encode("ascii")
    except ValueError:
        return json.dumps(finite(row)).encode("ascii")


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0].rstrip(".")
