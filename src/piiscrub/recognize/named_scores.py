"""What the evidence for a name, a place or an organisation is worth; every number of these rules stands here.

Above 0.85 about nineteen in twenty are right, between 0.6 and 0.85 about four in five; below 0.5 nothing is reported.
"""

from __future__ import annotations

REPORT = 0.45
"""What weighs less is not reported at all."""

REPORT_ALONE = 0.48
"""The same for a name that no tagger can confirm."""

# --- persons: what stands before, plus what follows, plus the name itself
LABEL = 0.80  # 姓名：, 收件人:
LABEL_BARE = 0.60  # 收件人 with nothing between
ROLE = 0.40  # 患者, 客户
VERB = 0.32  # 联系, 转账给
EDGE = 0.20  # start of the text, a line, punctuation
NO_LEFT = 0.05
DIGITS_AFTER = 0.45  # a phone or identity number right behind
TITLE_AFTER = 0.50  # 先生, 经理
DATA_AFTER = 0.40  # 的身份证, 手机号
SAYS_AFTER = 0.15  # 说, 住在
EDGE_AFTER = 0.10
NOTHING_AFTER = -0.22
WHOLE_FIELD = 0.66  # at least, for an ordinary word that fills a field of names
TYPICAL = 0.12  # every character of the given name is a usual one
PARTLY = 0.03
UNUSUAL = -0.12
COMMON_SURNAME = 0.05
RARE_SURNAME = 0.0
ORDINARY_WORD = -0.55
ORDINARY_START = -0.18  # 高兴 in 高兴地
CUTS_A_WORD = -0.20  # the last character begins a word with the next one
BEGINS_IN_A_WORD = -0.30  # 由于, 对于
GIVEN_IS_A_WORD = -0.25
DOUBTFUL_GIVEN = -0.22  # unusual characters, and no label either
PLACE_AFTER = -0.45  # 路, 区, 公司: the name of a place or a company goes on
AMONG_LATIN = 0.30  # Han characters alone among Latin words
HIGHEST = 0.97

# What a tagger is worth, times its own score: measured on held-back text, in the order of how much the name looks like one.
TAGGED_TYPICAL = 0.95  # a surname and usual characters
TAGGED_POSSIBLE = 0.88  # a surname and others
TAGGED_FOREIGN = 0.92  # characters that write foreign names by sound
TAGGED_LATIN = 0.96  # Latin letters
TAGGED_OTHER = 0.55
TAGGED_GIVEN = 0.70  # two usual characters of given names, no surname: 静怡
TAGGED_ORDINARY = 0.40  # an ordinary word
TAGGED_AGREED = 0.93  # a rule says the same
TAGGED_DOUBTFUL = 0.80  # a surname, and a character that is hardly ever part of a name
TAGGED_OTHER_SURE = 0.85  # three and more characters that fit no pattern, where the tagger is sure
SURE_OTHER = 0.8  # from here it is
TAGGED_EDGE = 0.6  # from here a span of the tagger says where a name ends, whatever a rule says
REPORT_HAN = 0.5  # below, a name that only the tagger saw is as often wrong as right
KIN = 0.70  # a given name behind 我妹妹, of which the tagger saw nothing
KIN_SEEN = 0.88  # the same, and it saw something
HINTED = 0.60  # the tagger thought of a name, and marks or words of grammar stand on both sides of it
HINT_TOLD = 0.12  # a tagger this little sure of any word counts where it is told on both sides that it is somebody
HINT_WORD = 0.4  # the same for what begins with an ordinary word
SPACED = 0.88  # 王 小 明, and the tagger saw some of it
SPACED_ALONE = 0.66
LIST_FROM = 0.75  # a name from here on speaks for its neighbours in a list
LISTED = 0.72
UNSEEN = 0.62  # a rule below this counts only if the tagger saw a name there too, or there is no tagger
REPEATED = 0.88
SURE = 0.90  # from here on a name is looked for in the rest of the document
REFERENCE = 0.75  # 张经理
REFERENCE_OLD = 0.55  # 老张
REFERENCE_KNOWN = 0.90  # 王先生 after 王建国

# --- English and romanised names
NAMES_KNOWN = 0.9  # a given name and a surname that lists hold: at least this
HASHTAG = 0.75  # #JaneSmith, both parts in lists: two of three such tags are about a person
NAMES_UNKNOWN = 0.75  # one word that no list of names holds, in a post or an ordinary word: times this
NAMES_STRANGE = 0.9  # the same, no ordinary word and in no post
SURE_STRANGE = 0.6  # several words that no list of names holds count in full from here, in a post of a social network never
SMALL_LETTERS = 0.75  # one word in small letters counts from here where the text has capitals
FIRM_OF_NAMES = 0.9  # Doe, Roe and Poe
REPORT_LATIN = 0.48  # below, a name in Latin letters that only the tagger saw is as often wrong as right
HINT_NAMED = 0.6  # what a tagger was unsure of is named from this on, all signs weighed
HINT_KIND = 0.5  # and of this kind
TAGGER_TRUSTED = 0.7  # what its shares of the kinds are worth beside the other signs
FIRM_ALONE = 2.0  # a firm's name that is no word, place or name of a person
OTHER_KIND = 0.6  # from here on all signs together may say something else than the tagger
TITLE_EN = 0.93  # Mr, Dr
LABEL_EN = 0.92  # Name:
GREETING = 0.88  # Dear, Regards
ROMANISED = 0.75  # both parts are syllables, the surname is a usual one
ROMANISED_RARE = 0.50

# --- addresses
ADDRESS_LABEL = 0.95
ADDRESS_FULL = 0.92  # division and road and number
ADDRESS_ROAD = 0.80  # road and number alone
ADDRESS_LOOSE = 0.55
TAGGED_WHOLE = 0.5  # an address of the tagger that no rule sees counts from here
TAGGED_END = 0.5  # from here it may begin or end an address of a rule
TAGGED_ADDRESS = 0.9
PLACE_FULL = 0.85  # 海淀区
PLACE_SHORT = 0.80  # 杭州
PLACE_TAGGED = 0.85
PLACE_ANNOUNCED = 0.62  # flew to, based in
PLACE_REPORT = 0.38  # places are cut so differently by those who mark them that a score says less than for names
ADDRESS_EN = 0.90  # number, name, street type
ADDRESS_EN_LOOSE = 0.65

# --- organisations
COMPANY = 0.92  # 有限公司, GmbH
COMPANY_UNSEEN = 0.60  # the same, where a tagger ran and saw none
INSTITUTION = 0.75  # 医院, 派出所
TRADE = 0.62  # 测宏物流的司机
ORGANIZATION_TAGGED = 0.85
ORGANIZATION_AGREED = 0.93
