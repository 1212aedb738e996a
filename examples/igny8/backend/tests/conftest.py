import pytest
from igny8_core.redis_client import redis


@pytest.fixture
def own_redis_keys(settings):
    """Keys of the test's own: the running stack may use the same Redis."""
    settings.REDIS_PREFIX = f"test-{settings.POSTGRES_DB}"
    yield
    with redis() as client:
        client.delete(f"{settings.REDIS_PREFIX}:summary")


@pytest.fixture
def applied(db):
    """Tells Django that all migrations are applied; the test's tables come from the models."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder
    from igny8_core.status import KNOWN_MIGRATIONS

    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in KNOWN_MIGRATIONS:
        recorder.record_applied(app, name)
    return recorder
