"""Texts read together get what each gets alone, whatever stands at the end of one and at the beginning of the next."""

from hypothesis import given
from hypothesis import strategies as st

from piiscrub.registry.recognizers import engine_for

# What belongs together in one text and must not be put together from two: labels, values, halves of both.
PIECES = (
    "微信", "号：", "WeChat", " id ", "zhangsan_88", "password", " is ", "hunter22!", "手机", "13800138000", "138", "00138000",
    "110105", "19491231002X", "a.b", "@", "example.com", "mysql -u root", " -p", "2024年", "3月", "5日", "张", "xx", "某",
    "订单号", "order no", "。", "\n", " ", "£", "-----BEGIN ", "PRIVATE KEY-----", "30", "岁", " years old", "民族", "汉族",
)  # fmt: skip  # one word after the other
text = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
engine = engine_for()


@given(st.lists(text, max_size=8), st.sampled_from(("", "手机号", "备注", "password")))
def test_texts_read_together_get_what_each_gets_alone(texts, label):
    assert [set(found) for found in engine.find_each(texts, label=label)] == [set(engine.find(one, label=label)) for one in texts]


def test_more_tokens_than_go_through_the_steps_at_once():
    date, card = "2024-03-05 ", "6222 0212 3456 7890 "  # its later groups are covered by what the first one began
    texts = [date * 150, "no digits", card * 150, date]
    assert [len(found) for found in engine.find_each(texts)] == [len(engine.find(one)) for one in texts]
    assert len({found.start for found in engine.find(date * 150)}) == 150
