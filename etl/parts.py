"""The grain between facts and outcomes: what a unit adds in a month or period."""

from sqlalchemy import Boolean, Column, Date, Double, Integer, MetaData, String, Table

part = Table(
    "part",
    MetaData(),
    Column("indicator", String),
    Column("unit_id", String),
    Column("path_from", Date),
    Column("first_month", Integer),
    Column("last_month", Integer),
    Column("by", String),
    Column("by_value", String),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("value", Double),
    Column("is_masked", Boolean),
    Column("is_public", Boolean),
    prefixes=["TEMPORARY"],
    comment=None,
)
"""One row per indicator, unit, stretch of its way up, period and dimension value.

Attributes of a row: `value` is set where the producer gave no counts; `is_masked` where
it has masked them; `is_public` for Kolada's values, which do not say which periods a
region itself has reported.
"""
