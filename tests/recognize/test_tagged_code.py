"""Words of programs that a tagger takes for names, with the tagger of the package. All values are invented."""

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.ner.tagger import default_tagger

NOTHING = (
    "CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(64), mobile CHAR(11), addr VARCHAR(255));",
    "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8",
    "ETag: x\nCache-Control: max-age=31536000\nContent-Length: 13800138\nServer: nginx/1.25.3",
    "name: CI\njobs:\n  build:\n    steps:\n      - name: Run tests\n        run: make test",
    "Set-Cookie: SESSION=x; Path=/; HttpOnly; Max-Age=86400",
    "<Cdtr><Nm>-</Nm></Cdtr><CdtrAcct><Id>1</Id></CdtrAcct>",
    '{"familyName": "Required", "firstName": "String", "lastName": "UNKNOWN"}',
)
NAMED = (
    ("<Surname>LI</Surname><GivenName>XIAOMING</GivenName>", ["LI", "XIAOMING"]),
    ('{"lastName": "Ma", "firstName": "Jun"}', ["Ma", "Jun"]),
    ("Surname/姓 WANG\nGiven names/名 JIANGUO", ["WANG", "JIANGUO"]),
    ("PID|1||00123456||王^建国||19000307|M", ["王^建国"]),
    ("PID|1||MRN00123^^^H1||DOE^JANE^A||19000507|F", ["DOE^JANE"]),
    ("M1WANG/JIANGUO        EABC123 PEKSHACA 1831 061Y012A0010 100", ["WANG/JIANGUO"]),
    ("<ns2:XM>王建国</ns2:XM><ns2:SFZH>-</ns2:SFZH><ns2:XB>-</ns2:XB>", ["王建国"]),
    ("BEGIN:VEVENT\nORGANIZER;CN=王建国:mailto:w@example.com\nATTENDEE;ROLE=CHAIR:mailto:e@example.com\nEND:VEVENT", ["王建国"]),
    ("<Jane> hello all", ["Jane"]),
)


@pytest.mark.parametrize("case", range(len(NOTHING)))
def test_words_of_programs_name_nobody(case):
    assert [f for f in find_named(NOTHING[case], default_tagger()) if f.entity in ("PERSON", "ORGANIZATION")] == []


@pytest.mark.parametrize("case", range(len(NAMED)))
def test_names_among_them_are_found(case):
    text, names = NAMED[case]
    found = find_named(text, default_tagger())
    assert [text[f.start : f.end] for f in found if f.entity in ("PERSON", "ORGANIZATION")] == names
