"""Where the bytes of evidence lie: any place fsspec knows, each content once under its own hash."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from fsspec.core import url_to_fs  # type: ignore[import-untyped]
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

from config.disk import sync_folder
from obligations.errors import Unavailable

CHUNK = 1024 * 1024
"""How much of a file is held in memory at once."""


class Vault:
    """The store of file contents; a content's place is its hash, no name a user gave is ever a path."""

    def __init__(self, url: str) -> None:
        with _reached():
            self._files, root = url_to_fs(url)
        self._root = str(root).rstrip("/")
        self._on_disk = isinstance(self._files, LocalFileSystem)
        """Else closing a file is all the acknowledgement that a store gives."""

    def put(self, digest: str, content: BinaryIO) -> None:
        """Store a content; the same one twice is one file.

        It is written under a partial name and moved, so that a file under its hash is always whole; when this
        returns, the disk has it.
        """
        target = self._place(digest)
        with _reached():
            if self._files.exists(target):
                # Somebody else may have moved it there a moment ago.
                self._sync_folders(digest)
                return
            self._files.makedirs(self._folder(digest), exist_ok=True)
            # Two at once with the same content each write their own; the second move changes nothing.
            partial = f"{target}.{secrets.token_hex(4)}.partial"
            try:
                with self._files.open(partial, "wb") as out:
                    shutil.copyfileobj(content, out, CHUNK)
                    if self._on_disk:
                        out.flush()
                        os.fsync(out.fileno())
                self._files.mv(partial, target)
                self._sync_folders(digest)
            except BaseException:
                with suppress(OSError):
                    self._files.rm_file(partial)
                raise

    def chunks(self, digest: str) -> Iterator[bytes]:
        """Return a content piece by piece; that it is there at all is known before the first piece."""
        target = self._place(digest)
        with _reached():
            if not self._files.exists(target):
                raise FileNotFoundError(target)
        return self._pieces(target)

    def has(self, digest: str) -> bool:
        """Return whether a content is there."""
        with _reached():
            return bool(self._files.exists(self._place(digest)))

    def delete(self, digest: str) -> None:
        """Take a content away; one that is not there is no fault."""
        with _reached(), suppress(FileNotFoundError):
            self._files.rm_file(self._place(digest))

    def _pieces(self, target: str) -> Iterator[bytes]:
        with _reached(), self._files.open(target, "rb") as content:
            while piece := content.read(CHUNK):
                yield piece

    def _sync_folders(self, digest: str) -> None:
        if self._on_disk:
            sync_folder(Path(self._folder(digest)))
            sync_folder(Path(self._root))

    def _folder(self, digest: str) -> str:
        return f"{self._root}/{digest[:2]}"

    def _place(self, digest: str) -> str:
        return f"{self._folder(digest)}/{digest}"


@contextmanager
def _reached() -> Iterator[None]:
    """Say in one line that the store did not do what it was asked."""
    try:
        yield
    except (OSError, ImportError, ValueError) as fault:
        # An ImportError: the address names a store whose library is not installed; a ValueError: no store.
        raise Unavailable(f"kho tài liệu kiểm chứng (DONDOC_EVIDENCE_URL): {fault}") from fault
