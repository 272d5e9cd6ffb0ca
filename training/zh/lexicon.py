"""Words for generated text, from general knowledge, and tables of the package. All of it invented combinations or public facts."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "src" / "piiscrub" / "reference"


def held_out(word: str) -> bool:
    """True for about one word in five: those never occur in training, so that a test can use them.

    >>> held_out("张"), held_out("张") == held_out("张")
    (False, True)
    """
    return hashlib.sha256(word.encode()).digest()[0] < 51


def _rows(name: str) -> list[list[str]]:
    lines = (REFERENCE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


_SURNAMES = _rows("surnames")
COMMON = [row[0] for row in _SURNAMES if row[2] == "single" and row[3] == "common"]
OTHER = [row[0] for row in _SURNAMES if row[2] == "single" and row[3] != "common"]
COMPOUND = [row[0] for row in _SURNAMES if row[2] == "compound"]

_DIVISIONS = {row[0]: row[1] for row in _rows("divisions") if row[2] == "current" and row[0] < "710000"}
PROVINCES = [name for code, name in _DIVISIONS.items() if code.endswith("0000")]
COUNTIES = [  # (province, city or "", county)
    (
        _DIVISIONS[code[:2] + "0000"],
        city if (city := _DIVISIONS.get(code[:4] + "00", "")) not in ("市辖区", "县", "") and "直辖" not in city else "",
        name,
    )
    for code, name in _DIVISIONS.items()
    if not code.endswith("00") and name != "市辖区" and code[:2] + "0000" in _DIVISIONS
]
CITIES = sorted({name for code, name in _DIVISIONS.items() if code.endswith("00") and name not in ("市辖区", "县") and "直辖" not in name})


def short(place: str) -> str:
    """The everyday form of a division's name.

    >>> short("广东省"), short("深圳市"), short("东城区"), short("内蒙古自治区")
    ('广东', '深圳', '东城区', '内蒙古')
    """
    for full, brief in (("维吾尔自治区", ""), ("壮族自治区", ""), ("回族自治区", ""), ("自治区", ""), ("地区", "")):
        if place.endswith(full):
            return place.removesuffix(full) + brief
    return re.sub("(?:省|市)$", "", place) if len(place) > 2 else place


# Characters of given names. Two lists of parents' favourites of different decades, a third of rarer ones.
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力健俊浩晨雨欣怡佳梓轩涵诗琪子睿宇航思远梦瑶嘉懿泽煜城烨霖晓彤婷雪玉"
    "琳慧建国志海燕春梅红立新德华永康家豪诺馨若曦沐宸奕辰景行云帆安冬栋学民振玲珍凤仙根生金宝福来山小虎铁柱翠花霆乐弘毅知亦凡启"
    "承恩守义世忠贤光耀宗翰仲谦鹏飞瑞祥璐瑾瑜璇玥琛珂珊博然昊天一鸣正阳逸少东旭升立群晶莹颖丹青松柏林森焕章绍先树清保全成龙兴旺"
    "贵荣富昌利顺和善良才俊雄彪武斌彬炳炎烽灿煊培基坤培元亨达通远图卓越超群冠军爱菊莲荷香芝芬芸苗菲蓉蓓蕾薇萍茹莉莎媛婉婵娥妍妮"
    "姝娇媚姣婧嫣巧倩俪伶仪依佩偲优侠仁信修传伦侃倬儒元允兆克冰凌凯初则劲勤化千卉南厚友叶向君吟吉吾哲唯喆善嘉圣均坚垚培壮声夏大"
    "奇妙季学宁定宛宜宝实宣容宾密宽寒寅寿尔尚尧展屹岚岩峥峰峻崇川州工巍帅常幼广庆应庭廷开弦强彦彩影征律微心忆怀怿恒恬悦惠意慈成"
    "扬抒拓挺捷攀政敬斯方施旋日时昕映昱显晋晖普晴智暄曼朗望朝木本朴权李杏枫柔栩桐楚榕樱檀欢欣歆正殊毓水汉江沁沛河治法泉波泰洁津"
    "洪洲浦浪润涓深淇淑淳淼清渊渝湘滢漪潇澄澜灵炜烁熙燃爽牧特狄独玄玖珏珠理琦琬琰琼瑄瑛瑶璋璟生田甜男畅盈盛真睦石硕祎禄禹秋科稚"
    "穆竹笑筠简素紫絮维绮缨罡羽翊翎翔耘聪育胜舒航艺艾苇若茂茜荃荔莹菁萌萱葵蓝蔚蕊薏虹蝶行衡裕西言誉诚语谊谨豫贝贞赋超跃路轶辉辛达"
    "迅运连迪逢通道邦郁野钊钧铭锋锐锦镇长问闻阔陶雁雅雍震霄霜露靖韵韶顺颂颐风飒馥驰骁骏鸿麒麟默黎鼎齐"
)
MINORITY = [  # given + · + father's name, as on identity cards
    "买买提 阿卜杜拉 吐尔逊 艾合买提 玉素甫 热孜万古丽 阿依古丽 古丽娜尔 帕提古丽 库尔班 努尔兰 叶尔肯 巴合提 加依娜 阿曼古丽 伊力哈木 阿迪力 "
    "麦麦提江 图尔荪 沙依拉 古再丽 塔依尔 艾则孜 肉孜 哈力克 祖丽胡玛尔 阿布都热合曼 亚森 卡德尔 米热古丽 阿不力孜 乌买尔 其其格 巴特尔 "
    "哈斯 乌兰 达来 布和 斯琴 娜仁 托娅 格日勒 吉木斯 阿古拉"
][0].split()
TIBETAN = "扎西 卓玛 次仁 多吉 顿珠 央金 才让 桑吉 达瓦 尼玛 格桑 旺堆 拉姆 罗布 丹增 平措 白玛 索朗 德吉 曲珍 加措 旦增 普布 边巴 洛桑 贡布".split()
SYLLABLES = (  # of foreign names as they are written in Chinese
    "阿 埃 艾 安 奥 巴 鲍 贝 本 比 彼 波 伯 布 查 戴 丹 德 迪 蒂 多 厄 恩 法 菲 费 弗 福 盖 戈 格 古 哈 海 汉 赫 亨 华 霍 基 吉 加 杰 卡 凯 坎 科 克 肯 库 拉 "
    "莱 兰 劳 勒 雷 里 利 林 琳 卢 鲁 路 伦 罗 洛 马 玛 迈 曼 梅 蒙 米 莫 穆 拿 纳 内 尼 诺 努 帕 佩 皮 普 奇 乔 琼 让 萨 塞 桑 莎 舍 史 斯 苏 所 塔 泰 坦 汤 "
    "特 廷 图 托 瓦 威 韦 维 温 沃 西 希 夏 谢 辛 休 雅 亚 扬 耶 伊 因 尤 泽 詹 朱 兹 佐"
).split()
ENDINGS = "斯 尔 特 克 德 夫 基 逊 森 顿 曼 勒 茨 里 亚 娜 莎 利 斯基 诺夫 维奇 德森 伯格 菲尔德 顿斯 尔斯 姆 恩 普 尼 西 塔 托 加 拉".split()
JAPANESE = "佐藤 铃木 高桥 田中 渡边 伊藤 山本 中村 小林 加藤 吉田 山田 松本 井上 木村 斋藤 清水 山口 阿部 池田 桥本 石川 前田 藤田 冈田 长谷川 村上 近藤 石井 坂本 远藤 青木 藤井 西村 福田 太田 三浦 藤原 松田 中川 原田 竹内 横山 宫崎 酒井 工藤 小野 上田 内田 岛田 大野 菅原 今井 河野 武田 高木 安藤 平野 丸山".split()
JAPANESE_GIVEN = "太郎 次郎 一郎 健一 诚 隆 茂 博 浩二 大辅 翔太 拓也 美咲 樱 由美子 惠子 和子 幸子 洋子 裕子 直树 雅人 英机 信长 秀吉 家康 义昭 龙之介 春树 康成 由纪夫 京子 千夏 彩香 真由美 久藏 正雄 三郎".split()
LATIN = "Kevin Linda Jason Amy Tony Grace Jack Lucy Eric Alice Leo Cindy Peter Vivian Frank Helen Andy Sophie Ray Tina Chris Emma Bella Simon Nancy Daniel Wendy Allen Coco Jerry".split()
LATIN_LAST = "Wang Li Zhang Chen Liu Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo Lin He Gao Luo Smith Brown Miller Taylor Wilson Clark Lewis Walker Hall Young".split()
ANCIENT = "昭烈 武襄 文成 孝庄 景泰 永嘉 怀仁 忠顺 安国 定远 靖海 恭亲 睿 肃 豫 淮南 长乐 宁寿 建安 孝文 明元 宣武".split()
COUNTRIES = (
    "美国 英国 法国 德国 日本 韩国 朝鲜 俄罗斯 印度 巴西 加拿大 澳大利亚 新西兰 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 捷克 匈牙利 奥地利 "
    "希腊 土耳其 以色列 埃及 南非 肯尼亚 尼日利亚 摩洛哥 伊朗 伊拉克 沙特阿拉伯 阿联酋 巴基斯坦 孟加拉国 缅甸 泰国 越南 老挝 柬埔寨 马来西亚 新加坡 印度尼西亚 "
    "菲律宾 蒙古 哈萨克斯坦 乌克兰 白俄罗斯 罗马尼亚 保加利亚 塞尔维亚 克罗地亚 爱尔兰 冰岛 墨西哥 古巴 阿根廷 智利 秘鲁 哥伦比亚 委内瑞拉 中国 苏联 台湾 香港 澳门"
).split()
PLACES = (
    "伦敦 巴黎 纽约 东京 大阪 京都 首尔 莫斯科 柏林 慕尼黑 汉堡 罗马 米兰 马德里 巴塞罗那 里斯本 阿姆斯特丹 布鲁塞尔 日内瓦 苏黎世 维也纳 布拉格 布达佩斯 华沙 雅典 "
    "伊斯坦布尔 开罗 内罗毕 悉尼 墨尔本 奥克兰 多伦多 温哥华 洛杉矶 旧金山 芝加哥 波士顿 西雅图 休斯敦 华盛顿 费城 曼谷 河内 吉隆坡 雅加达 马尼拉 新德里 孟买 迪拜 "
    "欧洲 亚洲 非洲 北美洲 南美洲 东南亚 中东 华北 华南 江南 西北 东北 加利福尼亚州 得克萨斯州 佛罗里达州 北海道 九州 西伯利亚 长江 黄河 珠江 太湖 洞庭湖 泰山 黄山 "
    "喜马拉雅山 太平洋 大西洋 地中海 波罗的海 南海 东海 长江三角洲 珠三角 京津冀 九龙 新界 浦东 中关村 陆家嘴 天安门 王府井 外滩 秦淮河 岳麓山 鼓浪屿 台北 高雄 新竹 台南"
).split()
GEOGRAPHY = "河 江 湖 湾 山 岛 港 峡 岭 半岛 盆地 高原 平原 运河 群岛 海峡 县 州 省 郡 镇 村 城 堡 寺 庙 宫 教堂 大桥 公园 车站 机场 站 铁路 公路 水库 古镇 门 广场 博物馆".split()
PLACE_CHARACTERS = "安白北碧苍长常成楚川翠大丹东敦方丰凤福富高古固光广桂海汉合和河黑洪鸿湖花华淮黄吉嘉江金锦晋景九开康昆兰乐黎临灵龙隆芦罗麦梅闽明牡南宁平凭浦七齐启青清庆琼曲泉仁三沙山上石双松太泰唐桃天田铜万文梧武西溪仙湘新兴秀徐雪延阳瑶宜银永玉元云樟昭镇中舟珠紫"
ROAD_CHARACTERS = "人民解放建设中山和平新华胜利文化长江黄河迎宾滨学府科技创业幸福光明朝阳东风红旗友谊环城府前育才康宁振兴富强翠竹梧桐银杏丹桂紫荆凤凰望临湖秀水青云玉泉桃源金沙天锦绣芙蓉世纪星海观澜梅林龙腾凯旋松柏榆柳槐杨枫荷莲菊兰春夏秋冬晨曦安康乐瑞祥泰丰裕盛"
ESTATES = "阳光 翡翠 御景 滨江 东方 锦绣 江南 书香 水岸 香榭 嘉和 国际 帝景 学府 丽景 山水 云顶 幸福 桂花 和谐 万象 金域 紫云 绿城 中央 盛世 星河 领秀 枫丹 雅居 凤凰 半岛 溪谷 橡树 玫瑰 百合 荣盛 天玺 云栖 首府".split()
BRANDS = "华 信 中 科 鼎 盛 瑞 丰 恒 通 天 成 博 远 卓 越 新 锐 云 图 海 纳 金 桥 东 升 百 川 智 联 启 航 创 宏 达 众 诚 蓝 领 先 嘉 禾 思 源 凌 四 方 鑫 安 泰 利 德 康 乐 优 品 美 佳 尚 雅 和 顺 隆 昌 万 凯 荣 星 辰 光 宇 飞 腾 力 维 立 正 元 亨".split()
INDUSTRY = "科技 网络科技 信息技术 贸易 国际贸易 物流 供应链管理 医疗器械 建筑工程 装饰工程 文化传播 传媒 生物科技 投资管理 资产管理 房地产开发 物业管理 餐饮管理 教育咨询 人力资源 汽车销售 机械制造 电子 化工 食品 服饰 农业 环保 新能源 软件 广告 旅游 保险经纪 融资租赁 医药".split()
COMPANY = "有限公司 股份有限公司 有限责任公司 集团 集团有限公司 公司 合伙企业 工作室 厂 (集团)有限公司".split()
BODIES = (
    "人民政府 公安局 教育局 卫生健康委员会 市场监督管理局 税务局 人力资源和社会保障局 交通运输局 民政局 人民法院 中级人民法院 人民检察院 公证处 派出所 交警支队 消防救援支队 "
    "人民医院 中心医院 中医院 妇幼保健院 第一医院 第二人民医院 疾控中心 大学 师范大学 理工大学 医科大学 职业技术学院 第一中学 实验小学 外国语学校 幼儿园 图书馆 电视台 "
    "日报社 广播电台 足球俱乐部 篮球队 总工会 慈善总会 红十字会 商会 律师协会 居民委员会 村民委员会 银行 农商银行 分行 支行 研究院 设计院 出版社 交响乐团 工商联 残联"
).split()
KNOWN = (
    "联合国 世界卫生组织 欧盟 世界银行 国际奥委会 北约 东盟 红军 美军 日军 八路军 国民党 共产党 民主党 共和党 工党 保守党 自民党 国务院 全国人大 最高人民法院 外交部 财政部 商务部 教育部 "
    "中国科学院 社科院 清华大学 北京大学 复旦大学 浙江大学 哈佛大学 牛津大学 剑桥大学 早稻田大学 麻省理工学院 央视 新华社 路透社 法新社 美联社 人民日报 泰晤士报 纽约时报 "
    "中国银行 工商银行 建设银行 农业银行 招商银行 交通银行 中国移动 中国电信 中国联通 中石油 国家电网 皇家马德里 曼联 湖人队 国家队 披头士乐队 微软 谷歌 苹果公司 三星电子 丰田 通用汽车 "
    "英国广播公司 好莱坞电影协会 欧洲议会 美国国会 议会 参议院 众议院 禁卫军 海军陆战队 空军 北洋军 远征军"
).split()
JOBS = "总经理 副总经理 财务总监 销售经理 项目经理 产品经理 工程师 高级工程师 会计 出纳 行政主管 人事专员 客服专员 采购员 仓库管理员 司机 保安队长 护士长 主任医师 班主任 辅导员 研究员 秘书长 董事 监事 合伙人 律师 法官 书记员 科员 科长 处长 局长 校长 院长".split()
TITLES = "先生 女士 小姐 老师 医生 主任 经理 总 教授 律师 师傅 同学 队长 警官 局长 院长 太太 阿姨 大爷 护士 工 董 处 姐 哥".split()
DISEASES = "高血压 2型糖尿病 急性阑尾炎 上呼吸道感染 腰椎间盘突出 冠心病 慢性胃炎 甲状腺结节 骨折 肺部感染 过敏性鼻炎 偏头痛 脑梗死 胆囊结石 贫血".split()
GOODS = "蓝牙耳机 羽绒服 电饭煲 笔记本电脑 打印机墨盒 运动鞋 婴儿奶粉 茶叶 手机壳 书架 空气净化器 洗衣液 床垫 行车记录仪 台灯 相机 水杯 键盘 油烟机 面膜".split()
CONFUSING = (  # ordinary words that begin as names do; they stand where names stand
    "高兴 方便 马上 金额 安全 时间 白天 常用 张贴 全部 暂无 无 未填写 同上 本人 待定 不详 未知 匿名用户 业主 住户 家属 管理员 系统 客服 经办人 负责人 法定代表人 监护人 房东 租客 司机 "
    "明天 周末 周五 周年 王国 王朝 黄金 黄河 白云 江水 江山 路由器 石油 石头 田野 万一 万元 水平 水果 花园 雷达 雷雨 温度 温馨 许可 许多 严重 严格 武器 武术 向导 向上 康复 成功 成本 "
    "文件 文明 文字 方案 方法 古代 古典 关于 关系 关闭 任务 任何 单位 单价 解决 解释 应用 应收 应该 曾经 经济 易碎 项目 项链 席位 支付 支持 查询 查收 谈判 冷静 冷链 程序 程度 段落 章节 计算 "
    "毛巾 毛利 包裹 包装 范围 钱包 钟表 余额 余款 于是 宁静 祝贺 柳树 杨树 梅花 林业 林地 车辆 车位 房屋 房产 凌晨 高峰 高级 高温 秋天 夏季 冬季 谢谢 申请 甘蔗 和平 平台 平均 通知 通过 管理 "
    "国庆 景点 景色 商品 商务 尚未 党员 顾客 顾问 牛奶 牛肉 马路 龙虾 鱼塘 米饭 麦克风 司法 司机 师傅 老师 公司 阳光 东方 华夏"
).split()
