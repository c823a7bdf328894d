"""Law: an app's tables are its own. Others ask its api; only plain ids cross between services."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, models

from tests.fixtures.places import ROOT
from tests.fixtures.tables import SERVICE, ForeignTable, TableGuard, service_tables
from tests.house.tree import Source, house_sources, must_be_empty

# What marks a string as SQL. A bare table name counts too: it is about to be pasted into some.
VERB = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|INTO|PRAGMA|CREATE|DROP|ALTER|TRUNCATE|VACUUM)\b",
    re.IGNORECASE,
)


def owners(root: Path) -> dict[str, str]:
    """Give the folder of each installed app of ours with its label."""
    return {
        Path(app.path).relative_to(root).as_posix(): app.label
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(root / "src")
    }


def tables() -> dict[str, str]:
    """Give every table of every app, ours or not, with the label of its owner."""
    return {
        model._meta.db_table: model._meta.app_label
        for model in apps.get_models(include_auto_created=True)
    }


def foreign_sql(root: Path, folders: dict[str, str], owned: dict[str, str]) -> Iterator[str]:
    """
    Yield each string of SQL that names a table of another app, and each borrowed model.

    Parameters
    ----------
    root
        A checkout.
    folders
        Folder of each app with its label.
    owned
        Each table with the label of its app.
    """
    names = "|".join(re.escape(name) for name in sorted(owned, key=len, reverse=True))
    named = re.compile(rf"\b({names})\b")
    for source in house_sources(root):
        own = _owner(source, folders)
        for node in source.nodes:
            for text in _texts(source, node):
                if not VERB.search(text) and text.strip() not in owned:
                    continue
                for table in sorted(set(named.findall(text))):
                    if owned[table] != own:
                        yield f"{source.at(node)}: SQL names {table}, a table of {owned[table]}"
            yield from _borrowed(source, node, own)


def _owner(source: Source, folders: dict[str, str]) -> str | None:
    inside = [folder for folder in folders if source.name.startswith(folder + "/")]
    return folders[max(inside, key=len)] if inside else None


def _texts(source: Source, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
        yield " ".join(str(part) for part in parts)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node not in source.docstrings:
            yield node.value


def _borrowed(source: Source, node: ast.AST, own: str | None) -> Iterator[str]:
    if not isinstance(node, ast.Call) or not node.args:
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else source.dotted(node.func)
    first = node.args[0]
    if called and called.endswith("get_model") and isinstance(first, ast.Constant):
        label = str(first.value).partition(".")[0]
        if label != own:
            yield f"{source.at(node)}: get_model borrows a model of {label}"


def ties_between_services(everything: list[type[models.Model]]) -> Iterator[str]:
    """Yield each relation from a model of one service to a model of another."""
    for model in everything:
        own = SERVICE.match(model.__module__)
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and field.concrete else None
            other = SERVICE.match(target.__module__) if isinstance(target, type) else None
            if own and other and own[1] != other[1]:
                yield f"{model.__name__}.{field.name} ties {own[1]} to a table of {other[1]}"


def test_no_sql_names_a_table_of_another_app() -> None:
    must_be_empty(foreign_sql(ROOT, owners(ROOT), tables()))


def test_no_foreign_key_ties_two_services() -> None:
    must_be_empty(ties_between_services(apps.get_models()))


FOLDERS = {"src/rencheng/services/parking": "parking", "src/rencheng/services/market": "market"}
TABLES = {"parking_lot": "parking", "market_stall": "market"}


@pytest.mark.parametrize(
    "breach",
    [
        "q = 'SELECT * FROM market_stall'\n",
        'q = "select lot.id from parking_lot lot join market_stall s on s.id = lot.id"\n',
        "q = f'DELETE FROM market_stall WHERE id IN ({marks})'\n",
        "q = f'UPDATE {t} SET n = (SELECT 1 FROM {u}, market_stall)'\n",
        "TABLE = 'market_stall'\n",
        "from django.apps import apps\nStall = apps.get_model('market', 'Stall')\n",
        "from django.apps import apps\nStall = apps.get_model('market.Stall')\n",
    ],
)
def test_planted_sql_into_a_foreign_table_is_caught(
    plant: Callable[[str, str], Path], breach: str
) -> None:
    root = plant("src/rencheng/services/parking/rules.py", breach)
    assert list(foreign_sql(root, FOLDERS, TABLES)) != []


def test_ones_own_tables_and_plain_words_are_no_breach(plant: Callable[[str, str], Path]) -> None:
    root = plant(
        "src/rencheng/services/parking/rules.py",
        '"""Cars come from market_stall owners."""\n'
        "q = 'SELECT * FROM parking_lot'\nhint = 'see market_stall in the guide'\n",
    )
    assert list(foreign_sql(root, FOLDERS, TABLES)) == []


def test_a_planted_tie_between_services_is_caught() -> None:
    def model(service: str, name: str, *fields: object) -> type[models.Model]:
        made = type(name, (), {"_meta": SimpleNamespace(get_fields=lambda: fields)})
        made.__module__ = f"rencheng.services.{service}.models"
        return made

    stall = model("market", "Stall")
    key = SimpleNamespace(name="stall", is_relation=True, concrete=True, related_model=stall)
    assert list(ties_between_services([model("parking", "Lot", key)])) != []
    assert list(ties_between_services([model("market", "Fee", key)])) == []


def _run_as(module: str, guard: TableGuard, sql: str) -> object:
    """Run a statement through the guard from a function that lives in a module of that name."""
    room = {"__name__": module, "guard": guard, "sql": sql}
    code = "result = guard(lambda *said: said[0], sql, None, False, None)"
    exec(code, room)
    return room["result"]


def test_a_planted_query_into_a_foreign_table_is_refused_at_run_time() -> None:
    guard = TableGuard(TABLES)
    sql = 'SELECT "market_stall"."id" FROM "market_stall"'
    with pytest.raises(ForeignTable, match="parking touches a table of market"):
        _run_as("rencheng.services.parking.rules", guard, sql)
    assert _run_as("rencheng.services.market.api", guard, sql) == sql
    assert _run_as("rencheng.foundation.web.lists", guard, sql) == sql


@pytest.mark.django_db
def test_the_guard_watches_the_connection_of_every_test() -> None:
    connection.ensure_connection()
    assert any(isinstance(one, TableGuard) for one in connection.execute_wrappers)


def test_the_guard_knows_the_tables_of_every_installed_service() -> None:
    services = {app.label for app in apps.get_app_configs() if SERVICE.match(app.name)}
    with_tables = {model._meta.app_label for model in apps.get_models()} & services
    assert set(service_tables().values()) == with_tables
