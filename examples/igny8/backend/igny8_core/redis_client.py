from django.conf import settings
from redis import Redis


def redis():
    return Redis(
        host=settings.REDIS_HOST,
        port=settings.REDIS_PORT,
        socket_connect_timeout=settings.ANSWER_WITHIN,
        socket_timeout=settings.ANSWER_WITHIN,
        decode_responses=True,
    )
