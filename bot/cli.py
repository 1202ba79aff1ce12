"""What a person types: ``dondoc COMMAND``.

Machine-readable output is JSON on standard output; messages for people go to standard error. Exit code 0 on success,
2 on a usage error, 1 on any other failure, with one clear line and no traceback. Every command imports what it needs
itself, so that ``dondoc value`` starts at once.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.settings import Settings, read_settings
from knowledge.errors import Misconfigured, Refused
from scheduler.clock import Clock, SetClock, SystemClock

UNEXPECTED = "Có lỗi bất ngờ ({kind}). Đặt DONDOC_LOG_LEVEL=DEBUG rồi chạy lại để xem chi tiết."


class Moment(click.ParamType[datetime]):
    """--now 2026-06-03T08:00, Vietnamese time unless it says otherwise."""

    name = "ISO-TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment, or a usage error."""
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} không phải thời điểm dạng 2026-06-03T08:00", param, ctx)


def clock_at(now: datetime | None) -> Clock:
    """A clock set by --now, else the machine's."""
    return SetClock(now) if now is not None else SystemClock()


now_option = click.option("--now", type=Moment(), help="Đặt đồng hồ, ví dụ 2026-06-03T08:00.")
ROLE_HELP = "reporter: báo cáo số liệu; coordinator: đầu mối tổng hợp (mặc định); leader: lãnh đạo theo dõi."
json_option = click.option("--json", "as_json", is_flag=True, help="In JSON ra đầu ra chuẩn.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dondoc")
def commands() -> None:
    """Đôn Đốc: trợ lý báo cáo kế hoạch chuyển đổi số của xã, phường."""


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def plan(file: Path, as_json: bool) -> None:
    """Đọc một tệp kế hoạch và in những gì hiểu được, không lưu gì."""
    from bot.commands.plan import show_plan

    _run(lambda settings: show_plan(settings, file, as_json))


@commands.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--without-vectors", is_flag=True, help="Không tính véc-tơ ngay; dondoc run sẽ tính sau.")
@click.option("--again", is_flag=True, help="Đọc lại cả tệp đã có; số liệu đã báo cáo và chỗ đã xác nhận được giữ.")
@now_option
@json_option
def ingest(files: tuple[Path, ...], without_vectors: bool, again: bool, now: datetime | None, as_json: bool) -> None:
    """Đọc và lưu các tệp kế hoạch; chạy lại nhiều lần cũng không sao."""
    from bot.commands.ingest import ingest_files

    clock, vectors = clock_at(now), not without_vectors
    _run(lambda settings: ingest_files(settings, clock, files, vectors=vectors, as_json=as_json, again=again))


@commands.command()
@click.argument("question", required=False)
@click.option("--as", "asker", help='Cơ quan của người hỏi, ví dụ "UBND xã Hòa Mẫu".')
@click.option("--from", "batch", type=click.Path(path_type=Path), help="Tệp JSONL, mỗi dòng id, question, as.")
@now_option
@json_option
def ask(question: str | None, asker: str | None, batch: Path | None, now: datetime | None, as_json: bool) -> None:
    """Hỏi về các kế hoạch đã nạp."""
    from bot.commands.ask import answer_batch, answer_one

    if (question is None) == (batch is None):
        raise click.UsageError("Cần một câu hỏi, hoặc --from TỆP.")
    if batch is not None:
        _run(lambda settings: answer_batch(settings, clock_at(now), batch))
    elif question is not None:
        _run(lambda settings: answer_one(settings, clock_at(now), question, asker, as_json=as_json))


@commands.command()
@click.argument("text")
@click.option("--unit", help='Đơn vị tính, ví dụ "%" hoặc "người".')
@json_option
def value(text: str, unit: str | None, as_json: bool) -> None:
    """Cho biết một số liệu gõ tay được hiểu thế nào."""
    from bot.commands.value import show_value

    show_value(text, unit, as_json)


@commands.command()
@click.option("--rebuild", is_flag=True, help="Làm lại toàn bộ chỉ mục.")
def index(rebuild: bool) -> None:
    """Bổ sung (hoặc làm lại) chỉ mục tìm kiếm."""
    from bot.commands.index import refresh_index

    _run(lambda settings: refresh_index(settings, rebuild=rebuild))


@commands.command()
@click.argument("unit")
@click.option("--of", "authority", help="UBND nào, khi có nhiều hơn một.")
@click.option("--role", type=click.Choice(["reporter", "coordinator", "leader"]), default="coordinator", help=ROLE_HELP)
@click.option(
    "--days", type=click.IntRange(1, 365), default=14, help="Mã dùng được trong bao nhiêu ngày (mặc định 14)."
)
@now_option
@json_option
def invite(unit: str, authority: str | None, role: str, days: int, now: datetime | None, as_json: bool) -> None:
    """Tạo mã mời một người vào một đơn vị (người đầu mối đầu tiên được mời bằng lệnh này)."""
    from bot.commands.invite import create_invite

    _run(lambda s: create_invite(s, clock_at(now), unit, authority, role, days, as_json=as_json))


@commands.command()
@now_option
def chat(now: datetime | None) -> None:
    """Trò chuyện ngay trên màn hình này, đổi qua lại giữa những người đã đăng ký."""
    from bot.commands.chat import chat_here

    _run(lambda settings: chat_here(settings, clock_at(now)))


@commands.command()
@click.option("--script", type=click.Path(path_type=Path), help="Gõ thay người xem các dòng trong tệp này.")
def demo(script: Path | None) -> None:
    """Dạo một vòng cả công việc với một xã mẫu."""
    from bot.commands.demo import run_demo

    _run(lambda settings: run_demo(settings, script), quiet=True)


@commands.command()
@now_option
def run(now: datetime | None) -> None:
    """Chạy trợ lý với mọi kênh đã khai báo, cho đến khi được yêu cầu dừng."""
    from bot.commands.run import run_bot

    _run(lambda settings: run_bot(settings, clock_at(now)))


@commands.command()
@click.option("--quiet", is_flag=True, help="Không in gì; mã thoát 0 khi chạy được.")
def doctor(quiet: bool) -> None:
    """Cho biết đã khai báo những gì, còn thiếu gì và thiếu thì mất gì."""
    from bot.commands.doctor import examine

    _run(lambda settings: examine(settings, quiet=quiet))


def _run(work: Callable[[Settings], Coroutine[Any, Any, None]], *, quiet: bool = False) -> None:
    """``quiet``: only errors are logged, unless everything was asked for."""
    from bot.logging import start_logging

    settings = read_settings()
    start_logging("ERROR" if quiet and settings.log_level != "DEBUG" else settings.log_level)
    asyncio.run(work(settings))


def main() -> None:
    """The entry point: runs a command and turns every failure into one line and an exit code."""
    try:
        commands(standalone_mode=False)
    except click.UsageError as problem:
        _fail(problem.format_message(), 2)
    except click.Abort:
        _fail("Đã dừng.", 1)
    except (Refused, Misconfigured) as problem:
        _fail(str(problem), 1)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(1)
    except Exception as problem:  # noqa: BLE001  # the last resort of the command line: the log has the traceback
        import structlog

        structlog.get_logger().debug("command_failed", exc_info=True)
        _fail(UNEXPECTED.format(kind=type(problem).__name__), 1)


def _fail(line: str, code: int) -> None:
    click.echo(line, err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
