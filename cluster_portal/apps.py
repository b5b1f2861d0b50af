from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "cluster_portal"

    def ready(self) -> None:
        from cluster_portal import addresses  # noqa: F401 – its check is registered
        from cluster_portal.checkups import add_checkups
        from cluster_portal.door import hang
        from cluster_portal.files import virus_scan
        from cluster_portal.files.finished_files import let_go_of_old
        from cluster_portal.metrics import add_reader, of_tasks
        from cluster_portal.worker import add_chore

        add_reader(of_tasks)
        add_chore(let_go_of_old)
        hang()
        add_checkups()
        virus_scan.hang()
