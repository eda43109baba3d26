"""The page as Streamlit's own documentation would have it; see tests/bench/peers.py."""

import os

import pandas as pd
import streamlit as st


@st.cache_data
def outcomes() -> pd.DataFrame:
    return pd.read_parquet(os.environ["PEER_DATA"])


st.set_page_config(layout="wide")
rows = outcomes()
unit = st.selectbox("Enhet", rows["unit"].unique())
indicator = st.selectbox("Indikator", rows["indicator"].unique())
of_unit = rows[rows["unit"] == unit]
newest = of_unit[of_unit["period"] == of_unit["period"].max()]
st.table(newest[["indicator", "value", "target", "status"]])
st.line_chart(of_unit[of_unit["indicator"] == indicator], x="period", y="value")
