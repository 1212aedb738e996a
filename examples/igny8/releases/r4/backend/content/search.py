import socket

from django.conf import settings


def search_answers():
    """This release wants a search service, and nobody has put one into the infra stack."""
    try:
        socket.create_connection(("search", 7700), timeout=settings.ANSWER_WITHIN).close()
    except OSError as error:
        return f"search:7700 does not answer: {error}"
