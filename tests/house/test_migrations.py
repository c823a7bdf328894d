"""Law: migrations go forward, in one line, and say all that the models say."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.utils import translation

from tests.fixtures.places import ROOT
from tests.house.tree import Source, must_be_empty, sources


def crooked_lines(root: Path) -> Iterator[str]:
    """Yield each migration that leaves the single line of its app."""
    for folder in sorted((root / "src").rglob("migrations")):
        if not folder.is_dir() or folder.name != "migrations":
            continue
        label = folder.parent.name
        found = sources(root, folder.relative_to(root).as_posix())
        line = [one for one in found if one.path.stem != "__init__"]
        before = None
        for number, migration in enumerate(line, 1):
            stem = migration.path.stem
            if not stem.startswith(f"{number:04d}_"):
                yield f"{migration.name}: number {number} of its line should be {number:04d}_..."
            own = [name for app, name in _dependencies(migration) if app == label]
            if own != ([before] if before else []):
                yield f"{migration.name}: follows {own or 'nothing'}, should follow {before}"
            before = stem


def _dependencies(migration: Source) -> Iterator[tuple[str, str]]:
    for node in migration.nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = any(isinstance(one, ast.Name) and one.id == "dependencies" for one in targets)
            if named and isinstance(node.value, ast.List | ast.Tuple):
                for pair in node.value.elts:
                    if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
                        app, name = pair.elts
                        if isinstance(app, ast.Constant) and isinstance(name, ast.Constant):
                            yield str(app.value), str(name.value)


def missing_migrations(wanted: ProjectState) -> list[str]:
    """List what the models of ours say beyond their migrations."""
    loader = MigrationLoader(None)
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("rencheng.")}
    with_models = {label for label, _ in wanted.models} & ours
    # Django looks away from an app that has models but no folder for migrations.
    missing = [f"{label}: no migrations at all" for label in with_models & loader.unmigrated_apps]
    # Labels in migrations are the untranslated ones.
    with translation.override(None, deactivate=True):
        detector = MigrationAutodetector(loader.project_state(), wanted)
        changes = detector.changes(graph=loader.graph)
    missing += [
        f"{label}: {operation.describe()}"
        for label in changes.keys() & ours
        for migration in changes[label]
        for operation in migration.operations
    ]
    return sorted(missing)


def test_migrations_form_one_line_per_app() -> None:
    must_be_empty(crooked_lines(ROOT))


def test_migrations_say_all_that_the_models_say() -> None:
    must_be_empty(missing_migrations(ProjectState.from_apps(apps)))


def test_a_planted_model_without_migration_is_caught() -> None:
    wanted = ProjectState.from_apps(apps)
    before = missing_migrations(wanted.clone())
    planted = ModelState("guard", "Planted", [("id", models.BigAutoField(primary_key=True))])
    wanted.add_model(planted)
    assert set(missing_migrations(wanted)) - set(before) == {"guard: Create model Planted"}


def test_planted_models_without_any_migrations_are_caught() -> None:
    wanted = ProjectState.from_apps(apps)
    wanted.add_model(ModelState("assembly", "Planted", [("id", models.BigAutoField())]))
    assert "assembly: no migrations at all" in missing_migrations(wanted)


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("0002_fork", "[]"),
        ("0002_fork", "[('lots', '0001_initial'), ('lots', '0001_other')]"),
        ("0004_gap", "[('lots', '0001_initial')]"),
        ("0002_wrong", "[('lots', '0000_before')]"),
    ],
)
def test_a_planted_fork_gap_or_merge_is_caught(
    plant: Callable[[str, str], Path], name: str, after: str
) -> None:
    folder = "src/rencheng/services/lots/migrations"
    plant(f"{folder}/__init__.py", "")
    plant(f"{folder}/0001_initial.py", "class Migration:\n    dependencies = []\n")
    root = plant(f"{folder}/{name}.py", f"class Migration:\n    dependencies = {after}\n")
    assert len(list(crooked_lines(root))) == 1


def test_a_straight_line_is_no_breach(plant: Callable[[str, str], Path]) -> None:
    folder = "src/rencheng/services/lots/migrations"
    plant(f"{folder}/0001_initial.py", "class Migration:\n    dependencies = [('x', '0001_a')]\n")
    root = plant(
        f"{folder}/0002_more.py",
        "class Migration:\n    dependencies = [('lots', '0001_initial'), ('x', '0004_b')]\n",
    )
    assert list(crooked_lines(root)) == []
