"""What people type to start a thing, with and without diacritics, with and without a slash."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.view import PersonView, Role
from knowledge.repair import strip_marks


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``words`` are its spellings; the first is the one that help shows. ``roles`` may use it, and
    ``helps`` are told of it in help; empty: everybody."""

    name: str
    words: tuple[str, ...]
    purpose: str
    roles: tuple[Role, ...] = ()
    in_help: bool = True
    helps: tuple[Role, ...] = ()

    def suits(self, person: PersonView | None) -> bool:
        """True when the person may use it."""
        return _any(person, self.roles)

    def is_told(self, person: PersonView | None) -> bool:
        """True when help names it to the person."""
        return self.in_help and self.suits(person) and _any(person, self.helps)


def _any(person: PersonView | None, roles: tuple[Role, ...]) -> bool:
    return not roles or (person is not None and any(person.has(role) for role in roles))


# Who enters figures; a leader only reads them.
_REPORTING = (Role.REPORTER, Role.COORDINATOR)


COMMANDS = (
    Command("report", ("báo cáo", "nhập số liệu", "tiếp tục"), "nhập và nộp số liệu của đơn vị", helps=_REPORTING),
    Command(
        "list",
        ("chỉ tiêu", "chỉ tiêu của tôi", "danh sách chỉ tiêu"),
        "xem các chỉ tiêu đơn vị phụ trách",
        helps=_REPORTING,
    ),
    Command("progress", ("tiến độ", "kết quả"), "xem kỳ này đã báo cáo đến đâu"),
    Command("review", ("duyệt", "duyệt báo cáo"), "duyệt hoặc trả lại báo cáo", (Role.COORDINATOR,)),
    Command(
        "plan", ("kế hoạch", "xem kế hoạch"), "xem kế hoạch, kiểm tra chỗ chưa rõ", (Role.COORDINATOR, Role.LEADER)
    ),
    Command("invite", ("mời", "mời người", "tạo mã mời"), "mời người tham gia", (Role.COORDINATOR,)),
    Command("my_data", ("dữ liệu của tôi", "xem dữ liệu của tôi"), "xem hoặc xóa những gì tôi lưu về anh/chị"),
    Command("erase", ("xóa dữ liệu của tôi",), "xóa dữ liệu cá nhân", in_help=False),
    Command("register_group", ("đăng ký nhóm",), "ghi nhận một nhóm để nhắc hạn", (Role.COORDINATOR,), in_help=False),
    Command("stop", ("dừng lại", "thoát", "hủy"), "dừng việc đang làm, giữ những gì đã nhập"),
    Command(
        "help",
        ("trợ giúp", "giúp", "hướng dẫn", "menu", "help", "start", "lệnh"),
        "xem lại hướng dẫn này",
        in_help=False,
    ),
)

# One squeezed spelling for each way to write a command: "/báo cáo", "baocao", "Bao Cao!" are all "baocao".
_BY_SPELLING = {"".join(strip_marks(word).split()): command for command in COMMANDS for word in command.words}
# Words that mean a command only with their marks: bare "dung" is rather "đúng".
_MARKED = {"dừng": "dừng lại"}
# A command is a short thing; anything longer is a figure, an answer or a question.
_LONGEST_COMMAND_WORDS = max(len(word.split()) for command in COMMANDS for word in command.words)


def find_command(text: str) -> Command | None:
    """The command that a whole message is, or None.

    A slash makes it a command in any case (see ``is_slash``); without one the message must be the command and nothing
    else.
    """
    text = _MARKED.get(text.strip(" .!").casefold(), text)
    bare = strip_marks(text).strip().lstrip("/").split("@")[0].strip(" .!?:")
    if len(bare.split()) > _LONGEST_COMMAND_WORDS:
        return None
    return _BY_SPELLING.get("".join(bare.replace("_", " ").split()))


def is_slash(text: str) -> bool:
    """True for a message that is meant as a command, known or not: "/abc"."""
    return text.startswith("/") and len(text) > 1 and text[1].isalpha()
