"""The sandbox's page: what it knows, what it received, and its switches. Chinese and English side by side, no script."""

import time
from html import escape
from pathlib import Path
from string import Template

from sandbox import enterprises, fixed
from sandbox.faults import KINDS, SERVICES, Faults
from sandbox.state import State

CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
SHOWN = 100
CHANNELS = {"sms": "", "voice": "☎ 语音 · call"}
NAMES = {
    "authority": ("人口信息核验", "Population registry"),
    "bureau": ("征信机构（三要素）", "Credit bureau (three elements)"),
    "operators": ("运营商互查（号码数量）", "Other operators (number of lines)"),
    "enterprises": ("企业登记查询", "Register of enterprises"),
    "sms": ("短信网关", "SMS gateway"),
    "voice": ("语音网关", "Voice gateway"),
    "receipts": ("送达回执", "Delivery receipts"),
}
TEMPLATE = Template((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))


def render(state: State, faults: Faults) -> str:
    """The whole page; everything that came from outside is escaped."""
    report = faults.report()
    return TEMPLATE.substitute(
        messages=_rows(_message(each) for each in state.messages(limit=SHOWN)),
        identities=_rows([each["name"], each["id_number"], each["outcome"]] for each in state.identities(limit=SHOWN)),
        phones=_rows([each["phone"], each["outcome"]] for each in state.phones()),
        fixed=_rows([*fixed.rows(), *enterprises.rows()]),
        faults="\n".join(_switch(service, report[service]) for service in SERVICES),
        shown=SHOWN,
    )


def _message(each: dict) -> list[str]:
    at = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(each["received_at"]))
    return [at, f"{each['phone']} {CHANNELS[each['channel']]}", each["text"]]


def _rows(rows) -> str:
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return "\n".join(lines) or '<tr><td colspan="3" class="none">暂无 · None yet</td></tr>'


def _switch(service: str, fault: dict) -> str:
    options = "".join(
        f'<option value="{kind}"{" selected" if kind == fault["kind"] else ""}>{kind}: {escape(zh)} · {escape(en)}</option>'
        for kind, (zh, en) in KINDS.items()
    )
    zh, en = NAMES[service]
    return f"""<form method="post" action="/faults" class="{"on" if fault["kind"] != "none" else ""}">
<h3>{zh} · {en}</h3><input type="hidden" name="service" value="{service}">
<p>已收到请求 · Requests received: {fault["requests"]}</p>
<label>故障 · Fault <select name="kind">{options}</select></label>
<label>毫秒 · Milliseconds <input name="milliseconds" type="number" min="0" max="120000" value="{fault["milliseconds"]}"></label>
<label>状态码 · Status <input name="status" type="number" min="500" max="599" value="{fault["status"]}"></label>
<label>次数（0 为一直）· Times (0: until switched off) <input name="times" type="number" min="0" value="{fault["times"]}"></label>
<button>设置 · Set</button></form>"""
