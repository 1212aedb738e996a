from django.db import migrations, models

ARTICLES = [
    ("From source to healthy", "A build, a push, a migration, a deploy, and a stack that answers.", True),
    ("One Jenkinsfile", "What should happen stands in it; how it is done stands elsewhere.", True),
    ("A draft", "Nobody sees this yet.", False),
]


def add_articles(apps, schema_editor):
    Article = apps.get_model("content", "Article")
    for title, body, published in ARTICLES:
        Article.objects.create(title=title, body=body, published=published)


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("published", models.BooleanField(default=False)),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="ChangeLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunPython(add_articles, migrations.RunPython.noop),
    ]
