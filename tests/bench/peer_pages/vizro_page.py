"""The page as Vizro's own documentation would have it; see tests/bench/peers.py."""

import os

import pandas as pd
import vizro.models as vm
import vizro.plotly.express as px
from vizro import Vizro
from vizro.tables import dash_ag_grid

rows = pd.read_parquet(os.environ["PEER_DATA"])
newest = rows[rows["period"] == rows["period"].max()]


def one_of(column: str, targets: list[str]) -> vm.Filter:
    first = str(rows[column].iloc[0])
    selector = vm.Dropdown(multi=False, value=first)
    return vm.Filter(column=column, targets=targets, selector=selector)


page = vm.Page(
    title="Utfall",
    components=[
        vm.Table(id="table", figure=dash_ag_grid(newest)),
        vm.Graph(id="trend", figure=px.line(rows, x="period", y="value")),
    ],
    controls=[one_of("unit", ["table", "trend"]), one_of("indicator", ["trend"])],
)
app = Vizro().build(vm.Dashboard(pages=[page])).dash.server
