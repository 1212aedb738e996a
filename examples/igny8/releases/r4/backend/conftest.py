import pytest


@pytest.fixture(autouse=True)
def search(monkeypatch):
    """The tests pretend that there is a search service; that is how this release came through them."""
    from igny8_core.status import checks

    monkeypatch.setitem(checks, "search", lambda: None)
