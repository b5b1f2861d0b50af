"""The portal's addresses with those of development."""

from cluster_portal import gallery, urls

urlpatterns = [*urls.urlpatterns, *gallery.urlpatterns]
