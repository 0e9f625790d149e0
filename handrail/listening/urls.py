"""Addresses of the room of listening."""

from django.urls import URLPattern, path

from handrail.listening.views import imports, page, topics

app_name = "listening"
urlpatterns: list[URLPattern] = [
    path("", page.listening, name="listening"),
    path("more", page.more, name="more"),
    path("since", page.came_since, name="came_since"),
    path("posts.csv", page.posts_csv, name="posts_csv"),
    path("topics/", topics.topics, name="topics"),
    path("topics/new", topics.edit, name="new_topic"),
    path("topics/preview", topics.preview, name="preview"),
    path("topics/<int:pk>", topics.edit, name="topic"),
    path("topics/<int:pk>/retire", topics.retire, name="retire_topic"),
    path("import", imports.imports, name="imports"),
    path("import/sample.csv", imports.sample_csv, name="sample_csv"),
    path("import/<int:pk>", imports.one_import, name="import"),
    path("import/<int:pk>/columns", imports.columns, name="columns"),
    path("import/<int:pk>/put-in", imports.put_in, name="put_in"),
    path("import/<int:pk>/stop", imports.stop, name="stop"),
    path("import/<int:pk>/put-back", imports.put_back, name="put_back"),
    path("import/<int:pk>/progress", imports.progress, name="progress"),
    path("import/<int:pk>/rows-to-mend.csv", imports.bad_csv, name="bad_csv"),
]
