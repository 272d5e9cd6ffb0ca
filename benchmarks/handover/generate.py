"""A customer table of any size, all invented: twelve columns as a shop has them, and a note column for a smaller one.

Mobiles lie in the range 142, which nobody has; domains are example.com; identity numbers have birth years 1900 to 1905.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.values import Rng, id_card

HEADER = ("客户编号", "姓名", "手机号", "邮箱", "身份证号", "地址", "城市", "性别", "会员等级", "下单日期", "金额", "订单数")
NOTE = "备注"
_SURNAMES = "张王李赵陈刘杨黄周吴徐孙朱马胡郭林何高罗"
_GIVEN = ("伟", "敏", "建国", "丽华", "秀英", "晓明", "志强", "文静", "桂兰", "海燕", "子轩", "思远", "雨桐", "国平")
_CITIES = {"北京": "朝阳区", "上海": "浦东新区", "广州": "天河区", "深圳": "南山区", "杭州": "西湖区", "成都": "武侯区"}
_ROADS = ("建设路", "人民路", "解放大道", "中山路", "和平街", "新华路", "文化路")
_NOTES = (
    "客户来电询问物流进度，已答复", "要求开具发票，抬头为个人", "请致电{phone}联系收件人", "{name}反馈商品有划痕，已登记换货",
    "无", "收货地址改为{address}", "对服务满意，建议增加支付方式", "邮件{mail}已退回，请核对",
)  # fmt: skip


def rows(count: int, *, seed: int = 1, note: bool = False) -> Iterator[list[str]]:
    """So many customers, the same for the same seed."""
    rng = Rng(seed)
    for i in range(count):
        name = rng.pick(_SURNAMES) + rng.pick(_GIVEN)
        phone = f"142{i * 7919 % 100_000_000:08d}"
        mail = f"u{i:07d}{rng.pick('abcxyz')}@example.com"
        city = rng.pick(tuple(_CITIES))
        address = f"{city}市{_CITIES[city]}{rng.pick(_ROADS)}{1 + rng.below(900)}号{1 + rng.below(30)}栋{101 + rng.below(2400)}室"
        row = [
            f"KH{i:08d}", name, phone, mail, id_card(rng), address, city, rng.pick("男女"), rng.pick(("普通", "银卡", "金卡")),
            f"{2024 + rng.below(2)}-{1 + rng.below(12):02}-{1 + rng.below(28):02}", f"{rng.below(500_000) / 100:.2f}",
            str(1 + rng.below(60)),
        ]  # fmt: skip
        if note:
            row.append(rng.pick(_NOTES).format(phone=phone, name=name, address=address, mail=mail))
        yield row


def write(path: Path, count: int, *, seed: int = 1, note: bool = False) -> Path:
    """The table as CSV."""
    return table(path, [*HEADER, NOTE] if note else HEADER, rows(count, seed=seed, note=note))


def table(path: Path, header: Sequence[str], body: Iterable[Sequence[str]]) -> Path:
    """Any rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows(body)
    return path
