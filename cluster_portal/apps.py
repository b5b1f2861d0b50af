from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "cluster_portal"

    def ready(self) -> None:
        from cluster_portal.door import hang

        hang()
