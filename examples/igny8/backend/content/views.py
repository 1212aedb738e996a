from django.http import JsonResponse
from django.views.decorators.http import require_GET

from content.models import Article


@require_GET
def articles(request):
    published = Article.objects.filter(published=True).values("id", "title")
    return JsonResponse({"articles": list(published)})
