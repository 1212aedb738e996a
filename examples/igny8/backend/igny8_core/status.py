"""What health checks and deploys ask: 200 if this process can do its work, 503 with the reason if it cannot."""

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse

from content import summary
from igny8_core.redis_client import redis
from igny8_core.release import RELEASE

# Those of this process's start: what is laid over the code on the host later does not concern it.
KNOWN_MIGRATIONS = frozenset(MigrationLoader(None).disk_migrations)

checks = {}


def check(name):
    """Registers a check: it returns or raises what is wrong, and None if nothing is. Apps may add their own."""

    def register(function):
        checks[name] = function
        return function

    return register


@check("postgres")
def postgres():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@check("redis")
def redis_answers():
    with redis() as client:
        client.ping()


@check("migrations")
def migrations():
    if connection.connection is None:
        return "not known, Postgres does not answer"  # rather than wait for it a second time
    names = pending_migrations()
    return f"{len(names)} pending: {', '.join(names)}" if names else None


def pending_migrations():
    applied = MigrationRecorder(connection).applied_migrations()
    return [".".join(key) for key in sorted(KNOWN_MIGRATIONS.difference(applied))]


def status(request):
    problems = {name: problem_of(function) for name, function in checks.items()}
    failed = {name: problem for name, problem in problems.items() if problem}
    beat = {} if problems["redis"] else summary.last()
    answer = {
        "status": "unavailable" if failed else "ok",
        "release": RELEASE,
        "checks": {name: problem or "ok" for name, problem in problems.items()},
        "pending": [] if problems["postgres"] else pending_migrations(),
        "beat": {
            "last": beat.get("at"),
            "seconds_ago": beat.get("seconds_ago"),
            "release": beat.get("release"),
        },
        # Information, no condition: the backend serves without a worker, too.
        "beat_recent": beat.get("seconds_ago", float("inf")) < 5 * settings.BEAT_INTERVAL,
    }
    if failed:
        answer["reason"] = "; ".join(f"{name}: {problem}" for name, problem in failed.items())
    return JsonResponse(answer, status=503 if failed else 200, headers={"Cache-Control": "no-store"})


def problem_of(function):
    try:
        return function()
    except Exception as error:  # whatever a check raises is its answer
        return (str(error).strip().splitlines() or [type(error).__name__])[0]
