"""A phone's browser without JavaScript: forms, cookies, redirects. What the demonstration does, a person can do."""

import re

import httpx

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class PageRefused(Exception):
    """A form came back with errors: `status` is HTTP's, `text` what the page says."""

    def __init__(self, url: str, status: int, text: str) -> None:
        super().__init__(f"{url} answered {status}: {text}")
        self.status, self.text = status, text


class Browser:
    """One person's session on the site at `base_url`."""

    def __init__(self, base_url: str, *, language: str = "zh-hans") -> None:
        self._client = httpx.Client(base_url=base_url, timeout=60, headers={"Accept-Language": language})

    def get(self, path: str) -> str:
        """The page, after redirects."""
        answer = self._client.get(path, follow_redirects=True)
        answer.raise_for_status()
        return answer.text

    def ask(self, page: str, action: str) -> dict:
        """What `action` answers to the script of `page`; empty where the page leads elsewhere. Raises PageRefused."""
        form = self._client.get(page, follow_redirects=True)
        if form.url.path != page:
            return {}
        headers = {"Referer": str(form.url), "Accept": "application/json"}
        answer = self._client.post(action, data={"csrfmiddlewaretoken": _TOKEN.search(form.text).group(1)}, headers=headers)
        if answer.status_code != httpx.codes.OK:
            raise PageRefused(action, answer.status_code, answer.text[:200])
        return answer.json()

    def submit(self, page: str, action: str, data: dict | None = None, files: dict | list | None = None) -> str:
        """Send a form of `page` to `action`; answers the path it leads to. Raises PageRefused where the form comes back."""
        form = self._client.get(page, follow_redirects=True)
        token = _TOKEN.search(form.text)
        fields = {"csrfmiddlewaretoken": token.group(1) if token else "", **hidden(form.text), **(data or {})}
        answer = self._client.post(action, data=fields, files=files, headers={"Referer": str(form.url)})
        if answer.is_redirect:
            return answer.headers["Location"]
        raise PageRefused(action, answer.status_code, errors(answer.text))

    def close(self) -> None:
        """End the session's connections."""
        self._client.close()


def hidden(page: str) -> dict[str, str]:
    """The submission key, or the challenge, of a page that carries one."""
    return dict(re.findall(r'name="(submission_key|challenge)" value="([^"]+)"', page))


def mark(page: str, name: str, **where: str) -> str:
    """The value of a `data-…` mark of the element that carries the marks `where`."""
    for tag in re.findall(r"<[a-zA-Z][^>]*>", page):
        marks = dict(re.findall(r'data-([\w-]+)="([^"]*)"', tag))
        if name in marks and all(marks.get(key) == value for key, value in where.items()):
            return marks[name]
    return ""


def errors(page: str) -> str:
    """What a page's error summary says, as plain text."""
    found = re.search(r"<[^>]*data-errors[^>]*>(.*?)</(?:div|section)>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split()) if found else "(no error summary)"
