"""Columns that several tables of `/underlag` have."""

from app.columns import Col
from app.pages.sources import codes, texts
from app.words import text

DATASET = Col(
    texts.DATASET_COLUMN, lambda one: codes.DATASET.get(one.dataset, one.dataset)
)
FILES = Col(texts.FILES, lambda one: text.count(one.files), is_number=True)
ROWS = Col(texts.ROWS, lambda one: text.count(one.rows), is_number=True)
FACTS = Col(texts.FACTS, lambda one: text.count(one.facts), is_number=True)
