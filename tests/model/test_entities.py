"""The tree is whole: every name leads to a root, every attribute is one of its kind, every alias means one thing."""

from __future__ import annotations

import pickle

import pytest

from piiscrub.errors import UnknownNameError
from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED
from tests.sweep import sweep

# Labels of rule book A1 to A10 and A14, and the tree's name for each that differs (ARCHITECTURE §4).
RULE_BOOK = """
CN_ID_CARD CN_ID_CARD_15 CN_FOREIGN_PR_ID CN_FOREIGN_PR_ID_OLD CN_HMT_RESIDENCE_PERMIT CN_HK_MACAO_TRAVEL_PERMIT
CN_TAIWAN_TRAVEL_PERMIT CN_PASSPORT HK_PASSPORT MO_PASSPORT CN_HK_MACAO_EXIT_PERMIT CN_TAIWAN_EXIT_PERMIT CN_MILITARY_ID
CN_BIRTH_CERTIFICATE CN_SOCIAL_SECURITY_CARD CN_MEDICAL_INSURANCE_NO CN_MEDICAL_RECORD_NO CN_DISABILITY_CERT
CN_STUDENT_STATUS_NO CN_USCC CN_ORG_CODE CN_TAX_ID CN_BUSINESS_LICENSE_NO CN_BANK_CARD CN_VEHICLE_PLATE VIN CN_ENGINE_NO
CN_DRIVER_LICENSE_FILE_NO CN_MOBILE CN_IOT_NUMBER CN_LANDLINE CN_SERVICE_PHONE CN_POSTCODE WECHAT_ID QQ_NUMBER ALIPAY_USER_ID
PASSPORT_MRZ IMEI IMSI ICCID MEID IPV4 IPV6 MAC_ADDRESS GEO_COORDINATE EMAIL URL EXPRESS_WAYBILL_NO CN_EMPLOYEE_ID HK_ID_CARD
MO_BIR TW_NATIONAL_ID TW_ARC TW_ARC_OLD TW_UBN US_SSN US_ITIN US_EIN US_PASSPORT US_MBI US_NPI US_DEA US_ABA_ROUTING CREDIT_CARD
IBAN SWIFT_BIC CRYPTO_BTC CRYPTO_ETH CRYPTO_TRON PHONE_US UK_NHS UK_NINO UK_UTR UK_PASSPORT UK_POSTCODE UK_SORT_CODE
UK_DRIVING_LICENCE CA_SIN AU_TFN AU_ABN AU_ACN AU_MEDICARE IN_AADHAAR IN_PAN SG_NRIC_FIN US_ZIP SECRET_JWT SECRET_AWS_ACCESS_KEY
SECRET_GITHUB_PAT SECRET_ALIYUN_ACCESS_KEY_ID SECRET_TENCENT_SECRET_ID SECRET_PRIVATE_KEY CN_SOCIAL_SECURITY_NO CN_STUDENT_ID
CN_DRIVER_LICENSE CN_ADDRESS CN_PERSON_NAME DATE_OF_BIRTH AGE GENDER CN_ETHNICITY CN_NATIVE_PLACE CN_MARITAL_STATUS RELIGION
CN_POLITICAL_STATUS OCCUPATION MEDICAL BIOMETRIC US_DRIVER_LICENSE CN_HOUSEHOLD_BOOK_NO BANK_ACCOUNT EDUCATION EMPLOYER
SEXUAL_ORIENTATION CRIMINAL_RECORD CREDIT_RECORD INCOME CN_RESIDENT_ID CN_PHONE CN_SOCIAL_CREDIT_CODE US_ADDRESS
""".split()
RENAMED = {
    "CN_PERSON_NAME": "PERSON",
    "EMAIL": "EMAIL_ADDRESS",
    "IPV4": "IP_ADDRESS",
    "IPV6": "IP_ADDRESS",
    "IBAN": "IBAN_CODE",
    "US_ABA_ROUTING": "ABA_ROUTING_NUMBER",
    "PHONE_US": "PHONE_NUMBER",
    "MEDICAL": "MEDICAL_CONDITION",
    "EXPRESS_WAYBILL_NO": "TRACKING_NUMBER",
    "CN_RESIDENT_ID": "CN_ID_CARD",
    "CN_PHONE": "CN_MOBILE",
    "CN_SOCIAL_CREDIT_CODE": "CN_USCC",
    "US_ADDRESS": "ADDRESS",
}
CORPUS = (
    "PERSON ADDRESS LOCATION ORGANIZATION PHONE_NUMBER EMAIL_ADDRESS ID_NUMBER BANK_ACCOUNT CREDIT_CARD DATE URL IP_ADDRESS "
    "USERNAME LICENSE_PLATE POSTAL_CODE SECRET MISC JOB_TITLE NORP AGE"
).split()


def test_every_label_of_the_rule_book_has_its_entity() -> None:
    with sweep() as case:
        for label in RULE_BOOK:
            with case(label):
                assert entities.get(label).name == RENAMED.get(label, label)


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("PERSON_REFERENCE", "PERSON"),
        ("CN_MOBILE", "PHONE_NUMBER"),
        ("PHONE_NUMBER", "CONTACT"),
        ("EMAIL_ADDRESS", "CONTACT"),
        ("CN_ID_CARD", "NATIONAL_ID"),
        ("US_SSN", "NATIONAL_ID"),
        ("CN_PASSPORT", "PASSPORT"),
        ("CN_TAIWAN_TRAVEL_PERMIT", "TRAVEL_PERMIT"),
        ("CN_BANK_CARD", "CREDIT_CARD"),
        ("CREDIT_CARD", "FINANCIAL_ACCOUNT"),
        ("IBAN_CODE", "BANK_ACCOUNT"),
        ("CN_ADDRESS", "ADDRESS"),
        ("ADDRESS", "LOCATION"),
        ("DATE_OF_BIRTH", "DATE_TIME"),
        ("CRYPTO_BTC", "CRYPTO"),
        ("US_DEA", "MEDICAL_LICENSE"),
        ("RELIGION", "NRP"),
        ("US_ZIP", "POSTAL_CODE"),
        ("CN_VEHICLE_PLATE", "LICENSE_PLATE"),
        ("LICENSE_PLATE", "VEHICLE"),
        ("QQ_NUMBER", "ACCOUNT"),
        ("SECRET_JWT", "SECRET"),
        ("NATIONAL_ID_MASKED", "MASKED"),
    ],
)
def test_parents_are_those_of_the_design(child: str, parent: str) -> None:
    assert entities.get(child).parent == parent
    assert child in entities.descendants(parent)


def test_each_entry_is_complete() -> None:
    with sweep() as case:
        for name, entity in entities.tree().items():
            with case(name):
                assert entity.name == name == name.upper()
                assert entity.title_en
                assert entity.title_zh
                assert entity.identifier in entities.IDENTIFIER_RANK
                assert entity.jrt0171 in ("", "C1", "C2", "C3")
                assert entity.hipaa in ("", "PHI", *"ABCDEFGHIJKLMNOPQR")
                assert entity.gdpr in ("ordinary", "art. 9", "art. 10", "none")
                assert entity.corpus in CORPUS or name in ("CONTACT", UNEXAMINED)
                assert name not in entities.ancestors(name)


def test_an_alias_means_one_entity_and_is_no_entity_itself() -> None:
    aliases = [alias for entity in entities.tree().values() for alias in entity.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & set(entities.tree())


def test_children_inherit_what_they_leave_out_except_aliases() -> None:
    mobile, phone = entities.get("CN_MOBILE"), entities.get("PHONE_NUMBER")
    assert (mobile.hipaa, mobile.jrt0171, mobile.presidio, mobile.corpus) == ("D", "C2", "PHONE_NUMBER", "PHONE_NUMBER")
    assert not set(mobile.aliases) & set(phone.aliases)


@pytest.mark.parametrize(
    ("name", "identifier", "gbt35273", "gbt45574", "jrt0171", "gdpr"),
    [
        ("PERSON", "direct", False, False, "C2", "ordinary"),
        ("CN_ID_CARD", "direct", True, False, "C2", "ordinary"),
        ("CN_BANK_CARD", "direct", True, True, "C2", "ordinary"),
        ("PASSWORD", "direct", True, True, "C3", "ordinary"),
        ("CN_ADDRESS", "direct", False, False, "C2", "ordinary"),
        ("CN_ETHNICITY", "sensitive", False, False, "", "art. 9"),
        ("RELIGION", "sensitive", True, True, "", "art. 9"),
        ("MEDICAL_CONDITION", "sensitive", True, True, "", "art. 9"),
        ("CRIMINAL_RECORD", "sensitive", True, True, "", "art. 10"),
        ("CN_MARITAL_STATUS", "quasi", True, False, "C2", "ordinary"),
        ("GEO_COORDINATE", "direct", True, True, "C2", "ordinary"),
        ("CN_SERVICE_PHONE", "none", False, False, "", "none"),
    ],
)
def test_classes_are_those_of_rule_book_b2(
    name: str, identifier: str, gbt35273: bool, gbt45574: bool, jrt0171: str, gdpr: str
) -> None:
    one = entities.get(name)
    assert (one.identifier, one.gbt35273, one.gbt45574, one.jrt0171, one.gdpr) == (identifier, gbt35273, gbt45574, jrt0171, gdpr)


def test_sensitive_under_either_standard_ranks_above_any_class() -> None:
    order = ["CN_SERVICE_PHONE", "AGE", "CN_MOBILE", "CN_MARITAL_STATUS", "PASSWORD"]
    assert sorted(order, key=entities.sensitivity) == order


def test_what_could_not_be_examined_is_exceeded_by_nothing() -> None:
    assert not [name for name in entities.tree() if entities.exceeds(name, UNEXAMINED)]


def test_exceeds_compares_each_respect() -> None:
    assert entities.exceeds("PASSWORD", "CN_BANK_CARD")  # the same sensitivity, a higher class
    assert entities.exceeds("CN_DISABILITY_CERT", "IDENTITY_DOCUMENT")  # the same class, a special category
    assert entities.exceeds("DATE_OF_BIRTH", "DATE_TIME")  # identifies
    assert not entities.exceeds("CN_SERVICE_PHONE", "PHONE_NUMBER")


def test_names_are_found_in_any_case_and_by_alias() -> None:
    assert entities.get(" cn_mobile ").name == "CN_MOBILE"
    assert entities.is_a("IPV4", "IP_ADDRESS")
    assert not entities.is_a("NOBODY_KNOWS", "PERSON")


def test_unknown_names_say_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"No entity 'EMAIL_ADRESS'\. Did you mean 'EMAIL_ADDRESS'"):
        entities.get("EMAIL_ADRESS")
    with pytest.raises(UnknownNameError):
        entities.descendants("NOBODY_KNOWS")


def test_the_tree_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        entities.tree()["PERSON"] = entities.get("AGE")  # type: ignore[index]  # that it is read-only is what is tested
    assert pickle.loads(pickle.dumps(entities.get("AGE"))) == entities.get("AGE")
