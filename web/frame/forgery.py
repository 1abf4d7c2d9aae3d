"""The token that shows a form was made for the visitor's own session (cross-site request forgery)."""

from __future__ import annotations

from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from wtforms import Form
from wtforms.csrf.session import SessionCSRF

from config.settings import Settings
from tasks_lib.kernel.signing import secret_key

FIELD = "csrftoken"


class _Token(Form):  # type: ignore[misc]  # the library has no types
    """A form with nothing but its token."""

    class Meta:
        """How the library makes and checks it."""

        csrf = True
        csrf_class = SessionCSRF
        csrf_field_name = FIELD


def token_of(request: Request, settings: Settings) -> str:
    """Return the token for forms of this session."""
    token: str = _form(request, settings, None)[FIELD].current_token
    return token


def is_genuine(request: Request, settings: Settings, form: FormData) -> bool:
    """Whether a form carries the token of the session it comes with."""
    return bool(_form(request, settings, form).validate())


def _form(request: Request, settings: Settings, form: FormData | None) -> Form:
    meta = {
        "csrf_context": request.session,
        "csrf_secret": secret_key(settings).encode(),
        "csrf_time_limit": timedelta(hours=settings.session_hours),
    }
    return _Token(form, meta=meta)
