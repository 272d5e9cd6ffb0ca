"""Columns of invented values, of every kind that tables of customers hold; with them, tables of many trades.

Numbers are random within the forms; their check digits are right where a form has one.
"""

from __future__ import annotations

import random
from collections.abc import Callable

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马胡朱郭何罗高林郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜"
    "崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戴莫孔向常汤欧阳"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英玉萍红玲华建国辉鹏宇浩轩梓涵欣怡婷雪琳琪雯嘉俊佳佩晨曦思颖颜子墨"
    "一诺文博志远晓东海燕春梅立新永康"
)
FIRST = (
    "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Je"
    "ssica Thomas Sarah Charles Karen Daniel Lisa Matthew Nancy Anthony Betty Mark Sandra Steven Ashley Paul Emily "
    "Andrew Kimberly Joshua Donna Kenneth Carol Kevin Michelle Brian Amanda George Melissa"
).split()
LAST = (
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Ande"
    "rson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson W"
    "alker Young Allen King Wright Scott Torres Nguyen Hill Flores"
).split()
PLACES = [
    ("北京市", "海淀区", "110108"),
    ("上海市", "浦东新区", "310115"),
    ("广东省深圳市", "南山区", "440305"),
    ("浙江省杭州市", "西湖区", "330106"),
    ("四川省成都市", "武侯区", "510107"),
    ("江苏省南京市", "鼓楼区", "320106"),
    ("湖北省武汉市", "洪山区", "420111"),
]
ROADS = "中山路 人民路 建设大道 解放路 文化街 学院路 长江路 和平街 新华路 滨河路".split()
STREETS = (
    "Main St|Oak Avenue|Maple Drive|Cedar Lane|Park Road|Washington Blvd|Lake Street|Hill Road|Sunset Blvd|Elm Court"
).split("|")
CITIES = ["Springfield, IL 62704", "Austin, TX 78701", "Portland, OR 97201", "Denver, CO 80202", "Madison, WI 53703"]
DISTRICTS = "海淀区 朝阳区 浦东新区 南山区 西湖区 武侯区 鼓楼区 洪山区 天河区".split()
PRODUCTS = (
    "无线蓝牙耳机 机械键盘 智能手环 空气净化器 电动牙刷 保温杯 运动水壶 双肩背包 羽绒服 纯棉T恤 牛仔裤 "
    "护手霜 洗发水 不锈钢锅 台灯 数据线 充电宝 移动硬盘 显示器 鼠标垫"
).split()
GOODS = (
    "Wireless Mouse|Steel Bottle|Desk Lamp|Running Shoes|Coffee Mug|Yoga Mat|USB Cable|Phone Case|Backpack Large|Wa"
    "ter Filter|Notebook A5|Office Chair|LED Monitor|Hand Soap"
).split("|")
FIRMS = "科技有限公司 贸易有限公司 实业集团 商贸有限责任公司 信息技术股份有限公司".split()
NOTES = [
    "客户反馈物流较慢，希望尽快处理，已安抚。",
    "产品质量不错，包装完好，下次还会购买。",
    "来电咨询退款进度，告知三个工作日内到账。",
    "客户要求开具发票，抬头稍后提供，请跟进。",
    "多次联系未接通，改天再拨，注意时间段。",
]
REMARKS = [
    "Customer asked about the delivery date, will call back tomorrow.",
    "Refund was issued last week, please confirm that it arrived.",
    "Very happy with the product, would buy it again.",
    "Asked for an invoice, details to follow by mail.",
]

Make = Callable[[random.Random], object]


def cn_id(r: random.Random) -> str:
    body = f"{r.choice(PLACES)[2]}{r.randint(1950, 2004)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{r.randint(0, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11]


def luhn(body: str) -> str:
    total = sum(sum(divmod(int(ch) * (2 - i % 2), 10)) for i, ch in enumerate(reversed(body)))
    return body + str(-total % 10)


def digits(r: random.Random, n: int) -> str:
    return "".join(r.choice("0123456789") for _ in range(n))


def name_zh(r: random.Random) -> str:
    return r.choice(SURNAMES[:-2]) + "".join(r.choice(GIVEN) for _ in range(r.choice((1, 2, 2))))


def name_en(r: random.Random) -> str:
    return f"{r.choice(FIRST)} {r.choice(LAST)}"


def mobile(r: random.Random) -> str:
    return r.choice("138 139 136 150 151 158 186 188 177 199".split()) + digits(r, 8)


def address_zh(r: random.Random) -> str:
    city, district, _ = r.choice(PLACES)
    return (
        f"{city}{district}{r.choice(ROADS)}{r.randint(1, 999)}号{r.randint(1, 30)}栋{r.randint(1, 6)}单元{r.randint(101, 2900)}室"
    )


def address_en(r: random.Random) -> str:
    return f"{r.randint(1, 9999)} {r.choice(STREETS)}, {r.choice(CITIES)}"


def phone_us(r: random.Random) -> str:
    return f"({r.choice(('212', '415', '312', '646'))}) 555-0{r.randint(100, 199)}"


def ssn(r: random.Random) -> str:
    return f"{r.randint(1, 665):03d}-{r.randint(1, 99):02d}-{r.randint(1, 9999):04d}"


def day(r: random.Random, first: int, last: int, form: str = "{y}-{m:02d}-{d:02d}") -> str:
    return form.format(y=r.randint(first, last), m=r.randint(1, 12), d=r.randint(1, 28))


KINDS: dict[str, Make] = {
    "name_zh": name_zh,
    "name_en": name_en,
    "given_en": lambda r: r.choice(FIRST),
    "surname_en": lambda r: r.choice(LAST),
    "name_pinyin": lambda r: (
        r.choice(("Zhang", "Wang", "Li", "Liu", "Chen", "Zhao"))
        + " "
        + r.choice(("Wei", "Xiaoming", "Jianguo", "Lihua", "Fangfang", "Guoqiang"))
    ),
    "mobile": mobile,
    "mobile_int": lambda r: int(mobile(r)),
    "mobile_float": lambda r: float(mobile(r)),
    "landline": lambda r: f"0{r.choice(('10', '21', '755', '571'))}-{r.randint(2, 8)}{digits(r, 7)}",
    "phone_us": phone_us,
    "email": lambda r: f"{r.choice(FIRST).lower()}{r.randint(1, 9999)}@{r.choice(('example.com', 'example.org', 'example.net'))}",
    "cn_id": cn_id,
    "cn_id_damaged": lambda r: f"{int(cn_id(r)[:17] + '0'):.5E}",
    "cn_id_rounded": lambda r: cn_id(r)[:15] + "000",
    "ssn": ssn,
    "card": lambda r: luhn(r.choice("622848 621700 622202".split()) + digits(r, 12)),
    "card_int": lambda r: int(luhn("4" + digits(r, 14))),
    "card_damaged": lambda r: f"{float('6228' + digits(r, 15)):.5E}",
    "passport": lambda r: r.choice("EG") + digits(r, 8),
    "address_zh": address_zh,
    "address_en": address_en,
    "district": lambda r: r.choice(DISTRICTS),
    "city_en": lambda r: r.choice("Chicago Houston Austin Seattle Denver Boston Miami Dallas Atlanta Phoenix".split()),
    "country": lambda r: r.choice("CN US GB DE FR JP SG AU CA".split()),
    "postcode": lambda r: r.choice("100080 200120 518000 310012 610041 210009 430070".split()),
    "gender_zh": lambda r: r.choice("男女"),
    "gender_en": lambda r: r.choice(("M", "F")),
    "ethnic": lambda r: r.choice("汉族 汉族 汉族 回族 满族 壮族 维吾尔族 蒙古族".split()),
    "married": lambda r: r.choice("已婚 未婚 离异 丧偶".split()),
    "education": lambda r: r.choice("本科 硕士 大专 高中 博士".split()),
    "political": lambda r: r.choice("群众 中共党员 共青团员".split()),
    "job_zh": lambda r: r.choice("软件工程师 会计 销售经理 护士 教师 司机 产品经理 行政专员 律师 厨师 设计师 人事主管".split()),
    "job_en": lambda r: r.choice(
        "Software Engineer|Nurse|Sales Manager|Accountant|Teacher|Data Analyst|Driver|Office Assistant".split("|")
    ),
    "birth": lambda r: day(r, 1950, 2005),
    "birth_us": lambda r: day(r, 1950, 2005, "{m}/{d}/{y}"),
    "birth_compact": lambda r: day(r, 1950, 2005, "{y}{m:02d}{d:02d}"),
    "recent": lambda r: day(r, 2022, 2024),
    "recent_time": lambda r: day(r, 2022, 2024) + f" {r.randint(0, 23):02d}:{r.randint(0, 59):02d}:{r.randint(0, 59):02d}",
    "age": lambda r: r.randint(18, 80),
    "amount": lambda r: f"{r.uniform(1, 9999):.2f}",
    "amount_float": lambda r: round(r.uniform(1, 9999), 2),
    "salary": lambda r: r.randint(40, 400) * 100,
    "quantity": lambda r: r.randint(1, 20),
    "order": lambda r: f"DD{r.randint(2022, 2024)}{digits(r, 10)}",
    "flag": lambda r: r.choice("是否"),
    "status": lambda r: r.choice("已完成 处理中 已取消".split()),
    "product_zh": lambda r: r.choice(PRODUCTS),
    "product_en": lambda r: r.choice(GOODS),
    "department": lambda r: r.choice("研发部 市场部 财务部 人力资源部 客服中心".split()),
    "company": lambda r: (
        r.choice("北京 上海 深圳 杭州".split()) + "".join(r.choice("华天宏信达通盛嘉和瑞") for _ in range(2)) + r.choice(FIRMS)
    ),
    "ip": lambda r: f"192.0.2.{r.randint(1, 254)}",
    "plate": lambda r: r.choice("京沪粤浙") + r.choice("ABC") + r.choice("ABCDEFGHJK0123456789") + digits(r, 4),
    "note": lambda r: r.choice(NOTES) + str(r.randint(1, 99)),
    "note_phone": lambda r: r.choice(NOTES) + (f"回电{mobile(r)}。" if r.random() < 0.3 else "") + str(r.randint(1, 99)),
    "note_en": lambda r: r.choice(REMARKS) + str(r.randint(1, 99)),
    "diagnosis": lambda r: r.choice("高血压 2型糖尿病 冠心病 急性阑尾炎 支气管哮喘 肺炎 胃溃疡 腰椎间盘突出".split()),
    "score": lambda r: r.randint(40, 100),
    "rating": lambda r: r.choice(("4.5", "4.8", "3.9", "5.0")),
    "staff": lambda r: f"E{r.randint(10000, 99999)}",
    "account": lambda r: r.choice(FIRST).lower() + r.choice("_ .".split(" ")) + digits(r, 3),
    "password": lambda r: "".join(
        r.choice("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(r.randint(8, 12))
    ),
    "url": lambda r: f"https://shop{r.randint(1, 999)}.example.com/item",
    "latitude": lambda r: f"{r.uniform(20, 45):.6f}",
    "tracking": lambda r: f"SF{digits(r, 13)}",
}

# header → kind and the label it ought to get: an entity, "NONE", or "TEXT"
_TABLES = """
hr_zh
    工号 | staff | MEMBER_NUMBER
    姓名 | name_zh | PERSON
    性别 | gender_zh | GENDER
    出生日期 | birth | DATE_OF_BIRTH
    身份证号 | cn_id | CN_ID_CARD
    部门 | department | NONE
    岗位 | job_zh | OCCUPATION
    学历 | education | EDUCATION
    政治面貌 | political | CN_POLITICAL_STATUS
    月薪 | salary | INCOME
    入职日期 | recent | DATE_TIME
    手机 | mobile_int | CN_MOBILE
    家庭住址 | address_zh | ADDRESS
hr_pinyin
    xm | name_zh | PERSON
    sfzh | cn_id | CN_ID_CARD
    sjh | mobile | CN_MOBILE
    csrq | birth_compact | DATE_OF_BIRTH
    mz | ethnic | CN_ETHNICITY
    hyzk | married | CN_MARITAL_STATUS
    jtzz | address_zh | ADDRESS
    bz | note | TEXT
    xb | gender_zh | GENDER
crm_en
    customer_id | quantity | MEMBER_NUMBER
    FirstName | given_en | PERSON
    LastName | surname_en | PERSON
    emailAddress | email | EMAIL_ADDRESS
    phone_number | phone_us | PHONE_NUMBER
    street_address | address_en | ADDRESS
    city | city_en | LOCATION
    country | country | LOCATION
    created_at | recent_time | DATE_TIME
    is_active | flag | NONE
    comments | note_en | TEXT
    ssn | ssn | US_SSN
shop_zh
    订单号 | order | NONE
    商品名称 | product_zh | NONE
    数量 | quantity | NONE
    金额 | amount | NONE
    收货人 | name_zh | PERSON
    收货地址 | address_zh | ADDRESS
    联系电话 | mobile | CN_MOBILE
    下单时间 | recent_time | DATE_TIME
    买家留言 | note_phone | TEXT
    订单状态 | status | NONE
shop_en
    product_id | order | NONE
    name | product_en | NONE
    price | amount_float | NONE
    stock | quantity | NONE
    category | status | NONE
    url | url | URL
clinic
    病历号 | staff | HEALTH_NUMBER
    患者姓名 | name_zh | PERSON
    年龄 | age | AGE
    诊断 | diagnosis | MEDICAL_CONDITION
    就诊日期 | recent | DATE_TIME
    医保卡号 | staff | HEALTH_NUMBER
    主治医生 | name_zh | PERSON
    费用 | amount | NONE
    联系方式 | mobile | CN_MOBILE
bank
    khmc | name_zh | PERSON
    yhkh | card | CREDIT_CARD
    zjhm | cn_id | CN_ID_CARD
    ye | amount | NONE
    jyrq | recent | DATE_TIME
    khh | company | ORGANIZATION
    lxdh | mobile_float | CN_MOBILE
bank_en
    account_holder | name_en | PERSON
    card_number | card_int | CREDIT_CARD
    balance | amount_float | NONE
    dob | birth_us | DATE_OF_BIRTH
    occupation | job_en | OCCUPATION
    ip_address | ip | IP_ADDRESS
    username | account | ACCOUNT
    password | password | PASSWORD
damaged
    证件号码 | cn_id_damaged | CN_ID_CARD
    银行卡号 | card_damaged | CREDIT_CARD
    身份证 | cn_id_rounded | CN_ID_CARD
    姓名 | name_zh | PERSON
logistics
    运单号 | tracking | TRACKING_NUMBER
    寄件人 | name_zh | PERSON
    寄件人电话 | landline | PHONE_NUMBER
    收件人 | name_zh | PERSON
    收件人地址 | address_zh | ADDRESS
    邮编 | postcode | POSTAL_CODE
    车牌号 | plate | LICENSE_PLATE
    司机 | name_zh | PERSON
    重量(kg) | amount | NONE
school
    学号 | staff | MEMBER_NUMBER
    学生姓名 | name_zh | PERSON
    班级 | status | NONE
    家长姓名 | name_zh | PERSON
    家长电话 | mobile | CN_MOBILE
    语文 | score | NONE
    数学 | score | NONE
    民族 | ethnic | CN_ETHNICITY
    籍贯 | district | LOCATION
mixed
    客户 Name | name_zh | PERSON
    Mobile 手机 | mobile | CN_MOBILE
    Email邮箱 | email | EMAIL_ADDRESS
    Amount金额 | amount | NONE
    公司名称 Company | company | ORGANIZATION
    Full Name (EN) | name_pinyin | PERSON
    城区 | district | LOCATION
    是否VIP | flag | NONE
    duplicate | quantity | NONE
    职位 Title | job_zh | OCCUPATION
    评分 | rating | NONE
    纬度 | latitude | GEO_COORDINATE
    护照号 | passport | PASSPORT
"""


def _read() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    name = ""
    for line in _TABLES.strip().splitlines():
        if line.startswith(" "):
            header, kind, want = (cell.strip() for cell in line.split(" | "))
            found[name].append((header, kind, want))
        else:
            name = line
            found[name] = []
    return found


TABLES = _read()


def table(name: str, rows: int = 120, seed: int = 1) -> dict[str, list[object]]:
    """One of the tables, as header → values; the same seed makes the same."""
    return {header: column(kind, rows, seed + i) for i, (header, kind, _) in enumerate(TABLES[name])}


def column(kind: str, rows: int = 120, seed: int = 1) -> list[object]:
    """Values of one kind."""
    r = random.Random(f"{kind}/{seed}")
    return [KINDS[kind](r) for _ in range(rows)]
