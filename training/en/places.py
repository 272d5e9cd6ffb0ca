"""Invented addresses and organisations, and well-known places, for the generated text (all from general knowledge)."""

from __future__ import annotations

import random

from names import family, given

CITIES = (
    "London,Paris,Berlin,Madrid,Rome,Vienna,Zurich,Geneva,Dublin,Edinburgh,Manchester,Leeds,Bristol,Glasgow,Cardiff,"
    "Belfast,New York,Boston,"
    "Chicago,Seattle,Portland,Denver,Austin,Houston,Dallas,Phoenix,San Francisco,Los Angeles,San Diego,Miami,Atlanta,"
    "Philadelphia,Baltimore,"
    "Detroit,Cleveland,Minneapolis,St. Louis,Kansas City,Salt Lake City,Las Vegas,New Orleans,Nashville,Toronto,"
    "Montreal,Vancouver,Calgary,"
    "Ottawa,Halifax,Sydney,Melbourne,Brisbane,Perth,Adelaide,Auckland,Wellington,Tokyo,Osaka,Kyoto,Seoul,Busan,Beijing,"
    "Shanghai,Shenzhen,"
    "Guangzhou,Hangzhou,Chengdu,Nanjing,Wuhan,Xi'an,Suzhou,Tianjin,Hong Kong,Macau,Taipei,Singapore,Kuala Lumpur,"
    "Jakarta,Bangkok,Hanoi,"
    "Manila,Mumbai,Delhi,Bangalore,Chennai,Kolkata,Karachi,Lahore,Dhaka,Dubai,Abu Dhabi,Riyadh,Doha,Istanbul,Ankara,"
    "Cairo,Lagos,Nairobi,"
    "Accra,Johannesburg,Cape Town,Moscow,Kyiv,Warsaw,Prague,Budapest,Bucharest,Sofia,Athens,Lisbon,Porto,Barcelona,"
    "Valencia,Milan,Turin,"
    "Naples,Munich,Hamburg,Cologne,Frankfurt,Stuttgart,Amsterdam,Rotterdam,Brussels,Antwerp,Copenhagen,Aarhus,Stockholm,"
    "Gothenburg,Oslo,"
    "Bergen,Helsinki,Tampere,Tallinn,Riga,Vilnius,Reykjavik,Sao Paulo,Rio de Janeiro,Buenos Aires,Santiago,Lima,Bogota,"
    "Mexico City,"
    "Springfield,Fairview,Riverside,Greenville,Oxford,Cambridge,Brighton,Durham,Lancaster,Newcastle,Hamilton,Bergamo,"
    "Odense,Graz,Linz"
).split(",")
COUNTRIES = (
    "China,Germany,France,the United Kingdom,the United States,Canada,Australia,India,Japan,South Korea,Brazil,Mexico,"
    "Spain,Italy,Portugal,"
    "Poland,Austria,Switzerland,the Netherlands,Belgium,Denmark,Sweden,Norway,Finland,Ireland,Turkey,Egypt,Nigeria,"
    "Kenya,South Africa,"
    "Argentina,Chile,Peru,Vietnam,Thailand,Indonesia,Malaysia,the Philippines,Singapore,New Zealand,USA,UK,Slovenia,"
    "Hungary,Romania"
).split(",")
REGIONS = (
    "California,Texas,Florida,New York,Ohio,Michigan,Georgia,Ontario,Quebec,British Columbia,Victoria,Queensland,New "
    "South Wales,Bavaria,"
    "Saxony,Catalonia,Tuscany,Scotland,Wales,Cornwall,Yorkshire,Kent,Guangdong,Zhejiang,Jiangsu,Sichuan,Normandy,Upper Austria"
).split(",")
STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC TX"
).split()
STREETS = (
    "Street St Road Rd Avenue Ave Lane Drive Dr Court Ct Place Way Boulevard Blvd Terrace Close Crescent Square Parkway Hill Loop"
).split()
STREET_NAMES = (
    "Main High Church Park Oak Maple Cedar Pine Elm Washington Lincoln Station Victoria Queen King Mill Lake River Spring Sunset"
).split()
ABROAD = (
    "{f}straße {n}|{f}strasse {n}|{f}gasse {n}|{f}weg {n}|{f}platz {n}|Via {f} {n}|Rue {f} {n}|{n} rue de {f}|Calle {f} "
    "{n}|Avenida {f} {n}|"
    "Rua {f} {n}|ul. {f} {n}|{f}gatan {n}|{f}vej {n}|{f}katu {n}|{f}gata {n}|{f}laan {n}|{f}straat {n}|{f}utca {n}|"
    "{f}ova {n}|Plaza {f} {n}|"
    "{f} tie {n}|Strada {f} {n}|{n} avenue {f}|No. {n} {f} Road|{n} {f} Lu"
).split("|")
FIRMS = (
    "Solutions|Systems|Partners|Logistics|Industries|Holdings|Technologies|Foods|Media|Consulting|Energy|Trading|"
    "Software|Labs|Group|Motors|"
    "Insurance|Capital|Pharma|Textiles|Networks|Analytics|Construction|Services|Electronics|Airlines|Bank|Press|Records"
).split("|")
LEGAL = "Inc.|Inc|LLC|Ltd|Ltd.|GmbH|AG|S.A.|PLC|Corp.|Corporation|Co., Ltd.|Limited|LLP|Pty Ltd|B.V.|SARL|AB|& Co|Company".split(
    "|"
)
STEMS = (
    "Acme|Blue Harbor|Northwind|Summit|Pioneer|Redwood|Silverline|Evergreen|Vertex|Orion|Nova|Atlas|Zenith|Quantum|"
    "Meridian|Cobalt|Ironbridge|"
    "Lakeside|Brightpath|Clearwater|Stonegate|Greenfield|Global|United|National|Pacific|Delta|Apex|Lumen|Horizon|"
    "Kestrel|Falcon|Tri-State"
).split("|")
KNOWN = (
    "Google|Microsoft|Apple|Amazon|Facebook|IBM|Oracle|Siemens|Toyota|Samsung|Sony|Nestle|Walmart|FedEx|UPS|DHL|HSBC|"
    "Barclays|Citibank|Visa|"
    "Intel|Cisco|Alibaba|Tencent|Huawei|BBC|CNN|Reuters|NASA|the FBI|UNICEF|WHO|the European Commission|the Ministry of "
    "Justice|the Home Office|"
    "the Supreme Court|Congress|the World Bank|Deloitte|KPMG|Accenture|Airbus|Boeing|Bosch|Unilever|Pfizer|Netflix|"
    "LinkedIn|Slack|GitHub"
).split("|")
KINDS = (
    "University of {c}|{c} University|{c} General Hospital|St. {g}'s Hospital|{f} & {f}|{f}, {f} and {f}|{f} and Sons|"
    "{f}-{f}|{f} {k}|{f} {k} {l}|"
    "{f} {l}|{s} {k}|{s} {k} {l}|{s} {l}|{s}|{c} City Council|{c} Police Department|Bank of {c}|{c} Chamber of Commerce|"
    "{f} Foundation|"
    "{c} High School|{f} Law Firm|{c} District Court|First {c} {k}|{f} Brothers {l}"
).split("|")


_HEADS = (
    "Data Flight Trans Info Cloud Green Web Net Med Bio Open Smart Pay Red Safe Geo Edu Farm Home Auto Sky Legal "
    "Cred Lumi Zen Tele Opti"
).split()
_TAILS = (
    "ly myne stats gov vera base hub works nova zon ify scope mart point link ware lytics max tech sense quest ora "
    "ium eon path wise lab"
).split()


def brand(rng: random.Random) -> str:
    """An invented name of a company that looks like a word."""
    name = rng.choice(_HEADS) + rng.choice(_TAILS)
    return name[:-1] + name[-1].upper() if rng.random() < 0.03 else name


def number(rng: random.Random) -> str:
    """A house or flat number."""
    return str(rng.randint(1, rng.choice((30, 300, 9999)))) + (rng.choice("abAB") if rng.random() < 0.06 else "")


def street(rng: random.Random) -> str:
    """A line of house number and street, in the order of one country."""
    name = rng.choice(STREET_NAMES) if rng.random() < 0.4 else rng.choice((family, given, family))(rng)
    how = rng.random()
    if how < 0.3:
        return rng.choice(ABROAD).format(f=name, n=number(rng))
    way = rng.choice(STREETS)
    if how < 0.4:
        return (
            f"{rng.choice(('N', 'S', 'E', 'West', 'North', 'SW'))} {name} {way}"
            if how < 0.32
            else f"{number(rng)} {rng.choice('NSEW')}. {name} {way}"
        )
    if how < 0.46:
        return f"{number(rng)} {rng.randint(1, 99)}th {way}"
    if how < 0.49:
        return rng.choice(("PO Box ", "P.O. Box ", "Postbox ", "Postfach ", "GPO Box ")) + number(rng)
    return f"{number(rng)} {name} {way}"


def unit(rng: random.Random) -> str:
    """A flat, suite or floor."""
    return f"{rng.choice(('Apt', 'Apt.', 'Suite', 'Unit', 'Flat', 'Floor', 'Room', 'Ste'))} {number(rng)}"


def postcode(rng: random.Random) -> str:
    """A postal code in the shape of one of several countries."""
    letter = rng.choice("BCDEGHLMNSTW")
    pick = rng.random()
    if pick < 0.55:
        return f"{rng.randint(1000, 99999):05d}"
    if pick < 0.7:
        area = rng.choice(("SW", "N", "EC", "M", "LS", "B"))
        return f"{area}{rng.randint(1, 20)} {rng.randint(1, 9)}{letter}{rng.choice('ABDEFGHJ')}"
    if pick < 0.8:
        return f"{letter}{rng.randint(1, 9)}{letter} {rng.randint(1, 9)}{letter}{rng.randint(1, 9)}"
    return str(rng.randint(1000, 9999))


def address(rng: random.Random) -> str:
    """A whole postal address in one of many layouts."""
    comma = rng.choice((", ", ", ", "\n", " ", "\n "))
    parts = [street(rng)]
    if rng.random() < 0.3:
        parts.insert(rng.choice((0, 1, 1)), unit(rng))
    if rng.random() < 0.75:
        city = rng.choice(CITIES)
        how = rng.random()
        if how < 0.4:
            city += f"{rng.choice((', ', ', ', ' '))}{rng.choice(STATES)} {rng.randint(1000, 99999):05d}"
        elif how < 0.6:
            city += f" {postcode(rng)}"
        elif how < 0.7:
            city = f"{postcode(rng)} {city}"
        parts.append(city.upper() if rng.random() < 0.1 else city)
        if rng.random() < 0.3:
            parts.append(rng.choice(COUNTRIES).removeprefix("the "))
    return comma.join(parts)


def place(rng: random.Random) -> str:
    """A city, country or region."""
    how = rng.random()
    if how < 0.6:
        return rng.choice(CITIES)
    if how < 0.85:
        return rng.choice(COUNTRIES).removeprefix("the ")
    return rng.choice(REGIONS)


def organisation(rng: random.Random) -> str:
    """A company, office, school or hospital, mostly invented."""
    how = rng.random()
    if how < 0.2:
        return rng.choice(KNOWN).removeprefix("the ")
    if how < 0.35:
        name = brand(rng)
        return name if how < 0.3 else f"{name} {rng.choice((*FIRMS, *LEGAL))}"
    shape = rng.choice(KINDS)
    while "{f}" in shape:
        shape = shape.replace("{f}", family(rng), 1)
    return shape.format(c=rng.choice(CITIES), g=given(rng), k=rng.choice(FIRMS), l=rng.choice(LEGAL), s=rng.choice(STEMS))
