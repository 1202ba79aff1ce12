"""The habits of the house, held by tests: imports, docstrings, sizes, locks, documents, whose sentences these are."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PLANS = sorted(ROOT.parent.glob("shared/plans*/*.txt"))
FOLDERS = ("bot", "handlers", "knowledge", "reporting", "retrieval", "scheduler", "storage")
# The guide is 300; a file above this holds more than one idea.
MOST_LINES = 400
# Shorter runs are names of indicators and of units, which every plan shares.
SENTENCE_WORDS = 12
# So are the letterhead, the headers of tables and the names of national statistics, whatever their length.
LETTERHEAD = re.compile(r"cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam(\W+doc lap\W+tu do\W+hanh phuc)?")
COLUMN_HEADER = re.compile(r"co\s+quan\s+(chu\s+tri|ph\w+\s+hop)")
NATIONAL_STATISTIC = re.compile(r"dan so tu 15 tuoi tro len co tai khoan ngan hang")


def tracked() -> list[Path]:
    """The files of the repository; without git (a source archive) there is nothing to hold."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("không phải kho git: chỉ kiểm tra được trong bản sao của kho")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    """The tracked files that are text."""
    for path in tracked():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def python() -> list[Path]:
    """The tracked Python files."""
    return [path for path in tracked() if path.suffix == ".py"]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_folders_import_only_what_the_map_allows() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_module_says_what_it_is() -> None:
    ours = [path for path in python() if path.relative_to(ROOT).parts[0] in FOLDERS and path.stat().st_size > 0]
    assert {path.parent.name for path in ours if path.parent.parent == ROOT} == set(FOLDERS)
    assert [named(path) for path in ours if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_a_file_holds_one_idea() -> None:
    long = {named(path): lines for path in python() if (lines := len(path.read_bytes().splitlines())) > MOST_LINES}
    assert long == {}


def test_no_address_of_a_package_index_and_no_path_of_a_machine() -> None:
    # Spelled in parts, so that this file does not find itself.
    forbidden = [
        "pypi" + ".org",
        "python" + "hosted",
        "registry." + "npmjs",
        "/" + "work/",
        "/" + "root/",
        "/opt/" + "pypi",
    ]
    found = [f"{named(path)}: {word}" for path, text in texts() for word in forbidden if word in text]
    assert found == []


def test_no_sentence_of_a_real_plan() -> None:
    if not PLANS:
        pytest.skip("thiếu ../shared/plans: không có kế hoạch thật nào để so")
    theirs: set[tuple[str, ...]] = set()
    for path in PLANS:
        theirs.update(runs(path.read_text(encoding="utf-8", errors="replace")))
    found = {named(path): " ".join(run) for path, text in texts() for run in runs(text) if run in theirs}
    assert found == {}


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of SENTENCE_WORDS folded words; line breaks do not end a run, cells, bullets and numbers do.

    Dates and figures are facts, which may be repeated.
    """
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for formula in (LETTERHEAD, COLUMN_HEADER, NATIONAL_STATISTIC):
        text = formula.sub("|", text)
    for piece in re.split(r"[|\t]|\n\s*[-+*#]\s|\n\s*\n|\d", text):
        words = re.findall(r"[a-z]+", piece)
        yield from (tuple(words[i : i + SENTENCE_WORDS]) for i in range(len(words) - SENTENCE_WORDS + 1))


def test_make_help_lists_every_target() -> None:
    if shutil.which("make") is None:
        pytest.skip("thiếu make: apt-get install make")
    shown = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    listed = set(re.findall(r"^  make (\S+)", shown, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert listed == set(phony[1].split())
    assert {"demo", "test", "check", "bench", "services", "lock"} <= listed


def pinned(lock: str) -> dict[str, set[str]]:
    """What a lock pins: versions by name (several where the interpreter decides)."""
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE):
        pins.setdefault(name, set()).add(version)
    return pins


def test_the_lock_is_complete_hashed_and_without_torch() -> None:
    pins = pinned("constraints.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["dev"], *extras["postgres"]]
    names = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in wanted}
    assert names - pins.keys() == set()
    assert not pins.keys() & {"torch", "sentence-transformers", "kubernetes", "onnxruntime"}
    blocks = re.split(r"\n(?=\S)", (ROOT / "constraints.txt").read_text().strip())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_container_runs_the_versions_that_are_tested() -> None:
    tested = pinned("constraints.txt")
    shipped = pinned("docker/constraints.txt")
    assert {name: versions for name, versions in shipped.items() if tested.get(name) != versions} == {}
    assert not shipped.keys() & {"pytest", "mypy", "ruff", "uv"}


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"DONDOC_[A-Z_]+", readme))
    # The table writes the families of models in short: `DONDOC_LLM_MODEL`, `_URL`, `_KEY`.
    for family in ("DONDOC_EMBEDDING", "DONDOC_RERANKER", "DONDOC_LLM"):
        if f"`{family}_MODEL`, `_URL`, `_KEY`" in readme:
            documented |= {f"{family}_URL", f"{family}_KEY"}
    real = {f"DONDOC_{name.upper()}" for name in Settings.model_fields}
    assert real - documented == set()
    example = set(
        re.findall(r"^#?(DONDOC_[A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert example - real == set()


def test_the_sample_people_and_figures_belong_to_the_sample_plan() -> None:
    examples = ROOT / "examples"
    people = tomllib.loads((examples / "people.toml").read_text(encoding="utf-8"))
    history = tomllib.loads((examples / "history.toml").read_text(encoding="utf-8"))
    plan = (examples / people["authority"]["plan"]).read_text(encoding="utf-8")
    assert (examples / people["authority"]["parent_plan"]).is_file()
    rows = dict(re.findall(r"^\f?(\d+) \| .* \| (.+)$", plan, re.MULTILINE))
    assert len(rows) == 28
    reporting = {person["unit"] for person in people["people"] if person["role"] == "reporter"}
    assert reporting <= set(rows.values())
    assert {entry["no"] for entry in history["entries"]} <= rows.keys()
    assert len({person["key"] for person in people["people"]}) == len(people["people"])
