"""Columns that several tables of `/underlag` have."""

from app.columns import Col
from app.pages.sources import codes
from app.pages.sources.words import ROWS_LABEL
from app.words import text
from app.words.language import lazy_gettext as _l

DATASET = Col(_l("Datamängd"), lambda row: codes.DATASET.get(row.dataset, row.dataset))
FILES = Col(_l("Filer"), lambda row: text.count(row.files), is_number=True)
ROWS = Col(ROWS_LABEL, lambda row: text.count(row.rows), is_number=True)
FACTS = Col(_l("Godkända"), lambda row: text.count(row.facts), is_number=True)
