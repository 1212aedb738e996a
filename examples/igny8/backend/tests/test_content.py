import pytest
from content import summary, tasks
from content.models import Article
from django.core.management import call_command

pytestmark = pytest.mark.infra


def test_lists_what_is_published(client, db):
    Article.objects.create(title="Seen", body="one two", published=True)
    Article.objects.create(title="Draft", body="one")
    assert [article["title"] for article in client.get("/api/v1/content/").json()["articles"]] == ["Seen"]


def test_takes_no_writes(client, db):
    assert client.post("/api/v1/content/").status_code == 405


def test_the_scheduled_task_counts_what_is_published(db, own_redis_keys):
    Article.objects.create(title="Seen", body="one two", published=True)
    Article.objects.create(title="Draft", body="one")
    tasks.count_articles()
    assert summary.last()["articles"] == "1"


def test_models_and_migrations_agree(db, settings):
    settings.MIGRATION_MODULES = {}  # --nomigrations hides them
    call_command("makemigrations", check=True, dry_run=True)
