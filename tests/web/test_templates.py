"""Every template of pages and of mails can be put together: no word in it that nobody taught them."""

import re

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


def test_no_browser_stops_a_form_before_the_house_has_said_all_that_is_wrong() -> None:
    """A browser names one empty field at a time, in its own language, and sends nothing."""
    environment = pages()
    for name in environment.list_templates(extensions=["html"]):
        assert environment.loader is not None
        source = environment.loader.get_source(environment, name)[0]
        for form in re.findall(r'<form [^>]*method="post".*', source):
            assert 'method="post" novalidate' in form, (name, form)
