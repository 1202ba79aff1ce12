"""``dondoc doctor``: what is configured, what is missing, and what that costs the user. Never prints a secret."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass

import click
from sqlalchemy.engine import make_url

from bot.archive import open_archive
from bot.settings import EmbeddingChoice, Settings
from knowledge.errors import Misconfigured
from retrieval.embeddings import available


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination. ``cost`` says what the user loses while it is not ``well``."""

    name: str
    state: str
    well: bool
    cost: str = ""
    needed: bool = False


async def examine(settings: Settings, *, quiet: bool) -> None:
    """Print the findings; ``Misconfigured`` when something the bot cannot run without is missing."""
    findings = [_data(settings), *await _records(settings), *_channels(settings), _embedding(settings), _ocr()]
    findings.append(_language_model(settings))
    if not quiet:
        for finding in findings:
            mark = "ĐƯỢC " if finding.well else ("THIẾU" if finding.needed else "TRỐNG")
            click.echo(f"{mark} {finding.name}: {finding.state}")
            if finding.cost and not finding.well:
                click.echo(f"      {finding.cost}")
    missing = [finding.name for finding in findings if finding.needed and not finding.well]
    if missing:
        raise Misconfigured(f"Chưa chạy được: {', '.join(missing)}")


def _data(settings: Settings) -> Finding:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        writable = os.access(settings.data, os.W_OK)
    except OSError:
        writable = False
    state = f"{settings.data}" + ("" if writable else " (không ghi được)")
    return Finding("Thư mục dữ liệu (DONDOC_DATA)", state, writable, "Không lưu được gì.", needed=True)


async def _records(settings: Settings) -> list[Finding]:
    kind = make_url(settings.database).get_backend_name()
    try:
        async with open_archive(settings) as archive, archive.store.reading() as unit:
            plans = (await unit.plans.shelf()).plans
            people = sum([len(await unit.people.members(a.id)) for a in await unit.authorities.list()])
    except OSError as problem:
        state = f"{kind}, không mở được ({type(problem).__name__})"
        return [Finding("Cơ sở dữ liệu", state, False, "Không lưu được gì.", needed=True)]
    doubtful = sum(
        1 for p in plans for n, row in enumerate(p.plan.indicators) if row.needs_check and n not in p.confirmed
    )
    return [
        Finding("Cơ sở dữ liệu", kind, True),
        Finding("Kế hoạch", f"{len(plans)} kế hoạch, {doubtful} chỗ cần kiểm tra", bool(plans), "Chưa có gì để nhắc."),
        Finding("Người tham gia", f"{people} người", people > 0, "Mời người đầu mối bằng lệnh: dondoc invite ĐƠN-VỊ"),
    ]


def _channels(settings: Settings) -> list[Finding]:
    telegram, zalo = settings.telegram_token is not None, settings.zalo_token is not None
    none = "Chưa kênh nào: chỉ trò chuyện được trên màn hình này (dondoc chat)."
    return [
        Finding("Telegram (DONDOC_TELEGRAM_TOKEN)", _said(telegram), telegram, "" if zalo else none),
        Finding("Zalo (DONDOC_ZALO_TOKEN)", _said(zalo), zalo, "" if telegram else none),
    ]


def _said(present: bool) -> str:
    return "đã khai báo" if present else "chưa khai báo"


def _embedding(settings: Settings) -> Finding:
    name = "Tìm kiếm theo nghĩa"
    cost = "Vẫn trả lời theo từ ngữ; câu hỏi diễn đạt khác hẳn kế hoạch có thể không tìm thấy."
    if settings.embedding is EmbeddingChoice.NONE:
        return Finding(name, "đã tắt (DONDOC_EMBEDDING=none)", False, cost)
    if settings.embedding is EmbeddingChoice.BUNDLED and (reason := available()) is not None:
        return Finding(name, reason, False, cost)
    return Finding(name, settings.embedding_model or settings.embedding.value, True)


def _ocr() -> Finding:
    name = "Đọc bản quét (Tesseract)"
    cost = "Chỉ đọc được tệp văn bản, Word và PDF có chữ. Cài: sudo apt install tesseract-ocr tesseract-ocr-vie"
    program = shutil.which("tesseract")
    if program is None:
        return Finding(name, "chưa cài", False, cost)
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603  # the path comes from PATH, no argument from a user
    vietnamese = "vie" in listed.stdout.split()
    return Finding(name, "có tiếng Việt" if vietnamese else "thiếu dữ liệu tiếng Việt", vietnamese, cost)


def _language_model(settings: Settings) -> Finding:
    on = settings.llm != "none"
    state = f"{settings.llm}, {settings.llm_model}" if on else "không dùng"
    cost = "Không mất gì: câu trả lời lấy nguyên văn từ kế hoạch, không gửi dữ liệu ra ngoài."
    return Finding("Mô hình ngôn ngữ (DONDOC_LLM)", state, on, cost)
