"""`/api/v1/hygiene`: hygiene items by profession, as they are on the page."""

from flask import Response, jsonify, request

from app.api.answer import Record
from app.api.named import named_indicator, named_unit
from app.api.parameters import given_in, only
from app.api.respond import conditional
from app.pages.indicator.hygiene.fields import OF_HYGIENE
from app.pages.indicator.hygiene.find import Cell, ItemRow, Share, grid, items_of
from app.queries.behind import Question
from app.queries.frame import read_frame
from app.queries.hygiene import item_counts
from app.queries.reader import open_reader
from kpi.warehouse import Warehouse


def hygiene(warehouse: Warehouse) -> Response:
    """Answer a request for hygiene items by profession.

    Raises:
        RequestFault: a parameter is not what it should be, or names nothing known.
    """
    given = given_in(request.args, OF_HYGIENE)
    with open_reader(warehouse) as reader:
        frame = read_frame(reader)
        indicator = named_indicator(frame, only(given, "indicator"))
        unit = named_unit(frame, only(given, "unit"))
        period = only(given, "period") or frame.build.latest_quarter()
        items = items_of(indicator)
        question = Question(indicator, unit.unit_id, period)
        counts = item_counts(reader, question, items) if items else []
    found = grid(counts, items, indicator.minimum_denominator)
    content = {
        "build": frame.build.build_id,
        "is_demo": frame.build.is_demo,
        "indicator": indicator.id,
        "unit": unit.unit_id,
        "period": str(period),
        "minimum": indicator.minimum_denominator,
        "cells": [one for row in found.rows for one in _cells(row)],
    }
    return conditional(jsonify(content), frame.build)


def _cells(row: ItemRow) -> list[Record]:
    is_hidden = row.whole is None and any(cell.is_hidden for cell in row.cells)
    whole = {"item": row.item, "is_whole": True, "profession": None}
    return [
        whole | _share(row.whole) | {"is_hidden": is_hidden},
        *(_cell(cell) for cell in row.cells),
    ]


def _cell(cell: Cell) -> Record:
    place = {"item": cell.item, "is_whole": False, "profession": cell.profession}
    return place | _share(cell.share) | {"is_hidden": cell.is_hidden}


def _share(share: Share | None) -> Record:
    return {
        "numerator": share.correct if share else None,
        "denominator": share.observed if share else None,
        "value": share.value if share else None,
        "lower": share.lower if share else None,
        "upper": share.upper if share else None,
    }
