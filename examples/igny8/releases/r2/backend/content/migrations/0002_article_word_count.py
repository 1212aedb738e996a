from django.db import migrations, models


def count_words(apps, schema_editor):
    Article = apps.get_model("content", "Article")
    for article in Article.objects.iterator():
        article.word_count = len(article.body.split())
        article.save(update_fields=["word_count"])


class Migration(migrations.Migration):
    """A column, and what belongs into it for the rows that are there. r1 goes on working: it does not see it."""

    dependencies = [("content", "0001_initial")]

    operations = [
        # Nullable, since r1 still inserts rows between this migration and the switch.
        migrations.AddField("article", "word_count", models.PositiveIntegerField(null=True)),
        migrations.RunPython(count_words, migrations.RunPython.noop),
    ]
