"""Random numbers that are nobody's: after an order word, and in sentences and log lines without any such word."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks import engine
from benchmarks.report import Report, ratio
from benchmarks.values import Rng

PER_LENGTH = 1000

ORDER = (
    "订单号{n}已发货。",
    "您的订单{n}已签收，感谢惠顾。",
    "运单号：{n}，预计明天送达",
    "快递单号{n}，请保持电话畅通。",
    "交易流水号 {n} 查询失败，请重试",
    "流水号：{n}",
    "交易号{n}对应的款项已退回。",
    "请提供订单编号（{n}）以便核实",
    "物流单号{n}目前在途中。",
    "商户订单号={n}，状态=成功",
    "【通知】订单{n}已完成付款，金额128.00元",
    "客服：请问是运单{n}吗？用户：是的",
    "退款单号：{n}；原因：七天无理由",
    "发票号码{n}，开票日期另行通知。",
    "Your order no. {n} has shipped.",
    "order number: {n}",
    "Order #{n} was cancelled yesterday.",
    "Invoice {n} is due next week.",
    "invoice no: {n}, net total 1,204.50",
    "Tracking number {n} shows no movement.",
    "Please quote transaction ID {n} in your reply.",
    "order_id={n} status=paid",
    '{{"order_no": "{n}", "state": "done"}}',
    "trackingNumber,{n},delivered",
    "我的 order {n} 什么时候到？",
    "tracking no {n}，快递到了吗",
    "凭证号 {n} 已入账",
    "交易参考号 {n}",
    "微信支付单号：{n}",
    "手机充值订单{n}已到账",
    "信用卡还款流水号{n}",
    "电话订购的订单号是{n}",
    "身份证办理流水号{n}",
    "purchase order {n} approved",
    "receipt no. {n}",
    "waybill {n} scanned",
    "Your phone order {n} shipped",
    "credit card transaction id {n}",
    "txn={n} ok",
)
NEUTRAL = (
    "系统返回了{n}，请稍后再试。",
    "本次共处理{n}条记录。",
    "结果是{n}吗？",
    "数据库里写着 {n} 这个值",
    "计数器已经到{n}了，清零吧。",
    "该文件大小为{n}字节",
    "随机数{n}生成完毕",
    "表格第三列是{n}，第四列为空。",
    "The counter reached {n} before the restart.",
    "We got {n} as the answer.",
    "value {n} is out of range",
    "It printed {n} and stopped.",
    "2024-03-05 10:22:31 INFO worker done count={n} ms=12",
    "2024-03-05T10:22:31.123Z DEBUG cache miss key={n}",
    "[2024-03-05 10:22:31] [WARN] retry after {n}",
    "level=info msg=flushed bytes={n} took=3ms",
    '{{"level": "info", "seq": {n}, "msg": "flushed"}}',
    '{{"ts": "2024-03-05T10:22:31Z", "span": "{n}"}}',
    "span={n} parent=0 sampled=true",
    "offset {n} partition 3 lag 0",
    "Mar  5 10:22:31 host kernel: [{n}] usb reset",
    "日志：seq={n} 耗时=3ms",
    "2024-03-05 10:22:31 任务完成 数量={n}",
    "{n}",
    "uid={n} action=view",
    "trace_id={n} span_id=77",
    "task id {n} finished",
    "session {n} expired",
    "ID {n} not found",
    "编号{n}的设备离线",
    "用户{n}不存在",
    "工单{n}已关闭",
    "批次{n}入库",
    "SKU {n} sold out",
    "电量 {n}",
    "请求耗时{n}纳秒",
    "hash={n}",
    "“{n}”",
)


def flagged(template: str, number: str) -> str:
    """The entity of a finding that overlaps the number, or ""."""
    text = template.format(n=number)
    start = template.replace("{{", "{").index("{n}")
    end = start + len(number)
    assert text[start:end] == number
    for finding in engine.scan(text).findings:
        if finding.start < end and start < finding.end:
            return str(finding.entity)
    return ""


def measure(root: Path | None = None, *, per_length: int = PER_LENGTH) -> Report:
    """Share of the numbers that anything is found on, per length and pooled."""
    report = Report(name=f"random numbers, {per_length} per length")
    for key, title, templates, lengths in (
        ("a", "after an order word", ORDER, range(10, 21)),
        ("b", "without such a word", NEUTRAL, range(12, 21)),
    ):
        counts: dict[int, int] = {}
        called: Counter[tuple[int, str]] = Counter()
        where: Counter[str] = Counter()
        for length in lengths:
            rng = Rng(20_000 + length)
            bad = 0
            for i in range(per_length):
                template = templates[i % len(templates)]
                entity = flagged(template, rng.number(length))
                bad += bool(entity)
                if entity:
                    called[length, entity] += 1
                    where[template] += 1
            counts[length] = bad
        pooled = ratio(sum(counts[n] for n in counts if n >= 12), per_length * sum(n >= 12 for n in counts))
        report.at_most(f"({key}) {title}, 12 to 20 digits", pooled, 0.005)
        for length in (n for n in (10, 11) if n in counts):
            report.at_most(f"({key}) {length} digits", ratio(counts[length], per_length), 0.01)
        report.details.append(f"({key}) flagged per length: " + ", ".join(f"{n}: {c}" for n, c in counts.items()))
        report.details += [f"({key}) {n} digits called {e}: {c}" for (n, e), c in sorted(called.items())]
        report.details += [f"({key}) {c} in: {t}" for t, c in where.most_common()]
        report.data[key] = {"flagged": counts, "called": {f"{n} {e}": c for (n, e), c in called.items()}}
    return report
