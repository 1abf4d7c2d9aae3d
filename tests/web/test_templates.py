"""Every template of pages and of mails can be put together: no word in it that nobody taught them."""

from jinja2 import Environment

from notifications.render import environment as mails
from web.frame.render import environment as pages


def _put_together(environment: Environment) -> list[str]:
    names = environment.list_templates(extensions=["html", "txt", "j2"])
    for name in names:
        environment.get_template(name)
    return names


def test_every_page() -> None:
    assert len(_put_together(pages())) > 30


def test_every_mail() -> None:
    assert len(_put_together(mails(html=True))) > 60
