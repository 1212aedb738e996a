import pytest
from content import tasks
from igny8_core import status as status_module
from igny8_core.status import problem_of

URL = "/api/v1/system/status/"
infra = pytest.mark.infra


@infra
def test_answers_200_when_everything_answers(client, applied, own_redis_keys):
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer.json()["checks"].items() >= {"postgres": "ok", "redis": "ok", "migrations": "ok"}.items()
    assert answer.json()["pending"] == []


@infra
def test_names_a_pending_migration(client, applied, own_redis_keys):
    applied.record_unapplied("content", "0001_initial")
    answer = client.get(URL)
    assert answer.status_code == 503
    assert answer.json()["pending"] == ["content.0001_initial"]
    assert "migrations: 1 pending: content.0001_initial" in answer.json()["reason"]


@infra
def test_a_migration_that_this_process_does_not_know_is_no_problem(client, applied, own_redis_keys):
    applied.record_applied("content", "9999_of_a_later_release")
    assert client.get(URL).status_code == 200


@infra
def test_says_what_redis_says(client, applied, own_redis_keys, settings):
    redis_port, settings.REDIS_PORT = settings.REDIS_PORT, 1
    answer = client.get(URL)
    settings.REDIS_PORT = redis_port
    assert answer.status_code == 503
    assert "refused" in answer.json()["checks"]["redis"]
    assert answer.json()["checks"]["postgres"] == "ok"


@infra
def test_shows_when_the_scheduled_task_ran(client, applied, own_redis_keys):
    assert client.get(URL).json()["beat"]["last"] is None
    assert client.get(URL).json()["beat_recent"] is False
    tasks.count_articles()
    answer = client.get(URL).json()
    assert answer["beat"]["seconds_ago"] < 5
    assert answer["beat_recent"] is True


def test_a_problem_is_one_line():
    def two_lines():
        raise OSError("first\nsecond")

    def nothing_said():
        raise TimeoutError

    assert problem_of(two_lines) == "first"
    assert problem_of(nothing_said) == "TimeoutError"
    assert problem_of(lambda: None) is None


def test_an_app_can_add_a_check_of_its_own(monkeypatch):
    monkeypatch.setattr(status_module, "checks", {})
    status_module.check("search")(lambda: "no index")
    assert status_module.checks["search"]() == "no index"
