"""Files that came with a form that was refused: it carries them, signed, so that nobody chooses them again.

What a unit writes is kept in its draft; a desk has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from config.settings import Settings
from store.reports import Stored
from store.vault import Vault
from tasks_lib.evidence.looking import Upload, keep, sound
from tasks_lib.kernel.signing import secret_key

SALT = "dondoc.carried"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The files of one form: those that came with it now, and those it carried from before."""

    settings: Settings
    holder: str
    """Whoever chose them: what another's form carried is not theirs."""
    uploads: Sequence[Upload] = ()
    texts: Sequence[str] = ()
    """What the form carried."""
    left_out: Collection[str] = ()
    """The hashes of those carried that are not wanted any more."""

    def keep(self) -> tuple[Stored, ...]:
        """Store them; raise Faults naming those that are not taken."""
        wanted = [file for file in self._taken_up() if file.sha256 not in self.left_out]
        return keep(self.settings, (*wanted, *self.uploads))

    def sound(self) -> tuple[Stored, ...]:
        """Store those that are taken, and return what the form carries on."""
        kept = (*self._taken_up(), *sound(self.settings, self.uploads))
        return tuple({file.sha256: file for file in kept}.values())

    def carry(self, file: Stored) -> str:
        """Return a kept file as the form carries it."""
        return str(self._signer().dumps([file.name, file.sha256, file.size, file.media_type]))

    def _taken_up(self) -> Iterator[Stored]:
        """Give what was carried; what is not the holder's, or is there no more, is passed over."""
        for text in self.texts:
            try:
                name, sha256, size, media_type = self._signer().loads(text)
            except BadSignature:
                continue
            if Vault(self.settings.evidence_url).has(sha256):
                yield Stored(name=name, sha256=sha256, size=size, media_type=media_type)

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(secret_key(self.settings), salt=f"{SALT}.{self.holder}")
