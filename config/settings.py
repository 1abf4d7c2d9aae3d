"""What differs from machine to machine, read from the environment (DONDOC_…)."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, ClassVar, Literal
from zoneinfo import ZoneInfo

from platformdirs import user_state_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.addresses import address_fault
from config.errors import ConfigError, Fault
from obligations.calendar import ZONE

PROJECT_ROOT = Path(__file__).resolve().parent.parent
"""The checkout, or the site-packages of whoever installed a wheel."""
PREFIX = "DONDOC_"


def default_home(root: Path = PROJECT_ROOT) -> Path:
    """Return where files are kept unless DONDOC_HOME says: in the checkout, else in the user's state folder.

    Never among installed packages, where the next installation would take the database away.
    """
    is_checkout = (root / "pyproject.toml").is_file()
    return root / ".dondoc" if is_checkout else user_state_path("dondoc", appauthor=False)


class Settings(BaseSettings):
    """The environment's settings; each field is read from DONDOC_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    timezone: ClassVar[ZoneInfo] = ZONE
    """Fixed: the plan's days are Vietnamese days."""

    home: Path = Field(default_factory=default_home)
    """Where the program keeps its files; always absolute, for workers run in temporary folders."""
    database_url: str = ""
    """Any SQLAlchemy URL; a SQLite file under `home` unless given."""
    config_dir: Path | None = None
    """A client's own copy of config/."""
    mail_transport: Literal["file", "smtp", "memory"] = "file"
    mail_from: str = "dondoc@laocai.example"
    mail_domains: str = ""
    """Which domains an address typed on the portal may have, apart by commas; .example always may."""
    mail_redirect: str | None = None
    """For a trial: everything goes to this one address."""
    mail_lease_seconds: Annotated[int, Field(gt=0)] = 300
    """How long a claimed message stays with its sender before another may take it."""
    sending_starts: time = time(7, 30)
    sending_ends: time = time(17, 0)
    smtp_host: str = "localhost"
    smtp_port: Annotated[int, Field(gt=0, lt=65536)] = 25
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_tls: Literal["none", "starttls", "ssl"] = "none"
    smtp_timeout: Annotated[float, Field(gt=0)] = 20.0
    smtp_final_timeout: Annotated[float, Field(gt=0)] = 600.0
    """How long the answer to a whole message may take: ten minutes (RFC 5321, 4.5.3.2.6)."""
    bounces: Path | None = None
    """A mailbox or file of delivery reports, read before each delivery and by `dondoc bounces`."""
    public_url: str | None = None
    """Where users reach the portal; mails carry no links without it."""
    secret_key: SecretStr | None = None
    """Signs links and cookies; made once under `home` unless given. Processes that share links share it."""
    link_days: Annotated[int, Field(gt=0)] = 30
    """How long a link in a mail opens its agency's form [ours]."""
    login_link_minutes: Annotated[int, Field(gt=0)] = 60
    """How long a one-time login link that somebody asked for can be used [ours]."""
    session_hours: Annotated[int, Field(gt=0)] = 10
    """How long somebody stays signed in: a working day [ours]."""
    evidence_url: str = ""
    """Where evidence files are kept: any fsspec address; the folder evidence under `home` unless given."""
    evidence_max_mb: Annotated[int, Field(gt=0)] = 20
    """The largest evidence file; larger ones do not travel by the province's mail either [ours]."""
    prefect_ui_url: str | None = None
    """Where coordinators reach Prefect's pages; the board links there."""
    ops_mail: str | None = None
    """Who is told when something stands still; over a connection of its own, not by the outbox."""
    disk_min_mb: Annotated[int, Field(ge=0)] = 500
    """Less room than this where the home lies is told [ours]."""
    metrics_token: SecretStr | None = None
    """What a monitor says to read /metrics and the details of /readyz; without one only this machine may."""
    heartbeat_url: str | None = None
    """Called after each good round, for a watchman elsewhere that misses it."""
    heartbeat_delivery_url: str | None = None
    """The same after each delivery that was not stopped."""
    probe_mail: str | None = None
    """Where the daily self-test's mail goes; the ops' address, else the sender's own, unless given."""
    probe_url: str | None = None
    """Where the daily self-test reaches the portal, if not at `public_url`."""

    @model_validator(mode="before")
    @classmethod
    def _place(cls, values: dict[str, object]) -> dict[str, object]:
        """Make the home absolute and put the database there unless another is named."""
        home = Path(str(values.get("home") or default_home())).expanduser().absolute()
        database = values.get("database_url") or f"sqlite:///{home / 'dondoc.db'}"
        evidence = values.get("evidence_url") or str(home / "evidence")
        return {**values, "home": home, "database_url": database, "evidence_url": evidence}

    @field_validator("mail_from", "mail_redirect")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and (fault := address_fault(value, allow_real=True)):
            raise ValueError(fault)
        return value

    @model_validator(mode="after")
    def _hours(self) -> Settings:
        if self.sending_ends <= self.sending_starts:
            raise ValueError("giờ gửi thư kết thúc phải sau giờ bắt đầu")
        return self


def read_settings() -> Settings:
    """Read the environment; raise `ConfigError` with one line per variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigError([_fault(detail["loc"], detail["msg"]) for detail in error.errors()]) from None


def _fault(location: tuple[int | str, ...], message: str) -> Fault:
    name = PREFIX + str(location[0]).upper() if location else PREFIX + "SENDING_ENDS"
    return Fault("môi trường", "", name, f"giá trị không hợp lệ ({message.removeprefix('Value error, ')})")
