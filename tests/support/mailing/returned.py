"""Delivery reports as mail servers write them (RFC 3464), about a mail of ours."""

from __future__ import annotations

from email import message_from_bytes

NO_MAILBOX = "smtp; 550 5.1.1 khong co hop thu nay"

_REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mail.laocai.example (Mail Delivery System)
To: dondoc@laocai.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{digest}@mail.laocai.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="NEXT"

--NEXT
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.laocai.example.

--NEXT
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.laocai.example
Arrival-Date: Thu, 7 Jul 2022 07:30:01 +0700

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--NEXT
Content-Type: {kind}

"""


def returned(
    content: bytes,
    address: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = NO_MAILBOX,
    headers_only: bool = False,
) -> bytes:
    """A report that one address did not get a mail, with the mail itself or its headers."""
    original = content
    if headers_only:
        original = f"Message-ID: {message_from_bytes(content)['Message-ID']}\nSubject: x\n\n".encode()
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    head = _REPORT.format(
        digest=len(content), address=address, action=action, status=status, said=said, kind=kind
    )
    return head.encode() + original + b"\n--NEXT--\n"
