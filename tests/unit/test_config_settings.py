"""What the environment may say, and what stands where it says nothing."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import OWN_DIRECTORY, load_configuration
from config.settings import PREFIX, PROJECT_ROOT, read_settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_without_any_setting_mails_become_files_under_the_project() -> None:
    settings = read_settings()
    assert settings.home == PROJECT_ROOT / ".dondoc"
    assert settings.database_url == f"sqlite:///{PROJECT_ROOT / '.dondoc' / 'dondoc.db'}"
    assert settings.mail_transport == "file"
    assert (settings.sending_starts, settings.sending_ends) == (time(7, 30), time(17, 0))
    assert settings.timezone.key == "Asia/Ho_Chi_Minh"
    assert settings.smtp_final_timeout == 600  # as RFC 5321, 4.5.3.2.6, asks for


def test_home_is_made_absolute_and_takes_the_database_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DONDOC_HOME", "here")
    settings = read_settings()
    assert settings.home == tmp_path / "here"
    assert settings.database_url == f"sqlite:///{tmp_path / 'here' / 'dondoc.db'}"


def test_a_named_database_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql+psycopg://localhost/dondoc")
    assert read_settings().database_url == "postgresql+psycopg://localhost/dondoc"


def test_a_password_does_not_show_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SMTP_PASSWORD", "rất bí mật")
    assert "bí mật" not in repr(read_settings())


def test_a_wrong_value_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SMTP_PORT", "thư")
    with pytest.raises(ConfigError, match=r"^môi trường: DONDOC_SMTP_PORT: "):
        read_settings()


def test_hours_must_run_forward(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SENDING_ENDS", "06:00")
    with pytest.raises(ConfigError, match="DONDOC_SENDING_ENDS"):
        read_settings()


def test_the_configuration_of_another_directory_can_be_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert load_configuration().directory == OWN_DIRECTORY
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(tmp_path))
    with pytest.raises(ConfigError, match=r"plan\.toml: không đọc được tệp"):
        load_configuration()
