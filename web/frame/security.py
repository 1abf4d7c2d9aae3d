"""What guards every request, by kept libraries: headers, sizes, rate limits."""

from __future__ import annotations

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from secure import (
    CacheControl,
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import HTMLResponse
from starlette.types import Scope

from config.settings import Settings
from tasks_lib.kernel.signing import secret_key

SESSION = "dondoc"
"""The session's cookie; it holds nothing but the session's number, signed."""
MEGABYTE = 1024 * 1024
FILES_AT_ONCE = 20
BODY_MEGABYTES = 60
"""The largest form with its files: a scan of every page of a long report."""

# How often within what time, by whom: generous to people, hopeless for guessing.
LOGINS_BY_CLIENT = parse("20/15 minutes")
LOGINS_TO_ADDRESS = parse("5/hour")
MISSES_BY_CLIENT = parse("30/10 minutes")
CHANGES_BY_VISITOR = parse("240/minute")
RENEWALS_OF_LINK = parse("3/hour")
CONTACTS_BY_LINK = parse("10/hour")
"""Each change by a link mails the unit."""


class Limits:
    """Counts in the memory of this process; a moving window."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, rule: RateLimitItem, *who: str) -> bool:
        """Count one more; return whether it is still allowed."""
        return self._limiter.hit(rule, *who)


def own_pages() -> ContentSecurityPolicy:
    """Return what the portal's pages need."""
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .style_src("'self'")
        .script_src("'self'")
        .img_src("'self'", "data:")
        .connect_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
    )


def headers(settings: Settings, policy: ContentSecurityPolicy) -> Secure:
    """Return the headers of every response: nothing from elsewhere, nowhere framed, no address told on."""
    return Secure(
        csp=policy,
        # The path of a link is a key: it must not travel on to other sites.
        referrer=ReferrerPolicy().no_referrer(),
        xfo=XFrameOptions().deny(),
        xcto=XContentTypeOptions().nosniff(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        permissions=PermissionsPolicy().geolocation().microphone().camera(),
        hsts=StrictTransportSecurity().max_age(31_536_000) if is_https(settings) else None,
    )


def is_https(settings: Settings) -> bool:
    """Whether users reach the portal over an encrypted connection."""
    return (settings.public_url or "").startswith("https://")


def sessions(settings: Settings) -> Middleware:
    """Return what reads and writes the session's cookie, the same on the portal and on the door."""
    return Middleware(
        SessionMiddleware,
        secret_key=secret_key(settings),
        session_cookie=SESSION,
        max_age=settings.session_hours * 3600,
        same_site="lax",
        https_only=is_https(settings),
    )


PRIVATE = CacheControl().private().no_cache().header_value
"""Pages are one visitor's; going back in the browser must still find what was typed."""

TOO_LARGE = 413
TOO_LARGE_WORDS = (
    f"Chưa ghi nhận: các tệp gửi cùng lúc vượt quá {BODY_MEGABYTES} MB. Đề nghị quay lại trang trước"
    " (nội dung đã nhập còn nguyên), giảm dung lượng hoặc gửi làm nhiều lần."
)
UNREADABLE_WORDS = (
    "Chưa ghi nhận: dữ liệu gửi lên không đầy đủ. Đề nghị quay lại trang trước (nội dung đã nhập còn nguyên)"
    " rồi gửi lại."
)


def bare_page(text: str, status: int, title: str = "Chưa ghi nhận") -> HTMLResponse:
    """Return a page that needs nothing but its words, for what is refused before any page is reached."""
    return HTMLResponse(
        f"<!doctype html><html lang='vi'><meta charset='utf-8'><title>{title}</title><p>{text}</p></html>",
        status_code=status,
    )


def client_of(scope: Scope) -> str:
    """Return the address a request came from, as the server or its proxy tells it."""
    client = scope.get("client")
    return str(client[0]) if client else "unknown"
