import time

from django.db import migrations

# Seconds: time to cut it, or to start it a second time beside the first.
WORK = 5


def note(apps, schema_editor):
    """One row per run, committed at once: the rows tell how often this ran."""
    apps.get_model("content", "ChangeLog").objects.create(text="0003_note_word_counts ran")
    time.sleep(WORK)


class Migration(migrations.Migration):
    # As long work on many rows often is, so that it holds no lock until its end. Nothing takes back a part of it.
    atomic = False

    dependencies = [("content", "0002_article_word_count")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
