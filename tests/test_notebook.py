"""The notebook of the docs runs from top to bottom, and shows what the facts say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "docs" / "notebook.ipynb"


def _read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run the notebook in an empty folder; return what each cell prints or shows, by its source."""
    folder = tmp_path_factory.mktemp("notebook")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
            environment.setenv(name, str(folder / name.lower()))
        notebook = _read()
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder}})
        client.execute()
    return {cell.source: _shown(cell) for cell in notebook.cells if cell.cell_type == "code"}


def _shown(cell: Any) -> str:
    parts: list[str] = []
    for output in cell.outputs:
        data = output.get("data", {})
        forms = ("text/html", "text/markdown", "text/plain")
        parts += [next((data[form] for form in forms if form in data), output.get("text", ""))]
    return "\n".join(parts)


def _answer(shown: dict[str, str], source: str) -> str:
    (answer,) = (text for code, text in shown.items() if source in code)
    return answer


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = [cell for cell in _read().cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * len(cells)


def test_ningxia_is_shown_with_fujian_as_its_certain_partner_in_2018(shown: dict[str, str]) -> None:
    (row,) = (row for row in _answer(shown, '"pairings-of"').split("<tr>") if ">east-west.fujian.ningxia<" in row)
    assert "<td>闽宁</td><td>recipient</td><td>福建省</td>" in row
    assert "<td>certain</td>" in row


def test_the_frame_counts_pairings_by_programme_and_status(shown: dict[str, str]) -> None:
    frame = _answer(shown, ".unstack(")
    assert all(f"<th>{status}</th>" in frame for status in ("certain", "possible", "undated"))
    assert "<th>East–West cooperation</th>" in frame


def test_turnover_shows_the_nine_pairs_of_provinces_of_1996(shown: dict[str, str]) -> None:
    # Beijing, Tianjin, Shanghai, Guangdong, Jiangsu, Zhejiang, Shandong, Liaoning and Fujian; the four cities that
    # were paired with Guizhou are not provinces
    rows = _answer(shown, '"turnover"').split("<tr>")
    (row,) = (row for row in rows if "<th>1996</th>" in row)
    assert "<td>9</td>" in row


def test_the_total_is_refused_for_a_year_inside_the_five_years(shown: dict[str, str]) -> None:
    answer = _answer(shown, "totals import total")
    assert "part-of-whole" in answer
    assert "15.33亿元" in answer


def test_the_pairing_of_beijing_and_inner_mongolia_is_explained_as_certain_in_2018(shown: dict[str, str]) -> None:
    answer = _answer(shown, "explain import explain")
    assert "截至2018年：确定存续" in answer
    assert "1996" in answer


def test_the_39_43_yi_of_beijing_is_shown_with_its_document(shown: dict[str, str]) -> None:
    assert "[nmrb-2021.s001]" in _answer(shown, "evidence.cited")
    answer = _answer(shown, "import evidence_of")
    assert "<td>39.43亿元</td>" in answer
    assert "<td>2016/2020</td>" in answer


def test_the_check_of_the_shipped_facts_shows_warnings_and_no_error(shown: dict[str, str]) -> None:
    answer = _answer(shown, "ckg.check(")
    assert "'warning'" in answer
    assert "'error'" not in answer


def test_the_csv_has_as_many_rows_as_there_are_statements(shown: dict[str, str]) -> None:
    rows, statements = _answer(shown, "pd.read_csv").strip("()").split(", ")
    assert rows == statements


def test_ningxia_is_a_certain_partner_of_fujian_in_the_network_that_networkx_reads(shown: dict[str, str]) -> None:
    assert "'Ningxia': 'certain'" in _answer(shown, "nx.read_graphml")


def test_the_view_of_a_day_has_the_pairings_of_the_network_of_that_day(shown: dict[str, str]) -> None:
    in_the_view, in_the_answer, in_the_network = _answer(shown, "ckg.as_of_view").strip("()").split(", ")
    assert in_the_view == in_the_answer == in_the_network


def test_the_part_of_a_day_is_written_under_a_name_that_says_it(shown: dict[str, str]) -> None:
    answer = _answer(shown, "ckg.selection_of")
    assert "2018-12-31" in answer
    assert "exported" in answer


def test_a_dataset_of_ones_own_has_the_pairing_that_was_added(shown: dict[str, str]) -> None:
    assert _answer(shown, 'ckg.begin_dataset("我的数据"') == "['east-west.beijing.inner-mongolia']"


def test_a_changed_cell_of_the_workbook_is_a_changed_year_of_the_yaml(shown: dict[str, str]) -> None:
    answer = _answer(shown, "ckg.export_sheet")
    assert "as_of: 2021\n" in answer
    assert "2020" not in answer


def test_the_merged_dataset_has_the_new_document_and_its_statement(shown: dict[str, str]) -> None:
    merged = _answer(shown, "ckg.merge_datasets")
    assert merged == "(['sources/notice.yaml', 'statements/notice.yaml'], [])"
