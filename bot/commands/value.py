"""``dondoc value TEXT --unit UNIT``: how a typed figure is understood."""

from __future__ import annotations

import json
import sys

import click

from reporting.figure import read_figure
from reporting.figure_json import understood_json


def show_value(text: str, unit: str | None, as_json: bool) -> None:
    """Print the value with what it was computed from, or the question that must be asked back."""
    understood = read_figure(text, unit=unit)
    if as_json:
        json.dump(understood_json(understood, unit), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        click.echo(understood.question or understood.echo)
