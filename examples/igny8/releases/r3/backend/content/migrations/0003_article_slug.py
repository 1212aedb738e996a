from django.db import migrations, models
from django.utils.text import slugify


def add_slugs(apps, schema_editor):
    Article = apps.get_model("content", "Article")
    for article in Article.objects.iterator():
        article.slug = slugify(article.title)
        article.save(update_fields=["slug"])


class Migration(migrations.Migration):
    """The first of two: this one works, and stays applied when the second fails."""

    dependencies = [("content", "0002_article_word_count")]

    operations = [
        migrations.AddField("article", "slug", models.SlugField(max_length=200, null=True)),
        migrations.RunPython(add_slugs, migrations.RunPython.noop),
    ]
