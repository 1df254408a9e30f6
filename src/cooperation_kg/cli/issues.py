"""Issues as data: plain JSON, and SARIF for the code-scanning views of editors and forges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cooperation_kg.errors import Issue

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """Return one mapping an issue.

    >>> as_json([Issue("a.yaml", 1, 2, "E101", "en", "zh")])[0]["severity"]
    'error'
    """
    return [
        {
            "file": issue.file,
            "line": issue.line,
            "column": issue.column,
            "code": issue.code,
            "severity": issue.severity,
            "message_en": issue.message_en,
            "message_zh": issue.message_zh,
        }
        for issue in issues
    ]


def as_sarif(issues: Iterable[Issue]) -> dict[str, Any]:
    """Return a SARIF 2.1.0 log (OASIS standard) with one result an issue."""
    listed = list(issues)
    rules = [{"id": code} for code in sorted({issue.code for issue in listed})]
    driver = {"name": "ckg check", "informationUri": "https://w3id.org/cooperation-kg/", "rules": rules}
    run = {"tool": {"driver": driver}, "results": [_result(issue) for issue in listed]}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(issue: Issue) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": issue.file}}
    if issue.line:
        physical["region"] = {"startLine": issue.line, "startColumn": issue.column}
    return {
        "ruleId": issue.code,
        "level": issue.severity,
        "message": {"text": f"{issue.message_en}\n{issue.message_zh}"},
        "locations": [{"physicalLocation": physical}],
    }
