from django.db import migrations


def link_changes(apps, schema_editor):
    """Half way: a row is written, then the drafts turn out to be what nobody had thought of."""
    Article = apps.get_model("content", "Article")
    ChangeLog = apps.get_model("content", "ChangeLog")
    for article in Article.objects.iterator():
        if not article.published:
            raise ValueError(f"article {article.id} ({article.title!r}) was never published: no first change to record")
        ChangeLog.objects.create(text=f"{article.slug} published")


class Migration(migrations.Migration):
    """Fails on the rows of 0001; Postgres takes back what it wrote before, 0003 stays."""

    dependencies = [("content", "0003_article_slug")]

    operations = [migrations.RunPython(link_changes, migrations.RunPython.noop)]
