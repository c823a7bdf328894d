"""The database the tests stand on."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.mark.django_db
def test_the_test_database_is_fully_migrated_and_not_the_users() -> None:
    assert (
        MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
        == []
    )
    if connection.vendor == "sqlite":
        assert "/database" in str(connection.settings_dict["NAME"])


def test_a_database_of_ones_own_commits_for_real(own_database: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE only_here (n INTEGER)")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM only_here")
        assert cursor.fetchone() == (0,)
    assert connection.settings_dict["NAME"] == str(own_database)


@pytest.mark.django_db
def test_what_another_test_committed_to_its_own_database_is_not_seen_here() -> None:
    assert "only_here" not in connection.introspection.table_names()
