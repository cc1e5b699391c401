from django.urls import path, re_path

from campaign import views

# Staff look at pictures too, where their process has no other address of the readers'.
pictures = [
    re_path(
        r"^pictures/(?P<name>[0-9a-f]{32}(?:-[0-9]+)?\.(?:avif|webp))$",
        views.picture,
        name="picture",
    ),
]
urlpatterns = [
    *pictures,
    path("", views.page, name="home"),
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/thanks/", views.feedback_thanks, name="feedback-thanks"),
    path("cookies/", views.cookies, name="cookies"),
    path("cookies/saved/", views.cookies_saved, name="cookies-saved"),
    path("visits/", views.visits, name="visits"),
    path("<slug:slug>/", views.page, name="page"),
]
