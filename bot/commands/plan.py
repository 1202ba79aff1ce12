"""``dondoc plan FILE``: read one document and print what was understood, storing nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from handlers.wording import target_text
from knowledge import plan_json
from knowledge.errors import NotADocument
from knowledge.plan import Plan
from knowledge.readers.limits import check_file_size
from knowledge.reading import read_plan


def read_file(path: Path) -> bytes:
    """The bytes of a file, refused by size before they are read."""
    if not path.is_file():
        raise NotADocument(f"Không thấy tệp {path.name}.")
    check_file_size(path.stat().st_size)
    return path.read_bytes()


def show_plan(path: Path, as_json: bool) -> None:
    """Print the plan as JSON, or as a table for a person with the doubtful cells marked."""
    read = read_plan(read_file(path), path.name, progress=_progress)
    if as_json:
        json.dump(plan_json.plan(read), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        click.echo(_table(read))


def _progress(page: int, pages: int) -> None:
    if pages > 1 and sys.stderr.isatty():
        click.echo(f"\rĐang đọc trang {page}/{pages}", err=True, nl=page == pages)


def _table(read: Plan) -> str:
    head = read.document
    lines = [
        f"Kế hoạch {head.number or '(chưa rõ số)'}"
        + (f" ngày {head.date:%d/%m/%Y}" if head.date else "")
        + (f" của {head.issuer}" if head.issuer else ""),
        f"{len(read.indicators)} chỉ tiêu, {len(read.tasks)} nhiệm vụ, {len(read.units)} đơn vị.",
    ]
    lines += [f"Chế độ báo cáo: {rule.rule} (dòng {rule.source.first})" for rule in read.reporting]
    lines += [f"Cần kiểm tra: {reason}" for reason in head.checks]
    group = None
    for row in read.indicators:
        if (row.where, row.group) != group:
            group = (row.where, row.group)
            lines.append(f"\n{row.where}" + (f" - {row.group}" if row.group else ""))
        mark = "!" if row.needs_check else " "
        lead = f" [{', '.join(row.lead)}]" if row.lead else ""
        lines.append(f"{mark} {row.no or '-':>4} {row.name}: {target_text(row.target)}{lead} (dòng {row.source.first})")
        lines += [f"       cần kiểm tra: {reason}" for reason in row.checks]
    return "\n".join(lines)
