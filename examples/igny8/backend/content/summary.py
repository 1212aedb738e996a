"""The scheduled task's last result, in Redis."""

from datetime import datetime, timezone

from django.conf import settings

from igny8_core.redis_client import redis
from igny8_core.release import RELEASE


def write(articles):
    at = datetime.now(timezone.utc).isoformat()
    with redis() as client:
        client.hset(key(), mapping={"articles": articles, "at": at, "release": RELEASE})


def last():
    """Keys articles, at, release and seconds_ago; empty before the first run."""
    with redis() as client:
        result = client.hgetall(key())
    if result:
        age = datetime.now(timezone.utc) - datetime.fromisoformat(result["at"])
        result["seconds_ago"] = round(age.total_seconds(), 1)
    return result


def key():
    return f"{settings.REDIS_PREFIX}:summary"
