from celery import shared_task

from content import summary
from content.models import Article


@shared_task
def count_articles():
    """Scheduled by beat; reads Postgres, writes Redis, so that its result proves both."""
    summary.write(Article.objects.filter(published=True).count())
