"""Names and addresses as people give them on the phone, in chats and on scans, with the tagger of the package.

Text with «marked» findings: P person, R form of address, A address, L place, O organisation; all of them invented.
"""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.ner.tagger import default_tagger
from tests.recognize.test_named import marked

FOUND = (
    "我妹妹«P一帆»请假了",
    "她姐«P静怡»、她弟«P浩宇»都在名单里。",
    "我爸«P管建国»住那儿。",
    "我家«R妞妞»发烧了",
    "被告人«P冉冉»，自愿认罪",
    "姓名«P热娜古丽»民族",
    "姓名\n«P区健文»\n性别",
    "«P张伟»，«P李娜»，«P赵一»，«P钱多多»，«P孙尚»——以上五位补贴未发。",
    "库管«P缑勇»不在",
    "负责人«P李秋月»和«P张月英»说",
    "送到«A测试体育中心对面那栋楼12楼»",
    "我在«A滨江道测试广场负一层»等你",
    "取件地址«A望京SOHO T2 B座1508»，晚上在",
    "车停在«A测试金融港B24栋地下车库»，钥匙在前台",
    "物业好，«A3单元402»漏水",
    "仓库：«A经开区测试工业园六路西侧3号库»",
    "住址\n«A广东省佛山市顺德区\n大良街道金榜社区\n测试路21号»",
    "地 址 ： «A海 淀 区 测 试 东 路 8 号»",
    "家住«A正蓝旗上都镇测试社区»，电话未留",
    "快递放«A测试小区南门丰巢柜»旁边",
    "住«A阿鲁科尔沁旗巴彦温都尔苏木达日罕嘎查»，养羊",
    "请投«A北京市100871信箱23分箱»",
    "«A铁西区测试街边上那个老邮电楼3单元»住着",
    "从«L仁川»飞«L青岛»。",
    "姓名：«P高兴»；籍贯：不详；",
    "ship to «A12 Test Hollow Dr, Apt 5B, Boise, ID 83702»",
    "住«A第八师143团12连»，种棉花",
    "邮寄至«A氹仔成都街測試花園25座11樓D»",
    "住«A安徽省阜阳市临泉县杨桥镇测试庄行政村许老庄»。",
    "Our driver «PDieter» waited for an hour.",
    "PC «PAnand» attended and saw the gate open.",
    "She lives at «A14 Station Approach, Slough» and works nights.",
    "Left at «ALindenallee 4a, 50968 Köln» for an hour.",
    "Deliver to «AFlat 12C, Block 3, Test Court, Quarry Bay, Hong Kong» please",
    "收货人«P静静»，周日再送",
    "我是«A3-2-1501»的业主，楼上漏水；«A12-803»住户也说漏",
    "«ANo. 12, 4th Cross, Indiranagar, Bengaluru 560038» is the clinic",
)

NOTHING = (
    "我妈静静地坐着，我姐美丽大方，我爸明天来",
    "我弟的单元测试没过，第3单元402页",
    "楼上2楼有水果店，旁边3栋楼都停水",
    "3团2连的比赛，一团乱",
    "边界清，未见占位",
    "何月何日到期",
    "收货人谢谢，联系人：天天",
    "业主须知第3-2-1501条，2024-3-1501的业主大会",
    "my car needs work, our manager said Monday, their bank failed",
    "The PC was slow and the PC crashed twice",
)


def findings(text: str) -> list[tuple[str, int, int]]:
    return [(f.entity.removeprefix("CN_"), f.start, f.end) for f in find_named(text, default_tagger()) if f.score >= 0.4]


@pytest.mark.parametrize("case", range(len(FOUND)))
def test_what_is_found(case):
    text, spans = marked(FOUND[case])
    assert findings(text) == spans


@pytest.mark.parametrize("case", range(len(NOTHING)))
def test_what_is_not(case):
    assert findings(NOTHING[case]) == []
