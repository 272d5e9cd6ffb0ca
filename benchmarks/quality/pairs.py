"""A mobile, an ID and a card beside their own label, in the same sentence as an order number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import engine, values
from benchmarks.report import Report, ratio
from benchmarks.values import Rng

KINDS = {
    "PHONE_NUMBER": (
        values.mobile,
        ("手机号", "联系电话", "手机", "电话", "手机号码", "联系方式"),
        ("mobile", "phone number", "phone", "cell", "tel", "contact number"),
    ),
    "NATIONAL_ID": (
        values.id_card,
        ("身份证号", "身份证", "身份证号码", "公民身份号码"),
        ("ID card", "id card no", "identity card"),
    ),
    "CREDIT_CARD": (
        values.card,
        ("银行卡号", "卡号", "银行卡", "信用卡号"),
        ("card number", "credit card", "bank card", "debit card"),
    ),
}
"""Entity to find: how to make one, its labels in Chinese and in English."""

ZH = (
    "订单号{o}，{l}{v}",
    "订单号{o}{l}{v}",
    "{l}{v}，订单号{o}",
    "{l}：{v}；订单号：{o}",
    "{l}{v}订单号{o}",
    "订单{o}的收货人{l}是{v}。",
    "您的订单{o}已发货，{l}：{v}。",
    "运单号：{o} {l}：{v}",
    "{l}：{v} 运单号：{o}",
    "快递单号{o}，请核对{l}{v}是否正确",
    "{l}是{v}，流水号是{o}。",
    "流水号{o}对应的{l}为{v}",
    "交易号 {o}，{l} {v}，金额 128.00 元",
    "请提供{l}（{v}）和订单号（{o}）",
    "请提供订单号（{o}）和{l}（{v}）",
    "物流单号{o}已签收，如有疑问请回复登记的{l}{v}并说明情况",
    "{l}{v}的客户昨天反映，他在我们这里下的那一单一直没有发货，订单号是{o}",
    "订单号是{o}的客户昨天反映一直没有收到货，他登记的{l}是{v}",
    "退款单号{o}｜{l}｜{v}",
    "{l}\t{v}\t订单号\t{o}",
    "“{l}”：“{v}”，“订单号”：“{o}”",
    "客服：{l}多少？用户：{v}，订单号{o}",
)
EN = (
    "Order no {o}, {l} {v}.",
    "{l} {v}, order no {o}.",
    "{l}: {v}; order number: {o}",
    "order number: {o}; {l}: {v}",
    "Order {o} belongs to {l} {v}.",
    "My {l} is {v} and the order number is {o}.",
    "The order number is {o} and my {l} is {v}.",
    "Tracking number {o} was sent to the customer with {l} {v}",
    "invoice={o} {l}={v}",
    "{l}={v} invoice={o}",
    "Invoice {o} was paid ({l} {v}).",
    "Please update {l} {v} on transaction ID {o}.",
    '"{l}": "{v}", "order_id": "{o}"',
    '"order_id": "{o}", "{l}": "{v}"',
)
MIXED = (
    "order {o} 的{z}是{v}",
    "{z} {v}，order no {o}",
    "订单 {o}，{l}: {v}",
    "{l}: {v}，订单号 {o}",
    "tracking no {o}，{z}：{v}",
    "invoice {o} 已开，{z}{v}，请查收",
    "流水号 {o}, {l} {v}, thanks",
    "{l} {v} 对应 transaction id {o} 吗",
)
TEMPLATES = (*ZH, *EN, *MIXED)
PER_TEMPLATE = 25


def sentences(*, per_template: int = PER_TEMPLATE) -> Iterator[tuple[str, int, str, int, int]]:
    """(entity, template index, text, start, end)."""
    for entity, (make, zh, en) in KINDS.items():
        rng = Rng(hash_of(entity))
        for index, template in enumerate(TEMPLATES):
            for _ in range(per_template):
                value = make(rng)
                order = rng.pick((rng.number(10 + rng.below(11)), f"SO{rng.number(12)}", f"ORD-{rng.number(10)}"))
                label = rng.pick(zh if index < len(ZH) else en)
                text = template.replace("{l}", label).replace("{z}", rng.pick(zh)).replace("{o}", order)
                start = text.index("{v}")
                yield entity, index, text.replace("{v}", value), start, start + len(value)


def hash_of(name: str) -> int:
    """A seed from a name; Python's own hash differs from run to run."""
    return sum(ord(c) * (i + 1) for i, c in enumerate(name))


def measure(root: Path | None = None, *, per_template: int = PER_TEMPLATE) -> Report:
    """Share found with the exact span, per kind and pooled."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    missed: Counter[tuple[str, int]] = Counter()
    for entity, index, text, start, end in sentences(per_template=per_template):
        hit = any((f.start, f.end) == (start, end) and engine.is_a(f.entity, entity) for f in engine.scan(text).findings)
        asked[entity] += 1
        right[entity] += hit
        missed[entity, index] += not hit
    report = Report(name=f"pair test, {len(TEMPLATES)} templates x {len(KINDS)} kinds x {per_template} values")
    note = f"{right.total()} of {asked.total()}"
    report.at_least("found beside an order number, all", ratio(right.total(), asked.total()), 0.99, note)
    for entity in KINDS:
        report.add(entity, ratio(right[entity], asked[entity]))
    report.details = [f"{e}: {n} of {per_template} missed in: {TEMPLATES[i]!r}" for (e, i), n in missed.most_common() if n]
    report.data = {"missed": {f"{e} {i}": n for (e, i), n in missed.items() if n}}
    return report
