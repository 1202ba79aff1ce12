"""``dondoc ask``: one question, or a file of them, over the plans that were ingested."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from bot.archive import open_archive
from bot.settings import Settings
from knowledge.errors import NotADocument, Refused
from scheduler.clock import Clock


async def answer_one(settings: Settings, clock: Clock, question: str, asker: str | None, *, as_json: bool) -> None:
    """Answer one question on standard output."""
    for line in await _answered(settings, clock, [{"id": "1", "question": question, "as": asker}]):
        if as_json:
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        else:
            click.echo(line["answer"])


async def answer_batch(settings: Settings, clock: Clock, batch: Path) -> None:
    """Answer a JSONL file, one JSON object a line, in order."""
    if not batch.is_file():
        raise NotADocument(f"Không thấy tệp {batch.name}.")
    asked: list[dict[str, Any]] = []
    for number, line in enumerate(batch.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            asked.append({"id": question["id"], "question": question["question"], "as": question.get("as")})
        except (ValueError, KeyError, TypeError):
            raise Refused(f"{batch.name}, dòng {number}: cần một đối tượng JSON có id, question, as.") from None
    for answered in await _answered(settings, clock, asked):
        sys.stdout.write(json.dumps(answered, ensure_ascii=False) + "\n")


async def _answered(settings: Settings, clock: Clock, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    async with open_archive(settings, clock) as archive:
        async with archive.store.reading() as unit:
            shelf = await archive.library.shelf(unit)
        lines = []
        for question in asked:
            answer = archive.library.answers(shelf, question["as"], clock.now().date())
            if answer is None:
                raise Refused("Chưa có kế hoạch nào. Nạp bằng lệnh: dondoc ingest TỆP")
            started = perf_counter()
            found = answer(question["question"])
            seconds = round(perf_counter() - started, 4)
            lines.append(
                {"id": question["id"], "question": question["question"], **found.as_json(), "seconds": seconds}
            )
        return lines
