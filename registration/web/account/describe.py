"""What a browser says it is, in two words: enough for its person to know it again, and no fingerprint."""

from django.http import HttpRequest

# the first that is found names it: Chrome says Safari, Edge says Chrome, and all of them say Mozilla
_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("HuaweiBrowser", "Huawei Browser"), ("MiuiBrowser", "Mi Browser"), ("UCBrowser", "UC"),
    ("QQBrowser", "QQ Browser"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def describe_browser(request: HttpRequest) -> str:
    """For instance "Chrome, Android"; empty where nothing is known."""
    agent = request.headers.get("User-Agent", "")[:400]
    found = (next((name for sign, name in table if sign in agent), "") for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))
