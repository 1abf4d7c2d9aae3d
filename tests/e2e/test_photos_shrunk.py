"""A telephone's photograph is made smaller on the device, before it travels; other files stay as they are."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tasks_lib.kernel.links import answer_link
from tests.support.life.stories import MUONG_VI
from tests.support.pages.portal import Portal

WIDTH, HEIGHT = 2600, 1950


def photograph(path: Path) -> int:
    """Write a picture with as much in it as a real one; return its size."""
    noise = random.Random(1).randbytes(WIDTH * HEIGHT * 3)
    made = BytesIO()
    Image.frombytes("RGB", (WIDTH, HEIGHT), noise).save(made, "JPEG", quality=80)
    path.write_bytes(made.getvalue())
    return len(made.getvalue())


def test_a_photograph_is_shrunk_before_it_is_sent(portal: Portal, phone: Page, tmp_path: Path) -> None:
    large = photograph(tmp_path / "anh.jpg")
    (tmp_path / "bien-ban.pdf").write_bytes(b"%PDF-1.4 x")
    phone.goto(answer_link(portal.house, MUONG_VI, portal.clock()).url)
    field = phone.locator("input[type=file]").first
    field.set_input_files([tmp_path / "anh.jpg", tmp_path / "bien-ban.pdf"])
    expect(phone.get_by_text("Ảnh đã được thu nhỏ trên máy này").first).to_be_attached()

    sizes = field.evaluate("input => Array.from(input.files).map(f => [f.name, f.size])")
    assert [name for name, _ in sizes] == ["anh.jpg", "bien-ban.pdf"]
    assert sizes[0][1] < large
    assert sizes[1][1] == 10
