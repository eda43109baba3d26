"""Columns that several tables of `/underlag` have."""

from app.columns import Col
from app.pages.sources import codes
from app.pages.sources.words import ROWS_LABEL
from app.words import text
from app.words.language import lazy_gettext as _l

DATASET = Col(_l("Datamängd"), lambda one: codes.DATASET.get(one.dataset, one.dataset))
FILES = Col(_l("Filer"), lambda one: text.count(one.files), is_number=True)
ROWS = Col(ROWS_LABEL, lambda one: text.count(one.rows), is_number=True)
FACTS = Col(_l("Godkända"), lambda one: text.count(one.facts), is_number=True)
