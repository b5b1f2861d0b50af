"""The address of a store that speaks S3, and what django-storages is told by it. Knows no Django settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def stored_by(url: str) -> dict[str, Any]:
    """An entry of STORAGES for ``s3://KEY:SECRET@host[:port]/bucket?tls=false&region=…``."""
    parts = urlsplit(url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    scheme = "http" if asked.get("tls") == "false" else "https"
    options = {
        "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "bucket_name": parts.path.strip("/"),
        "region_name": asked.get("region", "us-east-1"),
        "file_overwrite": True,  # names are given by chance, and once: nobody need be asked whether one is taken
    }
    return {"BACKEND": "cluster_portal.files.kept_in_s3.KeptInS3", "OPTIONS": options}
