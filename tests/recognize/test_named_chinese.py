"""Names, addresses and organisations in Chinese notes, letters and chats, with the tagger of the package.

Text with «marked» findings: P person, R form of address, A address, L place, O organisation; all of them invented.
"""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.ner.tagger import default_tagger
from tests.recognize.test_named import marked

FOUND = (
    "收货人«P高邮»，13800138000，普通快递",
    "«A3-2-1501» 业主«P晏青» 13800138000；«A3-2-1601» 空置",
    "就在«A测试小学对面胖哥超市楼上402»",
    "宅基地在«A安徽省寿县测贤镇太平村测东组»，家庭人口5人",
    "我是住在那个«A幸福里小区二十三栋一单元六零二»的",
    "在«A文测大道与光测路口向南50米路东»有人打架",
    "请社区«R蒲主任»出面，村支书«R妥主任»表示同意",
    "甲方的«R房总»今天到，叫«R苍总»，很难搞",
    "交给门卫«R老周头»，租客«R小闫» 13800138000，隔壁«R老宋»",
    "走访«R应老太»，家属«R侍老汉»在场",
    "我是«R糖糖»妈妈，«R糖糖»昨晚没睡好，«P安安»爸爸也来",
    "我家«R豆豆»2岁半了",
    "捐款：«PPeter 陈» 300元，«PLucy 占»、«PAndy邵»来取",
    "来信人«P欧阳建设»，退休职工",
    "孝男«P谈国栋»、孝女«P谈凤仪»泣告",
    "916房«R盛小姐»丢了一条项链",
    "收货人«P火雅妮»，反馈有破损",
    "«P米粒» 10:02\n在吗\n«P老晋» 10:03\n在\n«P米粒» 10:05\n好",
    "业主«P张秀英»反映«A阳光花园小区3栋502»漏水",
    "戶籍地址«A高雄市三民區測試路415號»，通訊地址«A臺中市西屯區測試大道三段99號»，請於文到七日內回覆",
    "«P李Eric»：各位，直属上级«PSteven 陈»，请假",
    "值班 «P刘芳» 组长 «P陈 刚» 电话 13800138000",
    "司机«R老吴»电话13800138000，车停在2号门",
    "«L甘肃»的«P仁青扎西»说，«L青海»的«P才让东知»也来",
    "他叫«PTsering»，是«L拉萨»来的",
    "我住«A21栋»，有没有同栋的邻居",
    "楼上是«A6栋1903»，隔壁«AB座1201»",
    "«R张总»好，我是客服的«R小陈»，您家孩子«P高子轩»的课程到期了",
    "寄件方：«L义乌市测城街道» «R蒋师傅» 13800138000",
    "«O中国银行股份有限公司杭州滨江支行» 户名：«P王小明»",
    "收件人：«P高兴»，电话",
    "寄送地址已变更为«A天津市河西区测试路35号1号楼2906»，如非本人操作请致电",
    "请«P晏紫»、«P夏天»、«P寇静»三人到场",
    "据目击者«R邰女士»介绍",
    "乘客：«PSMITHSON/JANE» MS 航班",
    "收件人：«P夏天» 13800138000",
    "送到«A国贸三期 T1座 B区 2203»，到了打电话",
    "«A济南市历城区测试南路27号乙 3单元 202户»",
    "«A沈阳市铁西区测试南街58-1号（测试广场）3-17-6»",
    "镇上来的：«A老粮站家属院三单元二楼西户»",
    "地址、电话：«A沈阳市和平区南京北街206号» 024-23345678",
    "我住«A测试路9号某某香槟3-2-1502»，谢谢",
    "收货 «A长沙市岳麓区测试大道658号 麓测信息港A座 18楼1805»",
    "住 址 ： «A河南省 周口市 太康县 测庄镇 李楼村 三组»",
    "地点：«A二楼会议室» 主持：«R王总» 参加：财务部全体",
    "客服：«P欧阳»女士您好，«P欧阳明月»来了",
    "让我联系1302的业主«R邢先生»。",
    "«R李 先生» 您好",
    "留给长女«P宁静»、次子«P宁致远»各二分之一",
    "我是送货的，姓«R罗»您的快件到了",
    "麻烦转«R巫经理»，嗯«R谢总»您放心",
    "«P盛夏»（女，1990年生）到庭",
    "原告：«P盛夏»，住测试市",
    "乙方：«P高兴»\n甲方（盖章）：\n",
    "面试官：«P李小明»\n日期：10月1日",
    "免贵姓«R柯»，叫«P柯小敏»",
    "«R崔姓»男子报警称钱包丢失",
    "«R谢总»下午到，让«R小郑»顶一下班",
    "昨天跟«R老马»去钓鱼，已派«R小吴»上门",
    "您好«R滕老师»，门卫«R老唐»那里有您的信",
    "参会人员：«P段宏伟»、«P苗青»、«P温馨»",
    "求职者：«P夏天»，现居«L武汉»。",
    "复核：«P温馨»  日期：",
    "编号\t姓名\n01\t«P史慧敏»\n02\t«P明亮»",
    "客服«R小段»已联系，司机：«R老冉»，«R小翟»做记录",
    "姓名 «P唐小婉» 曾用名 «P唐小丽»",
    "«R老张»，明天去接一下，«R小张»：收到，一小张纸",
    "楼上«R鹿先生»家漏水，主诊«R单医生»，主刀«R逄主任»",
    "您好，我是«P支建军»，想咨询提前还款",
    "患者«P努尔提拉»，昨晚入院",
    "«P闵浩然»妈妈您好，«P浩然»今天和同学打架了",
    "感谢«P葛优优»、«P时光»两位志愿者，«PCindy谭»会后跟进",
    "今天«R朵朵»发烧了，我带她去看病",
    "供应商«O测宏物流»的司机来了，«O绿禾餐饮»负责人签收，冷链物流的司机没来",
)
COUNTIES = (  # a place is reported, too; which of both counts is decided later
    "入党介绍人：«P桂林»、«P夏邑»。",
    "请问是«P冀州»先生吗？您投保了",
    "离职证明：«P平遥»（身份证号11010119900307721X）自2019年7月",
    "1.«P乐山» 11010119900307721X 2.«P高邮» 11010119900307723X",
)
NOTHING = (
    "宝宝1岁了，慢慢2岁，刚刚3岁，好好爸爸",
    "老石头多，老人头疼，说明总体情况，买的房总价高，男人老实",
    "早餐 08:00\n一楼\n午餐 12:00\n二楼\n晚餐 18:00\n三楼",
    "2019年7月入职，任会计，于2024年离职",
    "A区3-2-1501型号热销，业主满意，比分3-2-101",
    "Java 高级，Windows 安装，Python 和 Go",
    "女儿叫什么名字，老公叫我回家，妈妈叫外卖",
    "经办人已签字，申请人应当文明，负责人不在，联系人确认单",
    "文号：测财〔2024〕37号，G6122次04车12F号",
    "性别男，汉族，上诉人（原审被告）",
    "类型 有限责任公司（自然人投资）",
    "AND/OR, TCP/IP, N/A",
    "联系人：方便，参会人员：无",
    "患者家属要求转诊上级医院",
    "第3座1000人的体育馆，1栋2000万元",
    "甲方代表到场，乙方代表缺席",
    "百姓的姓氏：您贵姓？姓名必填，姓什么都行",
    "东施效颦、邯郸学步、不到长城非好汉，说的都是老话",
    "马虎不得，熊孩子又摔了手机，高仿的不要",
    "复核：平安；主管：方便；审批：安排",
    "给小方块涂色，把小米粥热一下，叫大黄鱼",
    "展信佳，此致\n敬礼",
    "经理和主管都同意，向经理汇报，和主任联系",
    "客服小结一下，前台小票，护士小时候，宝宝发烧了",
    "瑜伽健身的教练，冷链物流的司机，最好物流的老板",
)


def findings(text: str) -> list[tuple[str, int, int]]:
    return [(f.entity.removeprefix("CN_"), f.start, f.end) for f in find_named(text, default_tagger())]


@pytest.mark.parametrize("case", range(len(FOUND)))
def test_what_is_found(case):
    text, spans = marked(FOUND[case])
    assert findings(text) == spans


@pytest.mark.parametrize("case", range(len(COUNTIES)))
def test_the_name_of_a_county_may_be_a_persons(case):
    text, spans = marked(COUNTIES[case])
    assert [found for found in findings(text) if found[0] == "PERSON"] == spans


@pytest.mark.parametrize(
    "text", ["温州先生说，一位宁海女士来了", "发货人：杭州，收货人：成都", "参会城市：高平、桂林"], ids=range(3)
)
def test_the_name_of_a_city_is_one(text):
    assert all(entity != "PERSON" for entity, _, _ in findings(text))


@pytest.mark.parametrize("case", range(len(NOTHING)))
def test_what_is_not(case):
    assert findings(NOTHING[case]) == []


def test_a_particle_behind_a_name_is_no_surname():
    assert ("PERSON", 3, 5) in findings("当事人张三于7月13日驾车经过")
