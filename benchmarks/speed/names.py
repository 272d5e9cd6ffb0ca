"""Names on: characters a CPU-second in Chinese and English, with numpy and onnxruntime; loading; memory; text made to be bad.

The texts are generated here from a seed, as in throughput.py. The taggers compute in one thread by themselves.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from importlib.util import find_spec

from benchmarks.report import Report
from benchmarks.shared import CHECKOUT
from benchmarks.speed.throughput import cpu
from piiscrub import Scrubber

CHARACTERS = {"zh": 60_000, "en": 200_000, "figures": 300_000}
BOUNDS = {"numpy": 45_000, "onnx": 60_000}
LIMIT = 60.0
"""CPU-seconds that a million characters of bad input may take."""

_ZH = (
    "昨天{name}到{place}出差，与{org}的负责人谈了合作的细节，下周再议。",
    "联系人：{name}，电话13800138000，地址：{place}测试路{n}号{n}室。",
    "请把合同寄给{name}经理，收到以后回个电话，谢谢！",
    "会议决定由{name}牵头，{other}配合，月底前把方案报上来。",
    "这款产品的质量不错，物流也很快，包装完好，值得推荐给朋友。",
    "系统升级以后偶尔会出现卡顿，重启可以恢复，请研发同事抽空排查一下原因。",
    "退款申请已经提交，预计三到五个工作日原路退回，请留意短信通知。",
    "本季度的销售额比去年同期增长了一成，主要来自线上渠道和新客户。",
    "按照合同第{n}条的约定，逾期付款的一方应当支付违约金。",
    "培训材料放在共享文件夹里，没有来得及参加的同事可以自行查看。",
    "经查，{name}于{n}月在{place}购买了{org}的股票，目前仍然持有。",
)
_EN = (
    "Please ask {name} of {org} to send the signed contract to {n} Baker Street, {place}, before Friday.\n",
    "The delivery was late again, and nobody in the warehouse could say where the two missing boxes had gone.\n",
    "Yesterday {name} met {other} in {place} to talk about the budget for the next quarter.\n",
    "Order {n} was shipped on time; the customer says that the screen is scratched and wants a refund.\n",
    "Dear {name}, thank you for your letter. We have passed it on to our colleagues at {org}.\n",
)
_FILL = {
    "zh": {
        "name": "张建国 王小芳 李志强 赵雪梅 陈立新 周海燕 吴一鸣 郑晓东 欧阳明华 司马文博".split(),
        "place": "深圳市南山区 北京市海淀区 上海 杭州市 成都市武侯区 广州".split(),
        "org": "测试科技有限公司 第一人民医院 华东师范学院 建设银行".split(),
    },
    "en": {
        "name": ["Jane Doe", "John Smith", "Velda Quimper", "Maria Gonzalez", "Wei Zhang", "Peter O'Brien"],
        "place": ["London", "New York", "Dublin", "San Francisco", "Leeds"],
        "org": ["Acme Inc.", "Testco Ltd", "Globex Corporation", "Initech"],
    },
}


def documents(lang: str, characters: int) -> list[str]:
    """Texts of one to twelve sentences, as tickets and notes have them."""
    chance = random.Random(7)
    shapes, fill, made, size = (_ZH if lang == "zh" else _EN), _FILL[lang], [], 0
    while size < characters:
        parts = []
        for _ in range(chance.randint(1, 12)):
            words = {key: chance.choice(values) for key, values in fill.items()} | {"other": chance.choice(fill["name"])}
            parts.append(chance.choice(shapes).format(**words, n=chance.randint(1, 999)))
        made.append("".join(parts))
        size += len(made[-1])
    return made


def figures(characters: int) -> list[str]:
    """Lines of a log without Han characters, capitals and words that names follow: no tagger reads them."""
    line = "info: request done, nothing was retried, the cache gave most of it; 17 rows read, status ok, queue empty\n"
    return [line * 8] * (characters // (len(line) * 8))


_BAD = {
    "no spaces": "然后我就跟他说这个事情不能这么办" * 70_000,
    "one line of Latin letters": "x" * 1_000_000,
    "all caps": "PLEASE CONTACT JANE DOE AT ACME " * 35_000,
    "emoji": "\U0001f600\U0001f1e8\U0001f1f3好" * 250_000,
    "right to left": "مرحبا بالعالم שלום עולם " * 45_000,
    "third language": "Привет, Иван Петрович приехал в Москву. " * 25_000,
    "capitals alone": "A B C D E F G H " * 65_000,
    "Han and Latin by turns": "我a" * 500_000,
}

_LOAD = """
import json, pathlib, sys, time
import numpy
from piiscrub import Scrubber
scrubber = Scrubber(policy="review", ner=sys.argv[1])
scrubber.scan("13800138000")
from piiscrub.recognize.ner import en, zh
begun = time.process_time()
zh._network(zh._WEIGHTS, sys.argv[1] == "onnx")
en._network()
taken = time.process_time() - begun
scrubber.scan("联系人：王小明，请转告 Jane Doe in London")
status = pathlib.Path("/proc/self/status").read_text() if pathlib.Path("/proc/self/status").exists() else ""
peak = int(status.split("VmHWM:")[1].split()[0]) / 1024 if status else 0.0
print(json.dumps([taken, peak]))
"""


def _fresh(ner: str) -> tuple[float, float]:
    """Seconds to read both models, and the peak of memory in MB after a text in both languages, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _LOAD, ner],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"},
    )
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def measure() -> Report:
    """Rates first, then loading and memory, then bad input; findings and reasons included."""
    report = Report(name="names on, one core, batched, characters a CPU-second")
    backends = {"numpy": "default"} | ({"onnx": "onnx"} if find_spec("onnxruntime") and find_spec("onnx") else {})
    chinese = documents("zh", CHARACTERS["zh"])
    for backend, ner in backends.items():
        report.at_least(f"zh, {backend}", _rate(Scrubber(policy="review", ner=ner), chinese), BOUNDS[backend], percent=False)
        short = [text[:20] for text in chinese]
        report.add(f"zh, {backend}, texts of 20 characters", _rate(Scrubber(policy="review", ner=ner), short), percent=False)
    scrubber = Scrubber(policy="review")
    report.at_least("en", _rate(scrubber, documents("en", CHARACTERS["en"])), 200_000, percent=False)
    report.at_least("text that needs no tagger", _rate(scrubber, figures(CHARACTERS["figures"])), 1_000_000, percent=False)
    for backend, ner in backends.items():
        runs = [_fresh(ner) for _ in range(3)]
        seconds, peak = min(run[0] for run in runs), min(run[1] for run in runs)
        if backend == "numpy":
            report.at_most("both models read, CPU s", seconds, 0.06, percent=False)
            report.at_most("peak memory with both models, MB", peak, 130, percent=False)
        else:
            report.add("both models read, onnxruntime, CPU s", seconds, percent=False)
            report.add("peak memory with both models, onnxruntime, MB", peak, percent=False)
    for what, text in _BAD.items():
        began = time.process_time()
        scrubber.scan(text)
        taken = (time.process_time() - began) / len(text) * 1e6
        report.at_most(f"bad input: {what}, CPU s per million characters", taken, LIMIT, percent=False)
    return report


def _rate(scrubber: Scrubber, texts: list[str]) -> float:
    return sum(map(len, texts)) / cpu(lambda: list(scrubber.scan_many(texts)))
