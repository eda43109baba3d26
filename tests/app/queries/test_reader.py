"""One door to the data: which build is read, and what is remembered of it."""

from datetime import datetime

import pytest
from sqlalchemy import event

from app.queries.frame import read_frame
from app.queries.kept import Memory, keeping
from app.queries.reader import Scope, builds, edition, newest_build, open_reader
from app.queries.unknown import UnknownBuild
from kpi import schema
from kpi.definitions import Definitions
from kpi.errors import WarehouseError
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app import rows

EARLIER = "b0000"


@pytest.fixture
def both(tmp_path):
    """A warehouse with a build before the newest, of one indicator instead of two."""
    here = make.warehouse(
        tmp_path,
        builds=[
            make.build(build_id=EARLIER, sequence=0, built_at=datetime(2026, 8, 1)),  # noqa: DTZ001
            make.build(),
        ],
    )
    defined = Definitions(plans=[make.PLAN], indicators=[make.indicator()])
    content = defined.model_dump_json(by_alias=True)
    place = {"build_id": EARLIER, "name": "indicators"}
    rows.add(here, schema.definition, place | {"content": content})
    return here


def test_the_newest_build_is_read_unless_another_is_named(both):
    for named in (None, ""):
        with open_reader(both, named) as reader:
            assert reader.build_id == make.BUILD
    with open_reader(both, EARLIER) as reader:
        assert reader.build_id == EARLIER
        assert reader.of_build(None).build_id == make.BUILD
        assert [one.build_id for one in builds(reader)] == [make.BUILD, EARLIER]


def test_a_build_that_is_not_there_is_named_as_it_was_written(both):
    with pytest.raises(UnknownBuild) as unknown, open_reader(both, "nix"):
        pass
    assert unknown.value.written == "nix"


def test_everybody_may_see_all_so_far(both):
    with open_reader(both) as reader:
        assert reader.scope is Scope.ALL
        assert reader.of_build(EARLIER).scope is Scope.ALL


def test_a_frame_is_of_the_readers_build(both):
    with open_reader(both) as reader:
        earlier = reader.of_build(EARLIER)
        for one, number in ((reader, 2), (earlier, 1), (reader, 2)):
            frame = read_frame(one)
            assert frame.build is one.build
            assert len(frame.definitions.indicators) == number


def test_without_a_warehouse_there_is_no_reader(tmp_path):
    nothing = Warehouse(tmp_path / "none.duckdb")
    with pytest.raises(WarehouseError), open_reader(nothing):
        pass
    for ask in (newest_build, edition):
        with pytest.raises(WarehouseError):
            ask(nothing)


def test_an_edition_lasts_until_the_warehouse_is_replaced(both, tmp_path):
    first = edition(both)
    assert edition(both) is first
    (tmp_path / "new").mkdir()
    make.warehouse(tmp_path / "new").path.replace(both.path)
    assert edition(both) is not first


def test_a_reader_stays_with_the_file_it_was_opened_on(both, tmp_path):
    (tmp_path / "new").mkdir()
    new = make.warehouse(tmp_path / "new", builds=[make.build(build_id="b0002")])
    with open_reader(both) as reader:
        new.path.replace(both.path)
        assert read_frame(reader).build.build_id == make.BUILD
        with open_reader(both) as later:
            assert later.build_id == "b0002"


def test_health_is_asked_anew_and_the_rest_once(both):
    asked = []
    event.listen(both.engine(), "before_cursor_execute", lambda *_: asked.append(1))
    for _ in range(2):
        newest_build(both)
    assert len(asked) == 2
    for _ in range(2):
        with open_reader(both) as reader:
            read_frame(reader)
    assert len(asked) == 2 + 3  # the builds, the definitions, the units


def test_answers_are_remembered_by_build_and_by_what_was_asked(both):
    calls = []

    @keeping(9)
    def read(reader, word):
        calls.append((reader.build_id, word))
        return calls[-1]

    with open_reader(both) as reader:
        for _ in range(2):
            assert read(reader, "a") == (make.BUILD, "a")
            assert read(reader.of_build(EARLIER), "a") == (EARLIER, "a")
            assert read(reader, "b") == (make.BUILD, "b")
    assert len(calls) == 3


def test_the_answer_remembered_longest_goes_first():
    class Engine:
        pass

    engine, memory, read = Engine(), Memory(2), []

    def answer(word):
        return memory.answer(engine, word, lambda: read.append(word) or word)

    for word in ("a", "b", "c", "b", "c", "a"):
        assert answer(word) == word
    assert read == ["a", "b", "c", "a"]
