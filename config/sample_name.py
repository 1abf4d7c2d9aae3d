"""What the sample plan of the present year is called."""

from __future__ import annotations

KEY, NUMBER = "mau-2026", "MẪU-2026/KH-UBND"
