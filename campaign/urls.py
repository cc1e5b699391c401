from django.urls import path

from campaign import views

urlpatterns = [
    path("", views.page, name="home"),
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/thanks/", views.feedback_thanks, name="feedback-thanks"),
    path("<slug:slug>/", views.page, name="page"),
]
