from django.urls import path

from campaign import views

urlpatterns = [
    path("", views.page, name="home"),
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/thanks/", views.feedback_thanks, name="feedback-thanks"),
    path("cookies/", views.cookies, name="cookies"),
    path("cookies/saved/", views.cookies_saved, name="cookies-saved"),
    path("visits/", views.visits, name="visits"),
    path("<slug:slug>/", views.page, name="page"),
]
