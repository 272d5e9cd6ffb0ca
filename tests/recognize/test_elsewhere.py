"""Labels in another line: questions above answers, fields above values, heads of columns. All values are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.reference.labels import asking, field_words, role_words
from piiscrub.registry.recognizers import engine_for
from piiscrub.scrubber.pipeline import Scrubber

SCRUBBER = Scrubber(ner=None)

# The value in << >>, the entity, and how its label stands to it
FOUND = {
    "question": [
        ("客服：请报一下您的银行账号\n客户：<<6222021234567>>", "BANK_ACCOUNT"),
        ("您的工号是多少？\n<<20231145>>", "CN_EMPLOYEE_ID"),
        ("护士：您的就诊卡号是多少？\n患者：嗯，我看一下，是 <<10023345>>。", "CN_MEDICAL_RECORD_NO"),
        ("小王：你的医保卡号发下\n小李：稍等\n小李：<<A203945871>>", "CN_MEDICAL_INSURANCE_NO"),
        ("张三 2024-03-05 10:22:11\n把你微信号发我一下\n李四 2024-03-05 10:22:40\n<<laowang_8866>>", "WECHAT_ID"),
        ("[10:02] 客服小美: 麻烦提供一下住院号\n[10:03] 用户: <<0078812>>", "CN_MEDICAL_RECORD_NO"),
        ("Nurse: What is the patient's medical record number?\nClerk: It's <<00784512>>.", "CN_MEDICAL_RECORD_NO"),
        ("[05/03/24, 10:22] Bob: What's your bank account number mate?\n[05/03/24, 10:23] Ann: <<31926819>>", "BANK_ACCOUNT"),
        ("Ana Ruiz  9:14 AM\nwhat's your student id?\nTom Lee  9:15 AM\n<<S2044817>>", "CN_STUDENT_ID"),
        ("> Could you give us your employee ID?\n\n<<408812>>", "CN_EMPLOYEE_ID"),
        ("<bob> what's your qq?\n<alice> <<29384756>>", "QQ_NUMBER"),
        ("> On Tue, Bob wrote:\n> Please send me your employee ID.\nHi Bob, <<408812>>", "CN_EMPLOYEE_ID"),
        ('"请问您的军官证号？"\n"<<南字第123456号>>"', "CN_MILITARY_ID"),
    ],
    "line above": [
        ("Passport No.\n<<533401987>>\nDate of issue\n12 March 2019", "US_PASSPORT"),
        ("姓名\n工号\n入职日期\n王建国\n<<20231145>>\n2021-03-01", "CN_EMPLOYEE_ID"),
        ("病历号\n科室\n<<10023345>>\n心内科", "CN_MEDICAL_RECORD_NO"),
        ("Full name\nStudent number\nProgramme\n\nTom Lee\n<<S2044817>>\nBSc Maths\n\nSignature", "CN_STUDENT_ID"),
        ("<passportNumber>\n  <<533401987>>\n</passportNumber>", "US_PASSPORT"),
        ("bank_account: >-\n  <<6222021234567>>\nowner: x", "BANK_ACCOUNT"),
        ('"accountNumber" :\n\t"<<004412789012>>" ,', "BANK_ACCOUNT"),
    ],
    "column": [
        ("姓名,工号,部门\n王建国,<<20231145>>,财务部\n李丽,<<20231146>>,市场部", "CN_EMPLOYEE_ID"),
        ("| 姓名 | 学号 |\n|---|---|\n| 张伟 | <<2019210345>> |\n| 王芳 | <<2019210346>> |", "CN_STUDENT_ID"),
        ("Name        Employee ID   Dept\nAnn Smith   <<408812>>        HR\nBen Jones   <<408813>>        HR", "CN_EMPLOYEE_ID"),
        ('"id","name","bank_account"\n"1","Li, Lei","<<6222021234567>>"\n"2","Han Mei","<<6222021234568>>"', "BANK_ACCOUNT"),
        ("+------+----------+\n| name | mrn      |\n+------+----------+\n| Anna | <<00784512>> |\n", "CN_MEDICAL_RECORD_NO"),
        ("车牌\t发动机号\t颜色\n京A12345\t<<B48A20C12345>>\t白\n", "CN_ENGINE_NO"),
        ("insert into emp(emp_no,emp_name,salary) values('<<E10234>>','-',18500);", "CN_EMPLOYEE_ID"),
        ("INSERT INTO `t` (`id`, `gender`, `note`) VALUES (1, '<<男>>', 'a, (b)'),\n(2, '<<女>>', NOW());", "GENDER"),
        ("工号,婚姻状况\nA0231,<<未婚>>\nA0232,<<已婚>>", "CN_MARITAL_STATUS"),
        ("MSH|^~\\&|A|B\nPID|1||<<00123456>>^^^H1||-||19000307|M", "CN_MEDICAL_RECORD_NO"),
        ("PID|1||x||-||<<19000307>>|M", "DATE_OF_BIRTH"),
        ("Name,EmpNo\n\"Smith, Anna\",<<EMP-00001>>\n\"Jones, Ben\",<<EMP-00002>>", "CN_EMPLOYEE_ID"),
    ],
}  # fmt: skip  # one text a line
CASES = [(how, text, entity) for how, cases in FOUND.items() for text, entity in cases]

# The number belongs to something else
TRAPS = [
    "客服：请报一下您的银行账号\n客户：商品编号 6902083881405 有货吗",
    "客服：请问您的护照号？\n客户：忘了\n客服：那订单号呢？\n客户：533401987",
    "客服：您的银行账号已更新，谢谢。\n客户：88392014",
    "甲：护照号发我\n乙：明天给你\n甲：这个月销量多少\n乙：12345678",
    "备注：请提供工号\n数量：12345678",
    "Please enter your employee ID\nTotal rows: 12345678",
    "Bob: What is your employee ID?\nBob: 408812",
    "Q: What is the ticket number?\nA: 408812",
    "A: how many employee ids did we issue?\nB: 408812",
    "Agent: Do you know your employee ID?\nCustomer: Room 408812",
    "我的工号忘在家里了。\n\n20231145",
    "账号\n金额\n12345678",
    "Employee ID\nDepartment\nBudget\n408812",
    "Employee ID\nn/a\nInvoice\n408812",
    "Name\nOrder number\nPassport number\nAnna Smith\n533401987\npending",
    "病历号\n数量\n待补\n10023345",
    "姓名,工号,销售额\n王建国,,20231145\n李丽,,20231146",
    "| Account number | Views |\n|---|---|\n| pending | 12345678 |\n| pending | 87654321 |",
    "City,Passport office,Population\nLeeds,yes,533401\nYork,no,153717",
    "学号\t姓名\t阅读量\n-\t张伟\t2019210345",
    "Employee ID   Revenue\n-             408812\n-             408813",
    "订单号,护照,金额\n12345678,有,20\n12345679,无,30",
    '{"account_number": null,\n "views": 12345678}',
    "employee_id:\norder_id:\n  408812",
    "姓名,工号\n\n王建国,20231145",
    "INSERT INTO sys_dict(type,code,label) VALUES ('gender','1','男'),('gender','2','女');",
    "INSERT INTO product (sku, title, emp_no) VALUES ('P10021', 'x', NULL), ('P10022', 'y', NULL);",
    "INSERT INTO log (emp_no, views) VALUES (NULL, 12345678)",
    "CPU PID|12345678|1||x",
]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_found_below_its_label(number: int) -> None:
    how, marked, entity = CASES[number]
    text = marked.replace("<<", "").replace(">>", "")
    spans = []
    for piece in marked.split("<<")[1:]:
        value = piece.partition(">>")[0]
        spans.append((at := text.index(value, spans[-1][1] if spans else 0), at + len(value)))
    found = {(f.start, f.end): f for f in SCRUBBER.scan(text).findings}
    for span in spans:
        assert entity in (found[span].entity, *(a.entity for a in found[span].alternatives))
        assert how in found[span].context or span != spans[0] or "repetition" in found[span].context


@pytest.mark.parametrize("number", range(len(TRAPS)))
def test_a_number_below_a_label_that_is_not_its_own(number: int) -> None:
    assert SCRUBBER.scan(TRAPS[number]).findings == ()


def test_a_check_digit_that_fails_counts_below_its_label() -> None:
    """As beside its label: a typing error in an identity number is still one."""
    found = SCRUBBER.scan("姓名,身份证号\n张三,110105194912310021\n李四,110105194912310029").findings
    assert [(f.entity, f.check) for f in found] == [("CN_ID_CARD", "failed")] * 2


def test_what_is_found_by_itself_is_not_found_twice() -> None:
    text = "姓名,手机号\n张三,13800138000\n李四,13800138000"
    assert [(d.finding.entity, d.finding.context) for d in SCRUBBER.scan(text).decisions] == [("CN_MOBILE", ())] * 2


def test_explain_says_where_the_label_stands() -> None:
    text = "客服：请报一下\u200b您的工号\n客户：2023\u200b1145"
    start = text.index("2023")
    told = ps.explain(text, start, len(text))
    assert told.found
    assert [(text[at.low : at.high], at.start, at.end, at.how) for at in told.labels] == [
        ("请报一下\u200b您的工号", start, len(text), "question")
    ]
    assert "its label in the question at 3–12" in str(told)
    assert "标签在第 3–12 字的提问中" in told.to_text(lang="zh")
    assert "at the head of the column, at 5–13" in str(ps.explain("Name,Staff No\nAnna,SN4471", 19, 25))
    assert "in a line above, at 0–11" in str(ps.explain("Passport No.\n533401987", 13, 22))
    assert ps.explain("工号：20231145", 3, 11).labels == ()


speaker = st.sampled_from([
    "客服：", "[10:02] 客服小美: ", "Agent: ", "[05/03/24, 10:22] Bob: ", "5/3/24, 10:22 - Bob: ", "AGENT (00:01:23): ",
])  # fmt: skip  # one after the other
other = st.sampled_from([
    "客户：", "[10:03] 用户: ", "Customer: ", "[05/03/24, 10:23] Ann: ", "5/3/24, 10:24 - Ann: ", "CALLER (00:01:30): ",
])  # fmt: skip  # one after the other
asked = st.sampled_from([
    "您的工号是多少？", "麻烦报一下工号", "工号？", "What is your employee ID?", "Please tell me your staff number.",
])  # fmt: skip  # one after the other
fill = st.sampled_from(["", "好的，", "嗯，我看一下，是 ", "It's ", "Sure, it is ", "Yes. "])
digits = st.text("0123456789", min_size=6, max_size=8).filter(lambda d: len(set(d)) > 1)


@given(speaker, other, asked, fill, digits, st.sampled_from(["", ".", "。", "\n", "\r\n谢谢"]))
def test_an_answer_whoever_speaks_and_whatever_else_is_said(
    asks: str, answers: str, question: str, said: str, value: str, behind: str
) -> None:
    text = f"{asks}{question}\n{answers}{said}{value}{behind}"
    start = text.rindex(value)
    assert (start, start + len(value)) in {
        (f.start, f.end) for f in SCRUBBER.scan(text).findings if f.entity == "CN_EMPLOYEE_ID" or any(f.alternatives)
    }


@given(
    st.sampled_from([",", ";", "\t", " | ", "    "]),
    st.permutations(["Name", "Staff No", "Views", "Price"]),
    st.lists(st.tuples(digits, digits), min_size=2, max_size=6),
)
def test_the_column_below_its_name_and_no_other(separator: str, names: list[str], numbers: list[tuple[str, str]]) -> None:
    rows = [{"Name": "Anna", "Staff No": f"SN{a}", "Views": f"1{b}", "Price": "20.00"} for a, b in numbers]
    text = "\n".join(separator.join(row) for row in (names, *([row[name] for name in names] for row in rows)))
    engine = engine_for()
    found = {text[f.start : f.end] for f in engine.find(text) if "column" in f.context}
    assert found == {row["Staff No"] for row in rows}


PIECES = (
    "工号", "账号", "姓名", "金额", "Employee ID", "Name", "Order no", "？", "?", "：", ": ", "\n", "\n", "\n\n", ",", "|", "\t",
    "   ", '"', "20231145", "408812", "SN4471", "客服", "Bob", "> ", "10:22", "好的", "it's ", "请报一下", "what is your ",
    "\r\n", "---", "<b>", "嗯嗯嗯",
)  # fmt: skip  # one word after the other
text = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


@given(text)
def test_places_lie_in_the_text_below_their_labels(one: str) -> None:
    for place in engine_for().elsewhere(one):
        assert 0 <= place.low < place.high < place.start < place.end <= len(one)
        assert "\n" in one[place.high : place.start]
        assert "\n" not in one[place.start : place.end]
        assert one[place.start : place.end].strip() == one[place.start : place.end]
        assert place.hits
        assert place.how in FOUND


@given(st.lists(text, max_size=6))
def test_texts_read_together_get_what_each_gets_alone(texts: list[str]) -> None:
    engine = engine_for()
    assert [set(found) for found in engine.find_each(texts)] == [set(engine.find(one)) for one in texts]


def test_the_words_of_questions_and_answers() -> None:
    assert "患者" in role_words()
    assert {"入职日期", "nationality"} <= field_words()
    assert asking("fill").fullmatch("嗯" * 90) is not None
    assert asking("fill").fullmatch("嗯" * 90 + "x") is None, "and at once"
    assert not asking("ask").search("whatever it was")
    assert asking("no_ask").search("How many accounts")
