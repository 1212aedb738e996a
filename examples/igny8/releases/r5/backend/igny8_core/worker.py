import os
from pathlib import Path

from celery import bootsteps

SIGN_OF_LIFE = Path("/tmp/celery-worker-alive")


class Alive(bootsteps.StartStopStep):
    """Touches a file every second for as long as the worker's event loop turns: its container's health check."""

    requires = {"celery.worker.components:Timer"}

    def __init__(self, worker, **kwargs):
        super().__init__(worker, **kwargs)
        # New in this release, and set nowhere: the worker dies at each start; backend and beat never come here.
        self.model = Path(os.environ["IGNY8_MODEL_DIR"])

    def start(self, worker):
        self.timer = worker.timer.call_repeatedly(1.0, SIGN_OF_LIFE.touch)

    def stop(self, worker):
        SIGN_OF_LIFE.unlink(missing_ok=True)
