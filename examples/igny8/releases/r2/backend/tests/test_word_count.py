import pytest
from content.models import Article


@pytest.mark.infra
def test_counts_words_when_saved(client, db):
    Article.objects.create(title="Seen", body="one two three", published=True)
    assert client.get("/api/v1/content/").json()["articles"][0]["word_count"] == 3
