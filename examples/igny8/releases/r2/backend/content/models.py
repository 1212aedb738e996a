from django.db import models


class Article(models.Model):
    title = models.CharField(max_length=200)
    body = models.TextField()
    published = models.BooleanField(default=False)
    word_count = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def save(self, *args, **kwargs):
        self.word_count = len(self.body.split())
        super().save(*args, **kwargs)


class ChangeLog(models.Model):
    """What was done to the content as a whole, one row each time."""

    text = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
