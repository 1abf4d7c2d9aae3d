"""Where on this machine the portal and Prefect's server stand unless somebody says otherwise."""

from __future__ import annotations

NO_PORTAL = "http://127.0.0.1:8239"
"""What links begin with where no DONDOC_PUBLIC_URL is set: the portal on this machine."""
PORTAL_PORT = int(NO_PORTAL.rpartition(":")[2])
PREFECT_PORT = 4200
