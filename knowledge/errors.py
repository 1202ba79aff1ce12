"""The program's one exception tree.

    DondocError
    ├── Refused                 expected; carries the sentence for the person, is answered and never logged as an error
    │   ├── UnreadableFile      knowledge: the file cannot be read as a plan
    │   │   ├── EmptyFile
    │   │   ├── FileTooLarge
    │   │   ├── NotADocument
    │   │   ├── NotAPlan
    │   │   └── MissingReader   an optional program (OCR) is not installed
    │   └── ...                 each folder adds its own below Refused, in its ``errors.py``
    └── Misconfigured           the operator must mend the settings; one line on standard error, exit code 1

Anything else is a bug: it is logged with its traceback, and the person hears one calm sentence.
"""

from __future__ import annotations


class DondocError(Exception):
    """Root of everything that the program raises on purpose."""


class Refused(DondocError):
    """An expected refusal. ``sentence`` is correct, polite Vietnamese that says what to do next."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Misconfigured(DondocError):
    """A setting is missing or contradicts another; the message names it."""


class UnreadableFile(Refused):
    """The file cannot be read as a plan."""


class EmptyFile(UnreadableFile):
    """No byte, or no word, in the file."""


class FileTooLarge(UnreadableFile):
    """The file is over a limit of size, pages or picture area."""


class NotADocument(UnreadableFile):
    """The bytes are of a kind that no reader takes, or damaged beyond reading."""


class NotAPlan(UnreadableFile):
    """The words were read, and nothing of a plan is among them: it is not kept."""

    def __init__(self) -> None:
        super().__init__(
            "Tệp này không giống một kế hoạch: không thấy số ký hiệu, chỉ tiêu, nhiệm vụ hay chế độ báo cáo nào. "
            "Anh/chị kiểm tra lại rồi gửi đúng tệp giúp."
        )


class MissingReader(UnreadableFile):
    """The file could be read if an optional program were installed; the sentence names the command."""
