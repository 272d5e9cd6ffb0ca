"""Who is spoken of and how Chinese names end: forms of address behind a role, unlisted surnames, names written by sound.

Text with «marked» findings as in test_named_chinese.py; all of them invented.
"""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.ner.tagger import default_tagger
from tests.recognize.test_named import marked

FOUND = (
    "请挂«R岳医生»的号，周三下午",
    "打村医«R老邱»电话，他在家",
    "你徒弟«R小翁»的师兄没来",
    "谢谢糖醋小排骨和«R老费»给我过生日",
    "前台«R小汤»态度差，等了一个钟",
    "议题一：«R项总»汇报二季度回款",
    "决议：«R小纪»6月1日前提交排期表",
    "尾款打«R姬老板»支付宝",
    "«R卢哥»好，您登录的账号是邮箱吗",
    "客户«R郎总»（风险等级四）要求回电",
    "客服：好的«R綦女士»，已备注",
    "家长：«R火先生»，«R拜女士»，请来校一趟",
    "找«R阿Ken»看网关，问«R钟sir»",
    "收件人换成«P邸文博»，电话不变",
    "买方«P蒯大富»，物业地址略",
    "被执行人«P贺喜»、«P章小平»拒不履行",
    "初二（4）班«P车文轩»与«P简小龙»打架一事",
    "尊敬的«P花映红»女士：您尾号",
    "当事人：«P由佳»，驾驶一辆小车",
    "寻人：«P火东东»，男，上身穿灰色短袖",
    "家庭人口二人；«P买买提江»，户主，享受低保",
    "牧民«P斯琴高娃»反映，两匹马至今未还",
    "他爸爸«P符气壮»明早到校",
    "他晚年逐渐失去«P路易十四»的信任",
    "会议由«R梁副局长»主持",
    "后来搬到«A测试路55号恒茂梦时代8-1402»，勿送错",
    "家在«A测试东路88号门面»，一楼",
)
NOTHING = (
    "昆明民警连夜出动，华荣律师事务所发表声明",
    "客户小方案写好了，司机小时工资涨了",
    "首先生成报表，预先生效，老先生、女士兵、小姐妹",
    "阿Q正传",
    "访客：那退款什么时候到",
    "张冠李戴，李代桃僵，王顾左右而言他",
    "六（2）班全体同学，三（1）班家长群",
    "当事人：双方，证人：详见，收货人：本人",
    "学历本科，男，未婚；死者，男，身份待查",
    "换成高清的，买方公司，卖方代理",
    "尊敬的客户，尊敬的各位家长",
)


def findings(text: str) -> list[tuple[str, int, int]]:
    return [(f.entity.removeprefix("CN_"), f.start, f.end) for f in find_named(text, default_tagger())]


@pytest.mark.parametrize("case", range(len(FOUND)))
def test_who_is_called_so(case):
    text, spans = marked(FOUND[case])
    found = findings(text)
    assert [f for f in found if f[0] in {entity for entity, *_ in spans}] == spans


@pytest.mark.parametrize("case", range(len(NOTHING)))
def test_who_is_nobody(case):
    assert [f for f in findings(NOTHING[case]) if f[0].startswith("PERSON")] == []
