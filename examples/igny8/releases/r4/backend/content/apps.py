from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"

    def ready(self):
        from content.search import search_answers
        from igny8_core.status import check

        check("search")(search_answers)
