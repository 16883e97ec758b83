"""Files of the engines that browsers may have."""

from django.urls import path

from verification.web.face_detector import face_detector

app_name = "verification"
urlpatterns = [
    path("models/face-detector.onnx", face_detector, name="face_detector"),
]
