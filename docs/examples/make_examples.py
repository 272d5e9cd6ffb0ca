"""Makes the example files beside it: `python docs/examples/make_examples.py`. Seeded, so it makes the same ones again.

Everything is invented. Numbers cannot be anybody's: identity cards have birth years 1900 to 1905, mobile numbers are the
published sample 13800138000 or lie in the segments 142 and 154, which are not assigned (so they are reported only beside
a label), cards are published test numbers, mail goes to example.com, addresses name streets that do not exist.
"""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20260301
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = {"王": "wang", "李": "li", "张": "zhang", "陈": "chen", "赵": "zhao", "周": "zhou", "林": "lin", "欧阳": "ouyang"}
GIVEN = {
    "明远": "mingyuan",
    "雨桐": "yutong",
    "思齐": "siqi",
    "家豪": "jiahao",
    "文静": "wenjing",
    "子涵": "zihan",
    "晓峰": "xiaofeng",
}
ENGLISH = ("Alice Example", "Brian Sample", "Carol Specimen", "Daniel Placeholder")
DIVISIONS = {
    "110105": "北京市朝阳区", "310115": "上海市浦东新区", "440305": "广东省深圳市南山区",
    "510104": "四川省成都市锦江区", "330106": "浙江省杭州市西湖区", "420106": "湖北省武汉市武昌区",
}  # fmt: skip  # two pairs a line
STREETS = ("示例路", "样本大街", "虚构巷", "测试北路")
CARDS = (
    "4111111111111111", "4012888888881881", "5555555555554444", "378282246310005", "6011111111111117", "6200000000000005",
)  # fmt: skip  # published test numbers
REMARKS = (
    "老客户，续费意向强",
    "客户要求发票寄到 {email}，cc finance@example.com",
    "Called back on 9 March, prefers WeChat: {wechat}",
    "手机{mobile}无法接通，改用邮箱联系",
    "ID check done, card number {card} verified",
    "订单号{order}已发货，运单SF{waybill}",
    "紧急联系电话：{mobile}（家属）",
    "证件号码：{id}，已核验",
    'said "please call after 6 pm", tel. {mobile}',
    "无",
    "",
)


def id_card(rng: random.Random, division: str) -> tuple[str, str]:
    """A number with a right check character, and the date of birth in it."""
    year, month, day = rng.randint(1900, 1905), rng.randint(1, 12), rng.randint(1, 28)
    body = f"{division}{year}{month:02d}{day:02d}{rng.randint(1, 999):03d}"
    check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    return body + check, f"{year}-{month:02d}-{day:02d}"


def mobile(rng: random.Random) -> str:
    if rng.random() < 0.2:
        return "13800138000"
    return rng.choice(("142", "154")) + f"{rng.randrange(10**8):08d}"


def person(rng: random.Random) -> tuple[str, str]:
    """A name and the local part of an address made from it."""
    if rng.random() < 0.15:
        name = rng.choice(ENGLISH)
        return name, name.lower().replace(" ", ".")
    surname, given = rng.choice(list(SURNAMES)), rng.choice(list(GIVEN))
    return surname + given, f"{GIVEN[given]}.{SURNAMES[surname]}"


def customers(rng: random.Random, rows: int = 64) -> str:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(("客户编号", "姓名", "身份证号", "出生日期", "手机号", "电子邮箱", "通讯地址", "银行卡号", "累计消费", "备注"))
    for number in range(1, rows + 1):
        name, local = person(rng)
        division, place = rng.choice(list(DIVISIONS.items()))
        identity, born = id_card(rng, division)
        address = f"{place}{rng.choice(STREETS)}{rng.randint(1, 300)}号{rng.randint(1, 20)}栋{rng.randint(101, 2502)}室"
        email, tel, card = f"{local}{number}@example.com", mobile(rng), rng.choice(CARDS)
        remark = rng.choice(REMARKS).format(
            email=email, mobile=tel, card=card, id=identity, wechat=f"wxid_{local.replace('.', '')}{number:02d}",
            order=f"2026{rng.randrange(10**12):012d}", waybill=f"{rng.randrange(10**12):012d}",
        )  # fmt: skip  # one line of people, one of parcels
        spent = f"{rng.uniform(20, 90000):.2f}"
        write.writerow((f"K{number:05d}", name, identity, born, tel, email, address, card, spent, remark))
    return out.getvalue()


CONVERSATIONS = (
    (
        ("您好，我的手机号{mobile}收不到验证码", "请提供一下您的身份证号核实身份"),
        ("身份证{id}，麻烦尽快处理", "已为您重新发送，请查收"),
    ),
    (
        ("My card {card} was charged twice", "Could you tell me the order number?"),
        ("It is {order}, the receipt went to {email}", "Thanks, refunded."),
    ),
    (("要改收货地址，改到{address}", "好的，收件人电话还是{mobile}吗？"), ("对的，微信号：{wechat}", "已修改")),
    (("Please delete my account, e-mail {email}", "May I have your date of birth?"), ("Date of birth: {born}", "Done, goodbye.")),
    (("登录IP显示192.0.2.{byte}，不是我本人", "已冻结，请致电 400-000-0001"), ("我的电话：{mobile}，请回拨", "工程师稍后联系您")),
    (("发票抬头错了，order {order}", "请把正确的抬头发到 service@example.com"), ("已发送，cc {email}", "收到，重开后寄出")),
)


def tickets(rng: random.Random, count: int = 36) -> str:
    lines = []
    for number in range(1, count + 1):
        name, local = person(rng)
        division, place = rng.choice(list(DIVISIONS.items()))
        identity, born = id_card(rng, division)
        tel, email = mobile(rng), f"{local}@example.com"
        fill = {
            "mobile": tel, "id": identity, "email": email, "card": rng.choice(CARDS), "born": born,
            "order": f"2026{rng.randrange(10**10):010d}", "wechat": f"wxid_{local.replace('.', '')}{number:02d}",
            "address": f"{place}{rng.choice(STREETS)}{rng.randint(1, 99)}号", "byte": rng.randint(1, 254),
        }  # fmt: skip  # one line of people, one of things
        messages = []
        for asked, answered in rng.choice(CONVERSATIONS):
            messages += [{"from": "customer", "text": asked.format(**fill)}, {"from": "agent", "text": answered.format(**fill)}]
        ticket = {
            "ticket": f"T-{1000 + number}",
            "created": f"2026-03-{rng.randint(1, 28):02d}T{rng.randint(8, 20):02d}:{rng.randint(0, 59):02d}:00+08:00",
            "customer": {"name": name, "contacts": [{"mobile": tel}, {"email": email}], "vip": rng.random() < 0.2},
            "messages": messages,
            "refund": round(rng.uniform(0, 500), 2),
        }
        lines.append(json.dumps(ticket, ensure_ascii=False))
    return "\n".join(lines) + "\n"


CONTRACT = """\
# 服务合同 / Service Agreement

合同编号：HT-2026-0042  签订日期：2026年3月1日

**甲方 (Party A)**：{name_a}
身份证号码：{id_a}
联系电话：13800138000
电子邮箱：{mail_a}
住址：{address_a}

**乙方 (Party B)**：示例科技有限公司
统一社会信用代码：{uscc}
联系人：{name_b}，电话 010-62000001转802
开户行：示例银行；账号：6200 0000 0000 0005

## 1. 服务内容 / Services

乙方为甲方提供数据整理服务。Party B shall tidy the records that Party A hands over, at a fee of RMB 12,800.00, payable to
IBAN GB82 WEST 1234 5698 7654 32 within 30 days of the invoice.

## 2. 联系 / Notices

Notices to Party A go to {mail_a} or by text message to mobile 13800138000; notices to Party B go to legal@example.com.
紧急情况请联系{name_b}（手机：{mobile_b}，微信号：wxid_sample2026）。

## 3. 个人信息 / Personal information

甲方出生日期：{born_a}。甲方同意乙方为履行本合同处理上述信息。US tax number (SSN) of the signatory: 001-01-0001.

## 4. 附件 / Annex

系统账户地址 https://portal.example.com/users?id=42，登录来源 192.0.2.17，设备 00:00:5E:00:53:0A。

签字 / Signature: ____________
"""


def contract(rng: random.Random) -> str:
    division, place = "310115", DIVISIONS["310115"]
    identity, born = id_card(rng, division)
    name_a, local = person(rng)
    return CONTRACT.format(
        name_a=name_a,
        id_a=identity,
        born_a=born.replace("-", "年", 1).replace("-", "月") + "日",
        mail_a=f"{local}@example.com",
        address_a=f"{place}样本大街8号3栋1201室",
        uscc="91110101MA0000007T",  # invented, with a right check character
        name_b=person(rng)[0],
        mobile_b="142" + f"{rng.randrange(10**8):08d}",
    )


def files() -> dict[str, str]:
    """File name → content."""
    rng = random.Random(SEED)  # noqa: S311  # chance for invented examples, no secrets
    return {"customers.csv": customers(rng), "tickets.jsonl": tickets(rng), "contract.md": contract(rng)}


if __name__ == "__main__":
    for name, content in files().items():
        (HERE / name).write_text(content, encoding="utf-8", newline="\n")
