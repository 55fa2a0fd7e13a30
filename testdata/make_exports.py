#!/usr/bin/env python3
"""Write the example lead exports under testdata/.

    python3 testdata/make_exports.py            write the files
    python3 testdata/make_exports.py --check    compare them with what is there, exit 1 on a difference

Every file imitates one kind of export down to its bytes: encoding, byte order mark, delimiter,
line ends, quoting, preamble, footers.  All people, companies and addresses are invented.  Phone
numbers are valid under their country's plan, from the ranges set apart for fiction where there are
such (UK 020 7946 0xxx, US 555-01xx, Sweden 070-17406xx, Germany 0171 39200xx and 030 23125xxx, France
01 99 00 xx xx) and made up elsewhere; numbers meant to be wrong (`123`, `keine`, `+44 1234`) stand in the rows.

The cast is COMPANIES and PEOPLE; after it comes one table of rows a file.  A row names a person
by key and says only what differs from the cast: the spelling, address or number typed that time.
No randomness: a second run writes the same bytes.  Written besides:

    EXPORTS.md            what each file is, what to expect of it, who is in which file
    exports.expected.tsv  records of the lead table, per file of exports/
"""

import datetime
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))

# ---------------------------------------------------------------- the cast

# key | name | domain | country | city | employees | industry | street | postal code | switchboard
COMPANIES = """
our|Lavakko Oy|lavakko.fi|Finland|Helsinki|45|Software|Lavakuja 3|00520|+35895550100
vuo|Vuoksenrauta Oy|vuoksenrauta.fi|Finland|Imatra|240|Steel fabrication|Takomontie 12|55100|+35895550201
kaa|Kaarnatukku Oy|kaarnatukku.fi|Finland|Tampere|180|Wholesale|Kaarnakatu 8|33100|+35895550202
ter|Teräslinko Oy|teraslinko.fi|Finland|Lahti|95|Machinery|Linkotie 1|15100|+35895550203
poh|Pohjanlava Logistiikka Oy|pohjanlava.fi|Finland|Oulu|420|Logistics|Satamakaari 40|90100|+35895550204
sav|Savonsarka Oy|savonsarka.fi|Finland|Kuopio|60|Textiles|Kutojankuja 5|70100|+35895550205
mer|Merikoura Oyj|merikoura.fi|Finland|Turku|1200|Ports and terminals|Nosturinkatu 2|20100|+35895550206
ruk|Rukkilan Pakkaus Oy|rukkilanpakkaus.fi|Finland|Vantaa|75|Packaging|Laatikkotie 9|01510|+35895550207
hyl|Hyllyvahti Oy|hyllyvahti.fi|Finland|Espoo|40|Software|Hyllytie 1|02150|+35895550208
amk|Jyrkkälän ammattikorkeakoulu|jyrkkala-amk.fi|Finland|Jyväskylä|600|Education|Opinkatu 1|40100|
suo|Suosaari Konsultointi Tmi|suosaarikonsultointi.fi|Finland|Porvoo|1|Consulting|||
bru|Brunnsvalla Livs AB|brunnsvalla.se|Sweden|Örebro|310|Food|Kvarngatan 14|702 11|+46846500401
nor|Norrskär Lagersystem AB|norrskarlager.se|Sweden|Sundsvall|150|Materials handling|Hamnvägen 3|852 29|+46846500402
kvi|Kvistforsa Trä AB|kvistforsa.se|Sweden|Umeå|85|Wood products|Sågvägen 21|903 20|+46846500403
gra|Gråbolund Transport AB|grabolund.se|Sweden|Göteborg|520|Transport|Packhuskajen 7|411 13|+46313900604
fjo|Fjordvikt AS|fjordvikt.no|Norway|Bergen|130|Seafood|Kaigaten 11|5003|+4755550101
hav|Havbryn Sjømat AS|havbryn.no|Norway|Ålesund|210|Seafood|Sjøgata 2|6002|+4770550102
ege|Egeskovlund A/S|egeskovlund.dk|Denmark|Odense|175|Furniture|Egevej 5|5000|+4565550101
wei|Weidtal Fördertechnik GmbH & Co. KG|weidtal-foerdertechnik.de|Germany|Kassel|650|Conveyors|Weidtalstraße 5|34117|+493023125101
bra|Brandlhuber Lagerhaus GmbH|brandlhuber-lagerhaus.de|Germany|Regensburg|90|Warehousing|Hafenstr. 18|93047|+493023125102
kue|Kühnert-Oswald Pharma AG|kuehnert-oswald.de|Germany|Frankfurt am Main|1800|Pharmaceuticals|Mainuferstr. 100|60311|+496990009103
spe|Spessenglas GmbH|spessenglas.de|Germany|Würzburg|260|Glass|Hüttenweg 4|97070|+493023125104
sta|Stapelkraft Software GmbH|stapelkraft-software.de|Germany|Hamburg|70|Software|Speichergasse 6|20457|+493023125105
har|Harrowgate & Finch Ltd|harrowgatefinch.co.uk|United Kingdom|Leeds|140|Wholesale|14 Mill Row|LS1 4AP|+442079460101
pen|Pennymoor Foods Ltd|pennymoorfoods.co.uk|United Kingdom|Bristol|380|Food|Unit 6, Quay Park|BS1 6EA|+442079460102
ald|Alderwick Logistics plc|alderwick-logistics.co.uk|United Kingdom|London|2100|Logistics|1 Wharf Parade|E14 9TP|+442079460103
cal|Calder Point Fulfillment, Inc.|calderpointfulfillment.com|United States|New York|700|Fulfillment|500 Pier Ave|10014|+12125550150
mes|Mesa Larkin Supply LLC|mesalarkin.com|United States|Phoenix|55|Wholesale|77 Depot Rd|85004|+16025550151
blu|Bluestem Harbor Foods|bluestemharbor.com|United States|Seattle|950|Food|9 Harbor Way|98101|+12065550152
zan|Zandhoeve Opslag B.V.|zandhoeve-opslag.nl|Netherlands|Utrecht|110|Warehousing|Loodskade 30|3511 AB|+31205550153
bou|Boisvallon Distribution SAS|boisvallon-distribution.fr|France|Lyon|330|Distribution|12 quai des Halles|69002|+33199000154
wis|Wiślanka Magazyny Sp. z o.o.|wislanka-magazyny.pl|Poland|Poznań|220|Warehousing|ul. Magazynowa 7|60-001|+48225550155
saa|Saarelaev OÜ|saarelaev.ee|Estonia|Tallinn|65|Shipping|Sadama 11|10111|+3726555156
"""

# key | first | middle | last | company | title | phone (E.164) | e-mail
# company may be empty (private person); e-mail empty = first.last@domain, "-" = none, no "@" = local part.
PEOPLE = """
kankaansuo|Paula|Maria|Kankaansuo|vuo|toimitusjohtaja|+358405550101|
ketunmaki|Jarkko||Ketunmäki|vuo|logistiikkapäällikkö|+358405550102|
saarenpelto|Aino-Kaisa||Saarenpelto|kaa|hankintajohtaja|+358405550103|
myllyojala|Juha-Pekka||Myllyojala|kaa|varastopäällikkö|+358405550104|jp.myllyojala
kivilinnala|Timo|Antero|Kivilinnala|ter|toimitusjohtaja|+358505550105|
rautakoura|Piia||Rautakoura|ter|tuotantopäällikkö|+358505550106|
ahokangas|Seppo||Ahokangas-Lehto|poh|logistiikkajohtaja|+358405550107|
korpivuo|Elli||Korpivuo|poh|kehityspäällikkö|+358405550108|
laukkavirta|Heikki|Olavi|Laukkavirta|sav|omistaja|+358505550109|
pirttisaari|Minna||Pirttisaari|sav|myyntipäällikkö|+358505550110|
merivaltanen|Otto||Merivaltanen|mer|hankintapäällikkö|+358405550111|
ulappala|Katariina||Ulappala|mer|Chief Operating Officer|+358405550112|
haukkasalo|Tuomas||Haukkasalo|mer|IT-päällikkö|+358405550113|
rukkilainen|Marjo||Rukkilainen|ruk|toimitusjohtaja|+358405550114|
kalliosola|Ville||Kalliosola|ruk|varastotyöntekijä|+358405550115|
hyllykoskela|Sami||Hyllykoskela|hyl|tuotepäällikkö|+358505550116|
vartialampi|Noora||Vartialampi|hyl|myyntijohtaja|+358505550117|
kotirinne|Ville-Matti||Kotirinne|amk|opiskelija|+358505550118|
tuomikoura_r|Riitta||Tuomikoura|||+358405550119|riitta.tuomikoura.lv@gmail.com
tuomikoura_k|Kalle||Tuomikoura|||+358405550119|kalle.tuomikoura.lv@gmail.com
leppakentta|Sirpa||Leppäkenttälä|poh|talousjohtaja|+358405550120|
niittykangas|Eero|Juhani|Niittykangas-Heino|ter|hallituksen puheenjohtaja|+358505550121|
purontaus|Hanna||Purontaus|ruk|ostaja|+358505550122|
jokiharjula|Mikael||Jokiharjula|mer|projektipäällikkö|+358505550123|
vesikansala|Reetta||Vesikansala|sav|markkinointipäällikkö|+358505550124|
kaivonpera|Lauri||Kaivonperä|poh|terminaalipäällikkö|+358505550125|
suosaari|Inka||Suosaari|suo|konsultti|+358505550126|
salmivuorela|Antti||Salmivuorela|kaa|kuljettaja|+358405550127|antti.salmivuorela.ktu@hotmail.com
torvikoski|Anu||Torvikoski|kaa|ostopäällikkö|+358405550128|
harjamaki|Pentti||Harjamäkelä|vuo|tuotantojohtaja|+358405550129|
lumivaaranen|Saara||Lumivaaranen|ruk|laatupäällikkö|+358505550130|
asbrinkell|Magnus||Åsbrinkell|bru|VD|+46701740605|
ekstrandh|Annika||Ekstrandh-Moe|bru|inköpschef|+46701740606|
tornqvister|Björn|Erik|Törnqvister|nor|logistikchef|+46701740607|
halvardell|Lena||Halvardell|nor|ekonomichef|+46701740608|
sjobergius|Karl-Johan||Sjöbergius|kvi|lagerchef|+46701740609|
kvistfors|Maja||Kvistfors|kvi|VD|+46701740610|
grabolind|Fredrik||Gråbolind|gra|inköpsansvarig|+46701740611|
vikstromer|Åsa||Vikströmer|gra|COO|+46701740612|
dalmarken|Ingrid||Dalmarken|gra|projektledare|+46701740613|
ortengrund|Oskar||Örtengrund|nor|IT-chef|+46701740614|
ravnsholt|Elin||Ravnsholt-Berg|bru|marknadschef|+46701740615|
fjordvik|Kari|Anne|Fjordviken|fjo|daglig leder|+4741550101|kari.fjordviken
hauglandsen|Øyvind||Hauglandsen|fjo|innkjøpssjef|+4741550102|oyvind.hauglandsen
brynhavn|Solveig||Brynhavn|hav|logistikksjef|+4741550103|
strandmoen|Håkon||Strandmoen-Lie|hav|driftsleder|+4741550104|hakon.strandmoen
egelunden|Mette||Egelunden|ege|direktør|+4520550101|
kragholmsen|Søren||Kragholmsen|ege|lagerchef|+4520550102|soren.kragholmsen
wallraffen|Heike||Wallraffen|wei|Geschäftsführerin|+491713920001|h.wallraffen
oberlindner|Jürgen||Oberlindner|wei|Einkaufsleiter|+491713920002|j.oberlindner
brandlhuber|Xaver||Brandlhuber|bra|Inhaber|+491713920003|xaver
strohmaierl|Katrin||Strohmaierl|bra|Disponentin|+491713920004|k.strohmaierl
kuehnertz|Friederike||Kühnertz|kue|Leiterin Logistik|+491713920005|friederike.kuehnertz
vonderahlen|Maximilian||von der Ahlen|kue|CIO|+491713920006|m.vonderahlen
glaswinkler|Stefan||Glaswinkler|spe|Werkleiter|+491713920007|
steinruckert|Jörg||Steinrückert|spe|Leiter Instandhaltung|+491713920008|joerg.steinrueckert
stapelmann|Uwe||Stapelmann|sta|Vertriebsleiter|+491713920009|
rehbeinig|Anke||Rehbeinig|wei|Projektleiterin|+491713920010|a.rehbeinig
finchley|William||Finchley-Shaw|har|Managing Director|+442079460201|william.finchley-shaw
harrowmere|Priyanka||Harrowmere|har|Head of Operations|+442079460202|
moorcroftt|Katherine||Moorcroftt|pen|Supply Chain Director|+442079460203|
pennyweather|Oliver||Pennyweather|pen|Warehouse Manager|+442079460204|
alderwickson|James|Edward|Alderwickson|ald|Chief Operating Officer|+442079460205|
thistledowne|Fiona||Thistledowne|ald|Procurement Lead|+442079460206|
vanderhollow|Robert||Vanderhollow|cal|VP Operations|+12125550101|rvanderhollow
okonwright|Denise||Okonwright|cal|Director of Fulfillment|+12125550102|dokonwright
larkinsson|Michael||Larkinsson|mes|Owner|+16025550103|mike
mesaverdez|Guadalupe||Mesaverdez|mes|Office Manager|+16025550104|
harboroughs|Susan||Harboroughs|blu|Chief Supply Chain Officer|+12065550105|
bluestoner|Tyler||Bluestoner|blu|Buyer|+12065550106|
zandhoeven|Pieter||van der Zandhoeven|zan|Directeur|+31655501001|p.vanderzandhoeven
kloosterhoff|Sanne||Kloosterhoff|zan|Manager Operations|+31655501002|
vallonbois|Camille||Vallonbois|bou|Directrice logistique|+33199000201|
lemoinard|Étienne||Lemoinard|bou|Acheteur|+33199000202|etienne.lemoinard
wislankowska|Katarzyna||Wiślankowska|wis|VP, Sales|+48601555010|k.wislankowska
magazynowski|Paweł||Magazynowski|wis|Kierownik magazynu|+48601555011|pawel.magazynowski
saarelaidla|Mart||Saarelaidla|saa|tegevjuht|+37255550101|
laevametsal|Liis||Laevametsal|saa|ostujuht|+37255550102|
quillfeather|Rosalind||Quillfeather|har|Marketing Manager|+442079460207|
brackenhurstt|Nigel||Brackenhurstt|ald|Retired|+442079460208|nigel.brackenhurstt.ldn@outlook.com
dunmarrow|Aoife||Dunmarrow|pen|Buyer|+442079460209|
weatherbyrne|Colin||Weatherbyrne|ald|Head of IT|+442079460210|
foxgrovely|Tamsin||Foxgrovely|har|Intern|+442079460211|
ironsideley|Gareth||Ironsideley|ald|Fleet Director|+442079460212|
plumworthy|Edith||Plumworthy|pen|Finance Director|+442079460213|
sandovarez|Lucia||Sandovarez|blu|Operations Analyst|+12065550107|
whitlockerby|Dale||Whitlockerby|cal|Chief Executive Officer|+12125550103|
penhallowe|Grace||Penhallowe|cal|Warehouse Supervisor|+12125550104|
marchbankson|Curtis||Marchbankson|mes|Sales Representative|+16025550105|
ellerbrookes|Joan||Ellerbrookes|blu|Director, Procurement|+12065550108|
tidewellman|Marcus||Tidewellman|blu|VP Supply Chain|+12065550109|
castellowen|Renee||Castellowen|cal|IT Director|+12125550105|
hochwaldner|Birgit||Hochwaldner|kue|Head of Procurement|+491713920011|birgit.hochwaldner
mittermoser|Ludwig||Mittermoser|bra|Lagerleiter|+491713920012|l.mittermoser
krautwaldt|Sabine||Krautwaldt|spe|Einkäuferin|+491713920013|
feldkirchler|Armin||Feldkirchler|kue|Vorstand|+491713920014|
lindgrubert|Tanja||Lindgrubert|wei|Leiterin IT|+491713920015|t.lindgrubert
schneeberget|Ralf||Schneeberget|spe|Geschäftsführer|+491713920016|
bachmairle|Nadine||Bachmairle|bra|Assistentin|+491713920017|n.bachmairle
zornbergh|Detlef||Zornbergh|sta|Entwickler|+491713920018|
vestergardh|Lars||Vestergårdh|gra|terminalchef|+46701740616|
lofgrensson|Sara||Löfgrensson|kvi|inköpare|+46701740617|sara.lofgrensson
nordmarkell|Per||Nordmarkell|nor|säljare|+46701740618|
ahlbergius|Eva||Ahlbergius|bru|logistikdirektör|+46701740619|
hasselgardt|Nils||Hasselgårdt|gra|VD|+46701740620|nils.hasselgardt
sundvikell|Malin||Sundvikell|kvi|ekonomiansvarig|+46701740621|
tangenes|Ragnhild||Tangeneset|hav|innkjøper|+4741550105|
ytrebyggen|Stian||Ytrebyggen|fjo|lagersjef|+4741550106|
kvamsdalen|Ingvild||Kvamsdalen|hav|administrerende direktør|+4741550107|
rosenlundh|Jens||Rosenlundh|ege|indkøbschef|+4520550103|
birkehojen|Anne|Marie|Birkehøjen|ege|økonomichef|+4520550104|anne.birkehojen
vanloosbroek|Bram||van Loosbroek|zan|Inkoper|+31655501003|b.vanloosbroek
duinwijker|Femke||Duinwijker|zan|HR Manager|+31655501004|
clairmontel|Hugo||Clairmontel|bou|Directeur général|+33199000203|
rivefontaine|Anaïs||Rivefontaine|bou|Responsable achats|+33199000204|anais.rivefontaine
kaminskowska|Zofia||Kamińskowska|wis|Dyrektor zarządzający|+48601555012|zofia.kaminskowska
rannametsik|Toomas||Rannametsik|saa|laojuhataja|+37255550103|
koivulehtola|Oskari||Koivulehtola|mer|toimitusjohtaja|+358405550131|
vaarakallas|Tiina||Vaarakallas|poh|hankinta-asiantuntija|+358405550132|
rantakaarre|Jukka||Rantakaarre|kaa|myyntijohtaja|+358405550133|
otavalahti|Emilia||Otavalahti|vuo|HR-päällikkö|+358405550134|
honkapirtti|Risto||Honkapirtti|sav|toimitusjohtaja|+358505550135|
sinivuorela|Janne||Sinivuorela|mer|varatoimitusjohtaja|+358505550136|
"""

OWNERS = ("otso.jylhaniemi@lavakko.fi", "freja.lindehall@lavakko.fi", "jonas.brandtner@lavakko.fi")


def fold(text):
    """ASCII of a name, as people fold it in addresses: ä -> a, ø -> o, ß -> ss."""
    text = text.translate(str.maketrans({"ø": "o", "Ø": "O", "ß": "ss", "ł": "l", "Ł": "L", "æ": "ae"}))
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class Thing(dict):
    __getattr__ = dict.__getitem__


def read_cast():
    companies, people = {"": Thing(name="", domain="", country="Finland", city="Lohja", employees="",
                                   industry="", street="", postal="", phone="")}, {}
    for line in COMPANIES.split("\n"):
        if line:
            f = line.split("|")
            companies[f[0]] = Thing(zip("name domain country city employees industry street postal phone".split(), f[1:]))
    for line in PEOPLE.split("\n"):
        if not line:
            continue
        key, first, middle, last, co, title, phone, email = line.split("|")
        c = companies[co]
        if email == "-":
            email = ""
        elif "@" not in email:
            email = (email or fold(first + "." + last).lower().replace(" ", "")) + "@" + c.domain
        assert key not in people, key
        people[key] = Thing(key=key, first=first, middle=middle, last=last, co=co, company=c.name, title=title,
                            phone=phone, email=email, country=c.country, city=c.city, domain=c.domain,
                            employees=c.employees, industry=c.industry, street=c.street, postal=c.postal,
                            hq=c.phone, full=first + " " + last)
    return companies, people


COMPANY, PERSON = read_cast()


def r(key, **changes):
    """A row: a person of the cast with what differs this time ('?x' = a person of one row only)."""
    if key.startswith("?"):
        row = Thing({k: "" for k in PERSON["kankaansuo"]})
        row.key = key
        row["key"] = key
        c = COMPANY[changes.get("co", "")]
        if changes.get("co"):
            row.update(company=c.name, domain=c.domain, employees=c.employees, industry=c.industry, hq=c.phone,
                       country=c.country, city=c.city, street=c.street, postal=c.postal)
    else:
        row = Thing(PERSON[key])
    row.update(changes)
    if "full" not in changes and ("first" in changes or "last" in changes):
        row["full"] = (row.first + " " + row.last).strip()
    return row


CODES = ("358", "372", "31", "33", "44", "45", "46", "47", "48", "49", "1")


def national(e164, trunk=True):
    """The number as people of that country write it."""
    n = e164[1:]
    cc = next(c for c in CODES if n.startswith(c))
    n = n[len(cc):]
    zero = "0" if trunk else ""
    if cc == "358":
        k = 1 if n[0] == "9" else 2
        return f"{zero}{n[:k]} {n[k:k+3]} {n[k+3:]}"
    if cc == "46":
        k = 1 if n[0] == "8" else 2
        return f"{zero}{n[:k]}-{n[k:k+3]} {n[k+3:k+5]} {n[k+5:]}"
    if cc == "49":
        k = 3 if n[0] == "1" else 2
        return f"{zero}{n[:k]} {n[k:]}"
    if cc == "44":
        return f"{zero}{n[:4]} {n[4:]}" if n[0] == "7" else f"{zero}{n[:2]} {n[2:6]} {n[6:]}"
    if cc == "33":
        return f"{zero}{n[0]} {n[1:3]} {n[3:5]} {n[5:7]} {n[7:]}"
    if cc == "31":
        return f"{zero}{n[0]}-{n[1:]}" if n[0] == "6" else f"{zero}{n[:2]}-{n[2:]}"
    if cc == "1":
        return f"({n[:3]}) {n[3:6]}-{n[6:]}"
    if cc == "47":
        return f"{n[:3]} {n[3:5]} {n[5:]}" if n[0] in "49" else f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:]}"
    if cc == "45":
        return f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:]}"
    if cc == "48":
        return f"{n[:3]} {n[3:6]} {n[6:]}"
    return f"{n[:4]} {n[4:]}"


def spaced(e164):
    """+358 40 555 0101"""
    cc = next(c for c in CODES if e164[1:].startswith(c))
    rest = national(e164, trunk=False)
    if cc == "1":
        rest = rest.replace("(", "").replace(")", "").replace(" ", "-")
    return f"+{cc} {rest}".replace("-", " " if cc != "1" else "-")


def shape(row, how):
    """The phone of a row: as typed in the row, else the person's in the given fashion."""
    if row.key.startswith("?") or row.phone != PERSON[row.key].phone or not row.phone:
        return row.phone
    return {"e164": lambda p: p, "nat": national, "intl": spaced, "bare": lambda p: p[1:],
            "00": lambda p: "00" + p[1:], "natbare": lambda p: national(p).replace(" ", "").replace("-", ""),
            "none": lambda p: ""}[how](row.phone)


def at(text, year=2026):
    """'10-21 09:05[:07]' of autumn 2026"""
    day, clock = text.split(" ")
    month, dom = day.split("-")
    parts = [int(x) for x in clock.split(":")] + [0]
    return datetime.datetime(year, int(month), int(dom), *parts[:3])


def us_time(t):
    return t.strftime("%m/%d/%Y %I:%M:%S %p")


def cell(text, delimiter=",", rule="minimal"):
    """One cell of a delimited file."""
    text = str(text)
    if rule == "all" or any(c in text for c in (delimiter, '"', "\r", "\n")) or (rule == "apollo" and text == ""):
        return '"' + text.replace('"', '""') + '"'
    return text


class Export:
    """A file being written: text, and which person stands on which line."""

    def __init__(self, name, title, eol="\n", delimiter=",", rule="minimal", encoding="utf-8", bom=b""):
        self.name, self.title, self.eol, self.delimiter, self.rule = name, title, eol, delimiter, rule
        self.encoding, self.bom = encoding, bom
        self.text, self.line, self.records, self.where = [], 1, 0, []
        self.tests, self.quirks, self.skipped = 0, [], ""
        self.bare, self.has_phone = 0, True     # records with neither address nor phone

    def raw(self, text):
        self.text.append(text + self.eol)
        self.line += text.count("\n") + 1

    def cells(self, values, rule=None):
        self.raw(self.delimiter.join(cell(v, self.delimiter, rule or self.rule) for v in values))

    def record(self, row, values):
        key = row if isinstance(row, str) else row.key
        self.records += 1
        self.where.append((key, self.line))
        if not isinstance(row, str) and not row.email and not (self.has_phone and row.phone and row.get("how") != "none"):
            self.bare += 1
        if key == "?test":
            self.tests += 1
        self.cells(values)

    def bytes(self):
        return self.bom + "".join(self.text).encode(self.encoding)


# ---------------------------------------------------------------- 1. Meta lead ads

def meta():
    x = Export("exports/meta_lead_ads.csv", "Meta (Facebook, Instagram) lead ads download: source ad",
               delimiter="\t", encoding="utf-16-le", bom=b"\xff\xfe")
    x.quirks = ["called .csv, is TAB-separated UTF-16LE with byte order mark, LF",
                "prefixes `l:` lead id, `ag:` ad, `as:` ad set, `c:` campaign, `f:` form, `p:` phone",
                "`p:` both international and without country code",
                "created_time with different UTC offsets in one file (+03:00, +02:00, -05:00)",
                "question columns when_do_you_plan_to_buy? and how_many_pallets_a_day,_about? (the header cell with the comma is quoted)",
                "one `<test lead: dummy data for ...>` row; lead l:2930017755001003 comes twice, the second time under another offset",
                "organic rows without ad, ad set and campaign"]
    head = ("id created_time ad_id ad_name adset_id adset_name campaign_id campaign_name form_id form_name is_organic "
            "platform when_do_you_plan_to_buy?").split(" ")
    head += ['"how_many_pallets_a_day,_about?"', "email", "full_name", "phone_number", "company_name", "job_title", "lead_status"]
    x.raw("\t".join(head))
    rows = [
        r("kankaansuo", t="10-12 21:40:11", z="+03:00", q="immediately", n="400", email="paula.kankaansuo@vuoksenrauta.fi"),
        r("asbrinkell", t="10-13 07:15:02", z="+02:00", q="immediately", n="1200", email="Magnus.Asbrinkell@Brunnsvalla.se", how="nat"),
        r("kivilinnala", t="10-14 18:02:45", z="+03:00", q="within_1_month", n="250", email="timo.kivilinnala.tl@gmail.com", how="natbare"),
        r("laukkavirta", t="10-15 22:31:09", z="+03:00", q="3-6_months", n="20", full="heikki laukkavirta"),
        r("tuomikoura_r", t="10-16 20:05:33", z="+03:00", q="just_looking", n="", title="", how="natbare"),
        r("tuomikoura_k", t="10-16 20:21:50", z="+03:00", q="just_looking", n="", title="yrittäjä"),
        r("brynhavn", t="10-17 12:44:18", z="+02:00", q="within_2_months", n="300", full="Solveig Brynhavn"),
        r("larkinsson", t="10-17 05:10:41", z="-05:00", q="within_1_month", n="35", full="Mike Larkinsson", phone="6025550103"),
        r("sjobergius", t="10-18 19:55:07", z="+02:00", q="3-6_months", n="90", full="Karl Johan Sjöbergius", how="natbare"),
        r("rukkilainen", t="10-19 08:12:26", z="+03:00", q="within_2_months", n="60"),
        r("?test", t="10-19 03:00:00", z="-05:00", q="<test lead: dummy data for when_do_you_plan_to_buy?>",
          n="<test lead: dummy data for how_many_pallets_a_day,_about?>", email="test@meta.com",
          full="<test lead: dummy data for full_name>", phone="<test lead: dummy data for phone_number>",
          company="<test lead: dummy data for company_name>", title="<test lead: dummy data for job_title>"),
        r("honkapirtti", t="10-20 23:48:59", z="+03:00", q="just_looking", n="15", company="Savonsarka"),
        r("kvamsdalen", t="10-21 10:20:14", z="+02:00", q="3-6_months", n="500", title="adm. dir."),
        r("marchbankson", t="10-22 16:37:38", z="-05:00", q="just_looking", n="5", phone="+1 602 555 0105"),
        r("otavalahti", t="10-23 09:01:03", z="+03:00", q="just_looking", n="", email="emilia.otavalahti.im@hotmail.fi"),
        r("sundvikell", t="10-24 14:26:47", z="+02:00", q="6-12_months", n="80"),
        r("asbrinkell", t="10-13 08:15:02", z="+03:00", again=1, q="immediately", n="1200", email="Magnus.Asbrinkell@Brunnsvalla.se", how="nat"),
        r("koivulehtola", t="10-26 17:40:20", z="+02:00", q="within_2_months", n="2000", how="natbare"),
        r("?anonym", t="10-27 11:11:11", z="+02:00", q="just_looking", n="", full="asdf asdf", email="asdf@asdf", phone="123"),
        r("rannametsik", t="10-28 13:05:52", z="+02:00", q="3-6_months", n="70"),
        r("kalliosola", t="10-29 21:17:31", z="+02:00", q="just_looking", n="", email="villekalliosola.vnt@gmail.com", title="trukkikuski"),
        r("ironsideley", t="10-30 18:22:16", z="+00:00", q="within_2_months", n="800", how="natbare"),
        r("strandmoen", t="10-31 07:49:44", z="+01:00", q="6-12_months", n="150", how="natbare"),
        r("kankaansuo", t="11-02 09:33:28", z="+02:00", q="immediately", n="400-500", email="Paula.Kankaansuo@vuoksenrauta.fi",
          full="Paula M. Kankaansuo", title="CEO", how="natbare"),
    ]
    ident = 2930017755001001
    for i, p in enumerate(rows):
        organic = i in (4, 5, 12, 20)
        n = 2 if p.get("again") else i + 1
        ad = ["", "", "", "", "", ""] if organic else ["ag:12023344556671", "Pallet robot video A" if i % 2 else "Pallet robot carousel",
              "as:12023344556601", "Nordics 30-60" if i % 3 else "English speaking", "c:12023344556600", "Autumn 2026 pallet robots"]
        x.record(p, [f"l:{ident + n}", at(p.t).strftime("%Y-%m-%dT%H:%M:%S") + p.z, *ad,
                         "f:1010420755359901", "Quote form 2026-10", "true" if organic else "false", "ig" if i % 3 == 2 else "fb",
                         p.q, p.n, p.email, p.full, "p:" + shape(p, p.get("how", "e164")), p.company, p.title, "CREATED"])
    return x


# ---------------------------------------------------------------- 2. Zoom webinar

def zoom():
    x = Export("exports/zoom_webinar_report.csv", "Zoom webinar attendee report, layout of 2025/26: source webinar")
    x.quirks = ["UTF-8, LF; report name, generation time and a topic row before the first table",
                "four tables: Host Details and Panelist Details (not leads), Attendee Details (the leads), Other Attended (dial-ins without address, not counted)",
                "dates month first with AM/PM, all quoted; absent people are `No` with `--` in the session cells",
                "a rejoin repeats the person with phone, registration time and approval blank",
                "`User Name (Original Name)` holds `Display (Original)`; a question header with comma and doubled quotes",
                "one person left and came back three times; one cancelled registration"]
    x.skipped = "4 preamble lines, Host Details (title, header, 1 row), Panelist Details (title, header, 2 rows), the title Attendee Details, Other Attended (title, header, 3 rows)"
    x.raw("Attendee Report")
    x.raw("Report generated time,10/30/2026 09:12:44 AM")
    x.raw("Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registrants,# Cancelled,Unique Viewers,Total Users")
    x.raw('"Fewer picking errors, with the shelves you have",861 5522 0147,"10/29/2026 02:00:07 PM",61,36,1,24,30')
    people = "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name"
    x.raw("Host Details")
    x.raw(people)
    x.raw('Yes,Iiris Salokoskela,iiris.salokoskela@lavakko.fi,"10/29/2026 01:45:10 PM","10/29/2026 03:04:55 PM",80,No,Finland')
    x.raw("Panelist Details")
    x.raw(people)
    x.raw('Yes,Otso Jylhäniemi,otso.jylhaniemi@lavakko.fi,"10/29/2026 01:50:31 PM","10/29/2026 03:01:12 PM",71,No,Finland')
    x.raw('Yes,"Brandtner, Jonas",jonas.brandtner@lavakko.fi,"10/29/2026 01:52:02 PM","10/29/2026 03:01:09 PM",69,Yes,Germany')
    x.raw("Attendee Details")
    x.cells(["Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "Phone", "Organization", "Job Title",
             "Registration Time", "Approval Status", "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest",
             'When do you want this solved, roughly? ("now" is an answer)', "Country/Region Name"])
    yes = [  # session = (join, leave); a list of several = rejoins
        r("kankaansuo", reg="10-15 08:12:40", s=["14:00:31-14:22:10", "14:23:02-14:40:55", "14:41:20-15:00:58"], q="now", full="Paula K (Paula Kankaansuo)", title="Toimitusjohtaja"),
        r("asbrinkell", reg="10-16 10:01:05", s=["13:58:44-15:01:00"], q="before Christmas", first="MAGNUS", last="ÅSBRINKELL", full="Magnus"),
        r("wallraffen", reg="10-17 16:45:22", s=["14:02:13-15:00:49"], q="now", first="Dr. Heike", full="Heike Wallraffen"),
        r("ketunmaki", reg="10-21 07:55:17", s=["14:05:00-14:31:48"], q=""),
        r("saarenpelto", reg="10-18 12:20:51", s=["14:00:05-15:00:12"], q="next year", first="Aino Kaisa"),
        r("ahokangas", reg="10-19 09:09:09", s=["14:10:30-14:12:01", "14:12:40-15:00:57"], q="within 2 months"),
        r("korpivuo", reg="10-19 09:30:00", s=["14:00:59-14:45:10"], q=""),
        r("merivaltanen", reg="10-20 13:13:31", s=["14:20:11-14:59:59"], q="", email="Otto.Merivaltanen@merikoura.fi"),
        r("haukkasalo", reg="10-20 15:26:02", s=["14:01:01-14:16:45"], q="just curious"),
        r("hyllykoskela", reg="10-22 11:00:48", s=["14:00:01-15:01:02"], q="", company="", title="", email="sami.hyllykoskela.ex@gmail.com"),
        r("kotirinne", reg="10-22 20:47:29", s=["14:03:33-14:58:14"], q="for my thesis", company="Jyrkkälän AMK"),
        r("ekstrandh", reg="10-23 08:31:56", s=["14:00:40-14:57:03"], q="3-6 months", last="Ekstrandh Moe"),
        r("tornqvister", reg="10-23 09:15:00", s=["14:02:22-14:30:00", "14:33:10-15:00:00"], q="within 2 months", first="Björn-Erik"),
        r("grabolind", reg="10-24 17:17:17", s=["14:30:09-14:36:50"], q="", first="Fredrik", last="Grabolind"),
        r("vikstromer", reg="10-25 18:04:43", s=["14:00:12-15:00:44"], q="budget is there, need a quote", how="nat"),
        r("fjordvik", reg="10-25 21:22:23", s=["14:04:50-14:52:31"], q="", last="Fjordviken", first="Kari Anne"),
        r("brynhavn", reg="10-26 08:08:08", s=["14:00:36-14:44:16"], q="within 2 months"),
        r("oberlindner", reg="10-26 11:41:14", s=["14:01:27-15:00:51"], q="", first="Juergen"),
        r("finchley", reg="10-26 14:50:35", s=["14:00:19-14:59:40"], q="Q1", first="Bill", full="Bill F (William Finchley-Shaw)"),
        r("moorcroftt", reg="10-27 12:33:01", s=["14:06:06-14:49:49"], q="", first="Kate", email="kate.moorcroftt@pennymoorfoods.co.uk"),
        r("vanderhollow", reg="10-27 19:20:40", s=["14:02:02-15:00:30"], q="3-6 months", first="Bob", how="nat"),
        r("glaswinkler", reg="10-28 07:12:12", s=["14:00:00-14:20:20"], q=""),
        r("stapelmann", reg="10-28 09:45:33", s=["14:00:02-15:00:59"], q=""),
        r("laevametsal", reg="10-28 22:10:05", s=["14:15:15-14:40:04"], q="next year", company="Saarelaev"),
    ]
    no = [
        r("zandhoeven", reg="10-20 10:10:10", q="", last="vd Zandhoeven"),
        r("vallonbois", reg="10-21 18:25:39", q="3-6 months"),
        r("egelunden", reg="10-22 13:01:50", q=""),
        r("dunmarrow", reg="10-23 16:36:27", q="", phone=""),
        r("castellowen", reg="10-24 03:14:15", q="just looking"),
        r("ortengrund", reg="10-25 07:53:58", q=""),
        r("lindgrubert", reg="10-26 09:29:21", q="", email="t.lindgrubert@weidtal-foerdertechnik.d"),
        r("birkehojen", reg="10-27 10:48:36", q=""),
        r("kaminskowska", reg="10-27 15:05:24", q="within 2 months", first="ZOFIA", last="KAMIŃSKOWSKA"),
        r("vestergardh", reg="10-28 06:40:42", q="", status="cancelled by self"),
        r("?info_kaa", co="kaa", reg="10-28 11:57:00", first="Kaarnatukku", last="Toimisto", full="Kaarnatukku Toimisto", email="info@kaarnatukku.fi", phone="+358 9 555 0202", q=""),
        r("rehbeinig", reg="10-29 08:02:18", q="", phone="keine"),
    ]
    for p in yes:
        for i, s in enumerate(p.s):
            join, leave = (at("10-29 " + t) for t in s.split("-"))
            minutes = max(1, round((leave - join).total_seconds() / 60))
            first = i == 0
            x.record(p, ["Yes", p.full, p.first, p.last, p.email, shape(p, p.get("how", "e164")) if first else "",
                             p.company if first else "", p.title if first else "", us_time(at(p.reg)) if first else "",
                             "approved" if first else "", us_time(join), us_time(leave), minutes, "Yes",
                             p.q if first else "", p.country])
    for p in no:
        x.record(p, ["No", p.full, p.first, p.last, p.email, shape(p, p.get("how", "e164")), p.company, p.title,
                         us_time(at(p.reg)), p.get("status", "approved"), "--", "--", "--", "--", p.q, ""])
    # Zoom quotes its times though nothing in them needs it
    x.text = [quote_times(t) for t in x.text]
    x.raw("Other Attended")
    x.raw("User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name")
    x.raw('358405550199,"10/29/2026 02:03:12 PM","10/29/2026 02:41:37 PM",39,Finland')
    x.raw('442079460177,"10/29/2026 02:11:48 PM","10/29/2026 02:13:02 PM",2,United Kingdom')
    x.raw('Meeting room Kaarna,"10/29/2026 02:00:02 PM","10/29/2026 03:00:58 PM",61,Finland')
    return x


def quote_times(text):
    return re.sub(r'(?<=,)(\d\d/\d\d/\d{4} \d\d:\d\d:\d\d [AP]M)(?=,)', r'"\1"', text)


# ---------------------------------------------------------------- 3. Teams

def teams():
    x = Export("exports/teams_attendance.csv", "Microsoft Teams attendance report of 2026: source webinar",
               eol="\r\n", delimiter="\t", encoding="utf-16-le", bom=b"\xff\xfe")
    x.quirks = ["UTF-16LE with byte order mark, TAB, CRLF; the sections `1. Summary` to `4. Meeting Engagement`",
                "only section 2 is the lead table; the host's own people stand in it too (Role Organizer, Presenter)",
                "names as `First Last`, `Last, First`, with `(Guest)` or `(External)`; two rows without address; durations `1h 2m 6s`",
                "dates month first, two-digit year; a narrow no-break space before AM/PM on the summary's times"]
    x.skipped = "section 1 (7 lines), the title of section 2, section 3 (title, header, 19 rows), section 4 (title, header, 3 rows), 3 blank lines"
    x.has_phone = False
    start = at("11-05 14:00:05")

    def t(d):
        return f"{d.month}/{d.day}/{d.year % 100}, {d.hour % 12 or 12}:{d.minute:02}:{d.second:02} {'PM' if d.hour > 11 else 'AM'}"

    def span(seconds):
        h, m, s = seconds // 3600, seconds // 60 % 60, seconds % 60
        return " ".join(f"{n}{u}" for n, u in ((h, "h"), (m, "m"), (s, "s")) if n) or "0s"

    rows = [
        r("?iiris", full="Salokoskela, Iiris", email="iiris.salokoskela@lavakko.fi", role="Organizer", a=-300, b=3900),
        r("?freja", full="Lindehall, Freja", email="freja.lindehall@lavakko.fi", role="Presenter", a=-120, b=3700),
        r("alderwickson", full="James Alderwickson (External)", a=15, b=3602, hand="1"),
        r("vikstromer", full="Vikströmer, Åsa", a=2, b=3601),
        r("kuehnertz", full="Kühnertz, Friederike", a=44, b=3590, hand="2"),
        r("myllyojala", full="J-P Myllyojala (Guest)", a=130, b=1875),
        r("haukkasalo", full="Haukkasalo, Tuomas", a=10, b=3011),
        r("ortengrund", full="Oskar Örtengrund", a=61, b=2464, email="Oskar.Ortengrund@norrskarlager.se"),
        r("jokiharjula", full="Mikael Jokiharjula (Guest)", a=301, b=905),
        r("vartialampi", full="Noora Vartialampi", a=0, b=3605),
        r("weatherbyrne", full="Weatherbyrne, Colin", a=75, b=3333),
        r("tidewellman", full="Marcus Tidewellman (Guest)", a=405, b=3600),
        r("ulappala", full="Ulappala Katariina", a=20, b=2222),
        r("torvikoski", full="Anu Torvikoski (External)", a=33, b=3598),
        r("hochwaldner", full="Hochwaldner, Birgit", a=512, b=3555),
        r("?dialin", full="+358 40 555 0151", a=90, b=1500),
        r("?guest", full="Pekka (Guest)", a=700, b=760),
        r("clairmontel", full="CLAIRMONTEL Hugo", a=50, b=3200),
        r("ytrebyggen", full="Stian Ytrebyggen (Guest)", a=1800, b=3540),
    ]
    nn = "\u202f"
    x.raw("1. Summary")
    x.raw("Meeting title\tRobot night shift: a live walk-through")
    x.raw(f"Attended participants\t{len(rows)}")
    x.raw("Start time\t" + t(start).replace(" PM", nn + "PM"))
    x.raw("End time\t" + t(start + datetime.timedelta(seconds=3605)).replace(" PM", nn + "PM"))
    x.raw("Meeting duration\t1h 5s")
    x.raw("Average attendance time\t41m 12s")
    x.raw("")
    x.raw("2. Participants")
    x.cells(["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role", "Engagement: Raise Hand"])

    def when(n):
        return t(start + datetime.timedelta(seconds=n))
    for p in rows:
        x.record(p, [p.full, when(p.a), when(p.b), span(p.b - p.a), p.email, p.email, p.get("role", "Attendee"), p.get("hand", "")])
    x.raw("")
    x.raw("3. In-Meeting Activities")
    x.cells(["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"])
    for p in rows:
        x.cells([p.full, when(p.a), when(p.b), span(p.b - p.a), p.email, p.get("role", "Attendee")])
    x.raw("")
    x.raw("4. Meeting Engagement")
    x.cells(["Name", "Engagement Type", "Time"])
    x.cells(["James Alderwickson (External)", "Raised hand", when(1900)])
    x.cells(["Kühnertz, Friederike", "Raised hand", when(2500)])
    x.cells(["Kühnertz, Friederike", "Raised hand", when(3100)])
    return x


# ---------------------------------------------------------------- 4. the badge scanner

def scanner():
    x = Export("exports/messuskanneri.csv", "badge-scanner list of a Finnish trade show (20-22 October 2026): source trade_show",
               eol="\r\n", delimiter=";", encoding="cp1252")
    x.quirks = ["`;`, Windows-1252 (with € and –), CRLF, Finnish headers and values",
                "dates `21.10.2026 9:05`; notes quoted with `;`, doubled quotes and line breaks (bare LF inside, CRLF after)",
                "phones as typed: 040 555 0101, 0405550101, +358 (0)40 ..., 00358 ...; a visitor without any contact detail",
                "a person scanned twice by two people at the stand; one note says he just bought from a competitor",
                "two e-mail addresses mistyped on the spot; shared mailbox info@"]
    x.cells("Etunimi Sukunimi Yritys Titteli Sähköposti Puhelin Kaupunki Maa Skannattu Skannaaja Luokitus Kiinnostus Ostoaikataulu Muistiinpanot Markkinointilupa".split())
    A, B, C = "A", "B", "C"
    rows = [
        r("kankaansuo", t="10-20 09:42", by="Otso", g=A, i="Tarjouspyyntö", b="heti", ok="kyllä",
          n="Haluaa tarjouksen 4 robotista; budjetti hyväksytty (n. 180 000 €).\nSoita heti messujen jälkeen!"),
        r("ketunmaki", t="10-20 09:44", by="Otso", g=B, i="Esittely", b="", ok="kyllä", n="tuli toimitusjohtajan kanssa"),
        r("saarenpelto", t="10-20 10:15", by="Freja", g=B, i="Hinnasto", b="ensi vuonna", ok="", how="natbare", email="AINO-KAISA.SAARENPELTO@KAARNATUKKU.FI", n=""),
        r("myllyojala", t="10-20 10:31", by="Freja", g=C, i="", b="", ok="ei", first="Juha Pekka", how="00", n=""),
        r("kivilinnala", t="10-20 11:05", by="Otso", g=A, i="Esittely", b="1 kk", ok="kyllä", company="Teräslinko", first="Timo Antero",
          n='Pyysi esittelyn tehtaalla; sanoi: "jos se toimii pölyssä, ostamme"'),
        r("rautakoura", t="10-20 11:07", by="Otso", g=B, i="Esittely", b="1–3 kk", ok="kyllä", email="", n=""),
        r("ahokangas", t="10-20 12:20", by="Jonas", g=A, i="Tarjouspyyntö", b="2 kk", ok="kyllä", last="Ahokangas", n="nykyinen tarjous auki, ks. CRM"),
        r("laukkavirta", t="10-20 13:48", by="Freja", g=C, i="Esite", b="", ok="", phone="", n="eläkkeelle keväällä"),
        r("pirttisaari", t="10-20 14:02", by="Freja", g=C, i="Yhteistyö", b="", ok="kyllä", phone="050-5550110", n="myy meille hihnoja; ei ostaja"),
        r("merivaltanen", t="10-20 15:30", by="Jonas", g=B, i="Hinnasto", b="3–6 kk", ok="ei", phone="+358 (0)40 555 0111", n=""),
        r("ulappala", t="10-21 09:05", by="Otso", g=B, i="Esittely", b="3–6 kk", ok="kyllä", title="operatiivinen johtaja", n=""),
        r("rukkilainen", t="10-21 09:20", by="Otso", g=C, i="Esite", b="", ok="",
          n="Osti juuri Hyllyvahdilta;\nsopimus 3 v, palataan 2029"),
        r("niittykangas", t="10-21 09:58", by="Jonas", g=B, i="", b="", ok="", first="Eero J.", email="", title="hallituksen pj.", n=""),
        r("purontaus", t="10-21 10:10", by="Freja", g=B, i="Hinnasto", b="3–6 kk", ok="kyllä", email="hanna.purontaus@rukkilanpakaus.fi", n=""),
        r("kaivonpera", t="10-21 10:44", by="Freja", g=B, i="Esittely", b="", ok="", n="kysy terminaalin korkeudesta"),
        r("kaivonpera", t="10-21 16:12", by="Jonas", g=A, i="Tarjouspyyntö", b="1–3 kk", ok="kyllä", first="LAURI", last="KAIVONPERÄ", how="natbare",
          n="tuli uudestaan; haluaa käynnin Ouluun"),
        r("asbrinkell", t="10-21 11:30", by="Freja", g=A, i="Tarjouspyyntö", b="heti", ok="kyllä", how="intl", company="Brunnsvalla",
          n="VD; pratade svenska. Vill ha offert på 12 robotar – \"före jul\""),
        r("tornqvister", t="10-21 11:52", by="Freja", g=B, i="Esittely", b="1–3 kk", ok="kyllä", email="bjorn.tornqvister@norrskarlager.se", n=""),
        r("fjordvik", t="10-21 12:40", by="Freja", g=B, i="Esite", b="", ok="", first="Kari", n=""),
        r("wallraffen", t="10-21 13:15", by="Jonas", g=A, i="Tarjouspyyntö", b="heti", ok="kyllä", how="intl", email="", title="Geschäftsführerin (Dr.)",
          n="Angebot für 20 Fahrzeuge; Entscheidung im November"),
        r("brandlhuber", t="10-21 14:36", by="Jonas", g=B, i="Esittely", b="3–6 kk", ok="", email="info@brandlhuber-lagerhaus.de", n=""),
        r("saarelaidla", t="10-21 15:00", by="Otso", g=C, i="Esite", b="", ok="kyllä", how="intl", n=""),
        r("harjamaki", t="10-22 09:11", by="Otso", g=B, i="Esittely", b="", ok="", phone="", n=""),
        r("vaarakallas", t="10-22 09:35", by="Otso", g=C, i="", b="", ok="ei", n=""),
        r("rantakaarre", t="10-22 10:02", by="Freja", g=C, i="Arvonta", b="", ok="kyllä", n="vain arvontaan"),
        r("lumivaaranen", t="10-22 10:25", by="Freja", g=C, i="Esite", b="", ok="", email="saara.lumivaaranen.rukkilanpakkaus.fi", n=""),
        r("sinivuorela", t="10-22 10:50", by="Otso", g=B, i="Hinnasto", b="6–12 kk", ok="kyllä", title="varatoimitusjohtaja", n=""),
        r("vartialampi", t="10-22 11:11", by="Jonas", g=C, i="", b="", ok="", company="Hyllyvahti Oy", n="kilpailija, ei hinnastoa!"),
        r("?nimeton", t="10-22 11:40", by="Freja", g=C, i="Arvonta", b="", ok="", first="Kaisu", last="", n="kortti hukassa"),
        r("?koululuokka", co="amk", t="10-22 12:30", by="Freja", g=C, i="Arvonta", b="", ok="", first="Opettaja", last="Rautjärvinen", title="lehtori", email="info@jyrkkala-amk.fi", phone="", n="15 opiskelijan ryhmä"),
        r("hasselgardt", t="10-22 13:05", by="Freja", g=B, i="Hinnasto", b="3–6 kk", ok="", how="nat", title="VD", n=""),
        r("koivulehtola", t="10-22 13:50", by="Otso", g=A, i="Esittely", b="2 kk", ok="kyllä", phone="", n="lupasi tulla käymään; sihteeri varaa ajan"),
        r("tuomikoura_k", t="10-22 14:20", by="Freja", g=C, i="Arvonta", b="", ok="kyllä", email="kalletuomikoura.lv+messut@gmail.com", n=""),
        r("rehbeinig", t="10-22 14:45", by="Jonas", g=B, i="Esittely", b="1–3 kk", ok="", how="intl", n=""),
    ]
    land = {"Finland": "Suomi", "Sweden": "Ruotsi", "Norway": "Norja", "Germany": "Saksa", "Estonia": "Viro", "": ""}
    for p in rows:
        d = at(p.t)
        x.record(p, [p.first, p.last, p.company, p.title, p.email, shape(p, p.get("how", "nat")), p.city, land[p.country],
                         f"{d.day}.{d.month}.{d.year} {d.hour}:{d.minute:02}", p.by, p.g, p.i, p.b, p.n, p.ok])
    return x


# ---------------------------------------------------------------- 5. HubSpot

def hubspot():
    x = Export("exports/hubspot_contacts.csv", "HubSpot contact export (web site, chat, referrals): sources content, chat, referral by Original Source")
    x.quirks = ["UTF-8, LF, label headers; Associated Company IDs joined by `;`",
                "dates of two locales in one file (2026-10-12 09:14 and 10/28/2026 2:30 PM)",
                "`Unsubscribed from all email` true on two rows: opt-out, the negative of consent",
                "one row with neither address nor phone, one with only a phone, one address in capitals"]
    x.cells(["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Contact owner", "Lead Status", "Create Date", "Last Modified Date",
             "Lifecycle Stage", "Job Title", "Company Name", "City", "State/Region", "Postal Code", "Country/Region", "Associated Company",
             "Associated Company IDs", "Original Source", "Unsubscribed from all email"])
    rows = [
        r("saarenpelto", t="10-05 09:14", src="Organic Search", stage="lead", st="NEW", how="intl"),
        r("tornqvister", t="10-06 11:40", src="Referrals", stage="lead", st="NEW", first="Björn", how="00"),
        r("leppakentta", t="10-07 13:02", src="Offline Sources", stage="customer", st="", how="e164"),
        r("vesikansala", t="10-08 08:55", src="Organic Search", stage="subscriber", st="", un="true"),
        r("moorcroftt", t="10-12 09:14", src="Direct Traffic", stage="opportunity", st="OPEN_DEAL", how="nat"),
        r("vonderahlen", t="10-13 15:27", src="Referrals", stage="lead", st="IN_PROGRESS"),
        r("plumworthy", t="10-14 10:36", src="Live Chat", stage="lead", st="NEW", how="nat"),
        r("ahlbergius", t="10-15 14:44", src="Live Chat", stage="lead", st="ATTEMPTED_TO_CONTACT", title="Logistikdirektör"),
        r("whitlockerby", t="10-28 14:30", src="Paid Search", stage="marketingqualifiedlead", st="NEW", us=1, how="nat", title="CEO"),
        r("ellerbrookes", t="10-29 16:05", src="Organic Social", stage="lead", st="NEW", us=1, how="nat", email="JOAN.ELLERBROOKES@BLUESTEMHARBOR.COM"),
        r("sandovarez", t="11-02 19:50", src="Organic Search", stage="subscriber", st="", us=1, un="true"),
        r("feldkirchler", t="11-03 07:21", src="Referrals", stage="lead", st="NEW"),
        r("?leer", t="11-03 12:00", src="Offline Sources", stage="", st=""),
        r("?soita", t="11-04 16:18", src="Live Chat", stage="lead", st="NEW", first="", last="Takaisinsoitto", phone="+358 50 555 0161"),
        r("rivefontaine", t="11-05 10:10", src="Organic Search", stage="lead", st="NEW"),
        r("rosenlundh", t="11-06 09:33", src="Referrals", stage="lead", st="NEW", how="nat"),
        r("duinwijker", t="11-09 11:59", src="Organic Search", stage="subscriber", st=""),
        r("vanloosbroek", t="11-10 13:37", src="Live Chat", stage="lead", st="NEW", last="van Loosbroek"),
        r("hasselgardt", t="11-11 08:20", src="Live Chat", stage="lead", st="NEW", email="nils.hasselgardt@grabolund.se", phone=""),
        r("schneeberget", t="11-12 15:48", src="Paid Search", stage="salesqualifiedlead", st="CONNECTED"),
        r("?info_bru", co="bru", t="11-13 10:00", src="Organic Search", stage="lead", st="NEW", email="info@brunnsvalla.se", phone="+46 8 465 004 01"),
        r("quillfeather", t="11-16 12:26", src="Organic Social", stage="subscriber", st="", how="nat"),
        r("ahokangas", t="11-17 09:02", src="Direct Traffic", stage="opportunity", st="OPEN_DEAL", email="s.ahokangas@pohjanlava.fi"),
        r("kvamsdalen", t="11-18 17:15", src="Paid Social", stage="lead", st="NEW"),
    ]
    for i, p in enumerate(rows):
        d = at(p.t)

        def show(d, us=p.get("us")):
            return f"{d.month}/{d.day}/{d.year} {d.hour % 12 or 12}:{d.minute:02} {'PM' if d.hour > 11 else 'AM'}" if us else d.strftime("%Y-%m-%d %H:%M")
        cid = str(9001 + list(COMPANY).index(p.co)) if p.co else ""
        x.record(p, [51001 + i * 7, p.first, p.last, p.email, shape(p, p.get("how", "intl")), OWNERS[i % 3] if p.stage not in ("", "subscriber") else "",
                         p.st, show(d), show(d + datetime.timedelta(hours=3, minutes=i)), p.stage, p.title, p.company, p.city, "", p.postal, p.country,
                         p.company, cid + (";9999" if i == 4 else ""), p.src, p.get("un", "")])
    return x


# ---------------------------------------------------------------- 6. Salesforce report

def salesforce():
    x = Export("exports/salesforce_report.csv", "Salesforce report of lost and open leads: source by Lead Source (partner, referral, lost_opportunity ...)",
               rule="all", encoding="latin-1", eol="\n")
    x.quirks = ["ISO-8859-1, every cell quoted, LF; streets with line breaks",
                "footer: two blank lines, `Grand Totals (N records)`, blank, Confidential ..., Copyright ...",
                "`[not provided]` for missing companies and names; dates month first (10/6/2026)",
                "`Email Opt Out` 1 on two rows"]
    x.skipped = "3 blank lines, 3 footer lines"
    x.cells(["Lead Source", "First Name", "Last Name", "Company / Account", "Title", "Email", "Phone", "Mobile", "Street", "City", "State/Province",
             "Zip/Postal Code", "Country", "Lead Status", "Email Opt Out", "Create Date", "Lead Owner"])
    rows = [
        r("finchley", src="Partner Referral", st="Working - Contacted", t="10-01 00:00"),
        r("harrowmere", src="Partner Referral", st="Open - Not Contacted", t="10-02 00:00", how="intl"),
        r("ahokangas", src="Web", st="Working - Contacted", t="10-05 00:00", how="intl"),
        r("vikstromer", src="Customer Referral", st="Open - Not Contacted", t="10-06 00:00", last="Vikstromer", first="Asa"),
        r("oberlindner", src="Lost Opportunity", st="Closed - Not Converted", t="10-07 00:00"),
        r("vanderhollow", src="Partner Referral", st="Open - Not Contacted", t="10-13 00:00"),
        r("larkinsson", src="Web", st="Open - Not Contacted", t="10-14 00:00", first="Mike", email="Mike@MesaLarkin.com"),
        r("harboroughs", src="Customer Referral", st="Qualified", t="10-15 00:00"),
        r("thistledowne", src="Purchased List", st="Closed - Not Converted", t="10-16 00:00", out=1),
        r("penhallowe", src="Web", st="Open - Not Contacted", t="10-19 00:00"),
        r("tidewellman", src="Partner Referral", st="Working - Contacted", t="10-20 00:00", phone="(206) 555-0109 ext. 12"),
        r("mittermoser", src="Lost Opportunity", st="Closed - Not Converted", t="10-21 00:00"),
        r("nordmarkell", src="Other", st="Open - Not Contacted", t="10-22 00:00"),
        r("tangenes", src="Web", st="Open - Not Contacted", t="10-26 00:00"),
        r("?trinity", src="Web", st="Open - Not Contacted", t="10-27 00:00", first="Trudy", last="[not provided]", company="[not provided]", email="trudy.nobody.q7@yahoo.com", phone=""),
        r("?nowhere", src="Other", st="Open - Not Contacted", t="10-28 00:00", co="ald", first="Reception", last="Desk", phone="", email=""),
        r("brackenhurstt", src="Web", st="Closed - Not Converted", t="10-29 00:00", out=1),
        r("lemoinard", src="Partner Referral", st="Open - Not Contacted", t="11-02 00:00"),
        r("magazynowski", src="Partner Referral", st="Open - Not Contacted", t="11-03 00:00", first="Pawel"),
        r("kloosterhoff", src="Customer Referral", st="Working - Contacted", t="11-04 00:00"),
        r("alderwickson", src="Customer Referral", st="Open - Not Contacted", t="11-06 00:00", first="Jim", email="", title="COO"),
        r("torvikoski", src="Customer Referral", st="Open - Not Contacted", t="11-10 00:00"),
    ]
    for i, p in enumerate(rows):
        d = at(p.t)
        mobile = p.country not in ("United States", "United Kingdom", "France")
        tel = shape(p, p.get("how", "nat"))
        street = p.street + ("\nGoods entrance B" if i % 5 == 0 and p.street else "")
        x.record(p, [p.src, p.first, p.last, p.company, fold_latin1(p.title), p.email, "" if mobile else tel, tel if mobile else "", street,
                         fold_latin1(p.city), "", p.postal, p.country, p.st, p.get("out", 0), f"{d.month}/{d.day}/{d.year}",
                         ("F. Lindehall", "J. Brandtner", "O. Jylhäniemi")[i % 3]])
    x.text = [fold_latin1(t) for t in x.text]
    x.raw("")
    x.raw("")
    x.raw(f'"Grand Totals ({x.records} records)"')
    x.raw("")
    x.raw('"Confidential Information - Do Not Distribute"')
    x.raw('"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."')
    return x


def fold_latin1(text):
    """Latin-1 has no ń and ł: such letters lose their mark, as in such exports."""
    return "".join(c if ord(c) < 256 else fold(c) for c in text)


# ---------------------------------------------------------------- 7. LinkedIn

def linkedin():
    x = Export("exports/linkedin_connections.csv", "LinkedIn Connections.csv of a sales engineer: source social", bom=b"\xef\xbb\xbf")
    x.quirks = ["UTF-8 with byte order mark, LF; three preamble lines (Notes:, a quoted sentence, a blank line)",
                "most addresses blank, no phones; dates `09 Oct 2026`",
                "emoji and degrees in names, doubled quotes in a position, hidden profiles with only a URL",
                "people without address or phone are unreachable on their own; they can still join a cluster only if kept"]
    x.skipped = "3 preamble lines"
    x.has_phone = False
    x.raw("Notes:")
    x.raw('"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see email addresses for '
          'connections who have allowed their connections to see or download their email address using this setting '
          'https://www.linkedin.com/psettings/privacy/email. You can learn more here https://www.linkedin.com/help/linkedin/answer/261"')
    x.raw("")
    x.raw("First Name,Last Name,URL,Email Address,Company,Position,Connected On")
    no = dict(email="")
    rows = [
        r("rautakoura", t="10-01 00:00", **no), r("korpivuo", t="10-02 00:00", last="Korpivuo 🚀", **no),
        r("ulappala", t="10-03 00:00", title="COO", **no), r("leppakentta", t="10-05 00:00", title="CFO"),
        r("niittykangas", t="10-06 00:00", title="Chair of the board", **no),
        r("suosaari", t="10-07 00:00", last="Suosaari, MSc"), r("halvardell", t="10-08 00:00", title="CFO", **no),
        r("kvistfors", t="10-09 00:00", title='VD | "Trä är framtiden"', **no),
        r("vonderahlen", t="10-12 00:00", title="Chief Information Officer", last="von der Ahlen, PhD", **no),
        r("harboroughs", t="10-13 00:00", first="Sue"), r("clairmontel", t="10-14 00:00", **no),
        r("kvamsdalen", t="10-15 00:00", title="CEO", **no), r("ahlbergius", t="10-16 00:00", **no),
        r("?hidden1", t="", url="https://www.linkedin.com/in/hidden-1f7a2"), r("feldkirchler", t="10-19 00:00", title="Mitglied des Vorstands", **no),
        r("kaminskowska", t="10-20 00:00", title="Managing Director", first="Zosia"),
        r("kankaansuo", t="10-23 00:00", title="CEO", first="Paula", **no),
        r("asbrinkell", t="10-23 00:00", title="CEO", **no), r("vestergardh", t="10-26 00:00", **no),
        r("lofgrensson", t="10-27 00:00", title="Buyer"), r("zornbergh", t="10-28 00:00", title="Senior Engineer", **no),
        r("?hidden2", t="", url="https://www.linkedin.com/in/hidden-9c03e"),
        r("castellowen", t="11-02 00:00"), r("krautwaldt", t="11-05 00:00", title="Einkauf", **no),
        r("laevametsal", t="11-09 00:00", title="Purchasing manager", first="Liis", **no),
        r("honkapirtti", t="11-12 00:00", title="CEO & Owner", **no),
    ]
    for i, p in enumerate(rows):
        url = p.get("url") or "https://www.linkedin.com/in/" + fold(p.full if not p.get("last", "") else p.key).replace("_", "-") + f"-{1000 + i * 37}"
        x.record(p, [p.first, p.last, url, p.email, p.company, p.title, at(p.t).strftime("%d %b %Y") if p.t else ""])
    return x


# ---------------------------------------------------------------- 8. the purchased list

APOLLO = ("First Name,Last Name,Title,Company Name,Company Name for Emails,Email,Email Status,Primary Email Source,Email Confidence,"
          "Primary Email Catch-all Status,Primary Email Last Verified At,Seniority,Departments,Contact Owner,Work Direct Phone,Home Phone,Mobile Phone,"
          "Corporate Phone,Other Phone,Stage,Lists,Last Contacted,Account Owner,# Employees,Industry,Keywords,Person Linkedin Url,Website,"
          "Company Linkedin Url,Facebook Url,Twitter Url,City,State,Country,Company Address,Company City,Company State,Company Country,Company Phone,"
          "Technologies,Annual Revenue,Total Funding,Latest Funding,Latest Funding Amount,Last Raised At,Subsidiary of,Email Sent,Email Open,"
          "Email Bounced,Replied,Demoed,Number of Retail Locations,Apollo Contact Id,Apollo Account Id,Secondary Email,Secondary Email Source,"
          "Secondary Email Status,Tertiary Email,Tertiary Email Source").split(",")


def purchased():
    x = Export("exports/purchased_list.csv", "purchased list in the shape of an Apollo.io export: source purchased_list", rule="apollo")
    x.quirks = ["UTF-8, LF, 59 columns; every empty cell is `\"\"`, others bare unless needed",
                "phones with a leading apostrophe (`'+49 171 ...`); Corporate Phone and Company Phone are the switchboard of the company, the same for all its people",
                "names in capitals or lower case, one name decoded twice (JÃ¶rg), first and last name swapped once",
                "role addresses (info@, sales@, purchasing@), disposable addresses, addresses of closed providers, mistyped domains and syntax, `[email protected]`, `N/A`",
                "missing names, titles, addresses; rows with neither address nor personal phone; the same contact twice under two ids",
                "traps among headers: Company Name for Emails, Email Status, Email Confidence, Primary Email Source, Secondary Email Source"]
    x.cells(APOLLO, rule="minimal")
    ver, guess = "Verified", "Extrapolated"
    rows = [
        r("merivaltanen", first="OTTO", last="MERIVALTANEN"), r("ulappala", title="COO", how="intl"),
        r("koivulehtola", title="CEO", how="none"), r("ekstrandh", title="Head of Purchasing", how="none"),
        r("halvardell", title="CFO"), r("sjobergius", first="KARL-JOHAN", last="SJÖBERGIUS", how="none"),
        r("grabolind", title="Purchasing", email="fredrik.grabolind@grabolund.se"), r("fjordvik", first="Kari", title="Managing Director", company="FJORDVIKT AS"),
        r("hauglandsen", title="Procurement Manager"), r("hauglandsen", first="Oyvind", title="Procurement manager", how="none", st=guess),
        r("strandmoen", how="none", st=guess), r("egelunden", title="CEO"), r("kragholmsen", first="Soren", how="none"),
        r("oberlindner", first="Juergen", title="Head of Purchasing", how="none", email="juergen.oberlindner@weidtal-foerdertechnik.de", st=guess),
        r("brandlhuber", title="Owner", email="xaver@brandlhuber-lagerhaus.de"), r("strohmaierl", first="katrin", last="strohmaierl", title="dispatcher"),
        r("kuehnertz", title="Head of Logistics", how="none"), r("vonderahlen", first="Max", title="CIO"),
        r("steinruckert", first="JÃ¶rg", last="SteinrÃ¼ckert", title="Head of Maintenance"),
        r("pennyweather", how="nat"), r("alderwickson", first="James E.", title="COO", how="none"), r("thistledowne", title="Procurement"),
        r("vanderhollow", first="Robert", how="intl"), r("okonwright", email="dokonwright@calderpointfulfilment.com", st=guess),
        r("mesaverdez", how="none"), r("harboroughs", email="sharboroughs@bluestemharbor.com", st=guess), r("bluestoner", first="TYLER", last="BLUESTONER"),
        r("zandhoeven", first="van der Zandhoeven", last="Pieter", title="Director"), r("vallonbois", title="Logistics Director", how="none"),
        r("lemoinard", first="Etienne", title="Buyer"), r("wislankowska"), r("magazynowski", title="Warehouse manager", how="none"),
        r("schneeberget", title="Managing Director", how="none"), r("lindgrubert", title="Head of IT"), r("feldkirchler", title="Board member", email="armin.feldkirchler@kuehnert-oswald.de", how="none"),
        r("whitlockerby", title="Chief Executive Officer", how="none"), r("ironsideley", how="none", email="gareth.ironsideley@alderwicklogistics.co.uk", st=guess),
        r("tangenes", title="Buyer", how="none"), r("nordmarkell", title="Sales", how="none"), r("rosenlundh", title="Purchasing Manager"),
        r("?p01", co="wei", first="", last="", email="info@weidtal-foerdertechnik.de", phone=""),
        r("?p02", co="gra", first="Sales", last="Team", title="Sales", email="sales@grabolund.se", phone=""),
        r("?p03", co="pen", first="Purchasing", last="", title="Purchasing department", email="purchasing@pennymoorfoods.co.uk", phone=""),
        r("?p04", co="ald", first="Tarquin", last="Molesworthy", title="CEO", email="tarquin77@mailinator.com", phone=""),
        r("?p05", co="blu", first="Amber", last="Fennimorely", title="Director", email="amber.f@guerrillamail.com", phone=""),
        r("?p06", co="har", first="Basil", last="Cropperton", title="Partner", email="b.cropperton@tesco.net", phone="", st=guess),
        r("?p07", co="bou", first="Solange", last="Perrichette", title="Directrice", email="solange.perrichette@voila.fr", phone=""),
        r("?p08", co="spe", first="HORST", last="ADLERKAMPER", title="GESCHÄFTSFÜHRER", email="h.adlerkamper@lycos.de", phone=""),
        r("?p09", co="mes", first="Dwight", last="Pallisterman", title="Manager", email="dwight.pallisterman@gmial.com", phone=""),
        r("?p10", co="cal", first="Nora", last="Underhillow", title="VP", email="nora.underhillow@hotmial.com", phone="'+1 212-555-0106"),
        r("?p11", co="kvi", first="Bo", last="Grankvister", title="CEO", email="bo.grankvister@kvistforsa,se", phone=""),
        r("?p12", co="zan", first="Joost", last="Molenaarts", title="Sales", email="joost.molenaarts@@zandhoeve-opslag.nl", phone=""),
        r("?p13", co="kue", first="Petra", last="Wiesentaler", title="Head of Quality", email="[email protected]", phone=""),
        r("?p14", co="fjo", first="Trond", last="Sæterbakkmo", title="CFO", email="N/A", phone=""),
        r("?p15", co="mer", first="Jaana", last="Kuunarinen", title="Director", email="jaana.kuunarinen@merikoura.fi.", phone="'+358 40 555 0171"),
        r("?p16", co="ege", first="Bente", last="Lindebjergen", title="", email="bente.lindebjergen@egeskovlund.dk", phone=""),
        r("?p17", co="wis", first="TOMASZ", last="", title="Dyrektor", email="tomasz@wislanka-magazyny.pl", phone="'+48 601 555 019"),
        r("?p18", co="saa", first="Kadri", last="Merelaheli", title="Accountant", email="", phone=""),
        r("?p19", co="ald", first="", last="", title="Chairman", email="", phone=""),
        r("?p20", co="har", first="Test", last="Test", title="test", email="test@test.com", phone="'+44 1234"),
        r("?p21", co="sta", first="Volker", last="Hafenbrandl", title="Managing Director", email="volker.hafenbrandl@stapelkraft-software.de", phone=""),
        r("?p22", co="bru", first="Gunilla", last="Vretlundh", title="Kvalitetschef", email="gunilla.vretlundh@brunnsvalla.se", phone="'+46 70-174 06 31"),
        r("?p23", co="bru", first="Gunnel", last="Vretlundh", title="Kvalitetschef", email="gunnel.vretlundh@brunnsvalla.se", phone=""),
        r("?p24", co="poh", first="Marko", last="Jäämeri", title="ajojärjestelijä", email="marko.jaameri@pohjanlava.con", phone=""),
        r("?p25", co="vuo", first="Raimo", last="Sulattola", title="Plant manager", email="raimo.sulattola@vuoksenrauta.fi", phone="'0405550172"),
        r("?p26", co="blu", first="Wendell", last="Oysterman", title="Plant manager", email="w.oysterman@attbi.com", phone="'+1 206-555-0110"),
        r("kankaansuo", title="CEO", how="none", company="Vuoksenrauta"),
    ]
    senior = {"CEO": "C suite", "COO": "C suite", "CFO": "C suite", "CIO": "C suite", "Owner": "Owner", "Director": "Director"}
    for i, p in enumerate(rows):
        mobile = shape(p, p.get("how", "intl"))
        if mobile and not mobile.startswith("'"):
            mobile = "'" + mobile
        c = dict.fromkeys(APOLLO, "")
        short = p.company.split(",")[0].split(" GmbH")[0].split(" Oy")[0].split(" AB")[0]
        hq = "'" + spaced(p.hq) if p.hq else ""
        direct = p.country in ("United Kingdom", "France")
        c.update({"First Name": p.first, "Last Name": p.last, "Title": p.title, "Company Name": p.company, "Company Name for Emails": short,
                  "Email": p.email, "Email Status": p.get("st", ver if p.email else "Unavailable"), "Primary Email Source": "Apollo" if p.email else "",
                  "Email Confidence": "" if i % 4 else "0.%d" % (60 + i % 40), "Primary Email Last Verified At": "2026-0%d-%02dT00:00:00+00:00" % (3 + i % 6, 1 + i % 28) if p.email else "",
                  "Seniority": senior.get(p.title, "Manager" if "anager" in p.title else ""), "Work Direct Phone": mobile if direct else "", "Mobile Phone": "" if direct else mobile, "Corporate Phone": hq, "Stage": "Cold",
                  "Lists": "Nordics DACH UK warehouse 2026", "# Employees": p.employees, "Industry": p.industry.lower(),
                  "Keywords": "warehousing, order picking, palletizing" if i % 3 == 0 else "", "Website": "http://www." + p.domain,
                  "City": p.city, "Country": p.country, "Company Address": f"{p.street}, {p.postal} {p.city}", "Company City": p.city, "Company Country": p.country,
                  "Company Phone": hq, "Email Sent": "false", "Email Open": "false", "Email Bounced": "false", "Replied": "false", "Demoed": "false",
                  "Apollo Contact Id": "66f0c0ffee%014x" % (0x51 + i * 13), "Apollo Account Id": "66f0acc0de%014x" % (1 + list(COMPANY).index(p.co)),
                  })
        if i in (1, 17):
            c["Secondary Email"], c["Secondary Email Source"], c["Secondary Email Status"] = fold(p.last).lower().replace(" ", "") + "@" + p.domain, "Apollo", guess
        x.record(p, [c[h] for h in APOLLO])
    return x


# ---------------------------------------------------------------- 9. Google Ads

def google():
    x = Export("exports/google_ads_leads.csv", "Google Ads lead form download: source ad")
    x.quirks = ["UTF-8, comma, CRLF; GCLID, form, campaign, ad group and creative ids (long digits)",
                "times `2026-10-14 09:20:31+0000`; one lead with Is Test true (sample data of the form)",
                "a question header with a comma; the phone with spaces, the country as a two-letter code"]
    x.eol = "\r\n"
    x.cells(["Lead ID", "Lead Submit Time", "Full Name", "Work Email", "Phone Number", "Company Name", "Job Title", "City", "Postal Code", "Country",
             "When do you want to start, at the latest?", "GCLID", "Form ID", "Campaign ID", "Campaign Name", "Ad Group ID", "Creative ID", "Is Test"])
    iso = {"Finland": "FI", "Sweden": "SE", "Germany": "DE", "United Kingdom": "GB", "United States": "US", "Netherlands": "NL", "Denmark": "DK",
           "France": "FR", "Norway": "NO", "Poland": "PL", "Estonia": "EE", "": ""}
    rows = [
        r("?test", t="10-05 10:00:00", full="FirstName LastName", email="test@example.com", phone="+16505550123", company="CompanyName", title="JobTitle",
          city="Mountain View", postal="94043", country="United States", q="This month", test="true"),
        r("wallraffen", t="10-14 09:20:31", q="This month", full="Dr. Heike Wallraffen", how="00"),
        r("kivilinnala", t="10-15 16:42:10", q="This month", full="Timo A. Kivilinnala"),
        r("alderwickson", t="10-16 11:03:58", q="Within two months", full="James Edward Alderwickson"),
        r("kvistfors", t="10-18 20:31:44", q="Within six months", email="maja.kvistfors.vd@gmail.com"),
        r("egelunden", t="10-19 07:48:22", q="Within two months", how="nat"),
        r("okonwright", t="10-20 22:15:09", q="This month", title="Dir. Fulfillment", how="nat"),
        r("harrowmere", t="10-21 13:37:40", q="Not sure yet", how="nat"),
        r("glaswinkler", t="10-22 08:05:16", q="Within six months", full="glaswinkler stefan"),
        r("purontaus", t="10-23 12:12:12", q="Within six months"),
        r("kloosterhoff", t="10-25 18:50:03", q="Within two months", email="Sanne.Kloosterhoff@Zandhoeve-Opslag.nl"),
        r("whitlockerby", t="10-26 15:24:37", q="This month", title="CEO"),
        r("schneeberget", t="10-28 06:59:51", q="This month", title="Geschäftsführer"),
        r("clairmontel", t="10-30 10:40:28", q="Not sure yet"),
        r("lofgrensson", t="11-02 17:16:05", q="Not sure yet", email="sara.lofgrensson@kvistforsa.se"),
        r("?gads1", t="11-03 03:33:33", full="Qwerty Uiop", email="qwerty@qwerty.qwerty", phone="+358 1", company="no", title="no", q="Not sure yet"),
        r("ahlbergius", t="11-04 14:02:49", q="Within two months", how="nat"),
        r("krautwaldt", t="11-06 09:27:54", q="Within six months", email="sabine.krautwaldt@spessenglas.de"),
        r("weatherbyrne", t="11-09 12:45:30", q="Not sure yet"),
        r("hochwaldner", t="11-11 08:08:41", q="Within two months", title="Leiterin Einkauf"),
    ]
    for i, p in enumerate(rows):
        x.record(p, ["TeSt0000" if p.get("test") else "CiQAq%02dLvKx7-pW" % (11 + i * 3), at(p.t).strftime("%Y-%m-%d %H:%M:%S") + "+0000", p.full, p.email,
                         shape(p, p.get("how", "intl")), p.company, p.title, p.city, p.postal, iso[p.country], p.q,
                         "" if p.get("test") else "EAIaIQobChMI%02dz8k5Xq%02dAMVxY1QBh" % (i, 90 - i), "88213301977", "21744309%03d" % (7 if i % 2 else 8),
                         "Search - palletizing " + ("EN" if i % 2 else "Nordics"), "1673300215%02d" % (i % 4), "71889900122%d" % (i % 3), p.get("test", "false")])
    return x


# ---------------------------------------------------------------- 10. Eventbrite

def eventbrite():
    x = Export("exports/eventbrite_attendees.csv", "Eventbrite attendee list of an evening event: source trade_show (event)")
    x.quirks = ["UTF-8, comma, LF; one order with several tickets repeats the buyer's address for each guest",
                "questions as column headers, with apostrophe, comma and question mark; blank addresses",
                "Attendee Status Attending, Checked In, Not Attending, Refunded"]
    x.cells(["Order #", "Order Date", "First Name", "Surname", "Email", "Quantity", "Ticket Type", "Attendee Status", "Company", "Job Title", "Cell Phone",
             "What's your biggest warehouse headache?", "I'd like a call, please"])
    rows = [
        r("tuomikoura_r", o=1, d="2026-10-24", s="Checked In", how="natbare", q="uteliaisuus", call="No", email="riittatuomikoura.lv@gmail.com"),
        r("tuomikoura_k", o=1, d="2026-10-24", s="Checked In", how="natbare", q="", call="No", email="riittatuomikoura.lv@gmail.com"),
        r("suosaari", o=2, d="2026-10-25", s="Checked In", q="customers ask me about it", call="Yes"),
        r("kalliosola", o=3, d="2026-10-25", s="Checked In", q="selkä", call="No", email="ville.kalliosola.vnt@gmail.com"),
        r("hyllykoskela", o=4, d="2026-10-26", s="Checked In", q="none", call="No"),
        r("kotirinne", o=5, d="2026-10-26", s="Attending", q="thesis", call="No", title="Student"),
        r("salmivuorela", o=6, d="2026-10-27", s="Not Attending", q="", call="No"),
        r("finchley", o=7, d="2026-10-27", s="Checked In", q="Returns, returns, returns", call="Yes", first="Bill", title="MD", how="nat"),
        r("pennyweather", o=8, d="2026-10-28", s="Checked In", q="staff turnover", call="No", email="OLIVER.PENNYWEATHER@PENNYMOORFOODS.CO.UK", how="nat"),
        r("?guest_pen", o=8, d="2026-10-28", s="Checked In", co="pen", first="Guest", last="of Oliver", email="OLIVER.PENNYWEATHER@PENNYMOORFOODS.CO.UK", phone="", q="", call=""),
        r("saarelaidla", o=9, d="2026-10-29", s="Attending", q="ports", call="No", title="CEO"),
        r("dalmarken", o=10, d="2026-10-29", s="Checked In", q="truck queues", call="No"),
        r("foxgrovely", o=11, d="2026-10-30", s="Attending", q="", call="No"),
        r("brackenhurstt", o=12, d="2026-10-30", s="Refunded", q="none, I am retired", call="No"),
        r("?ivy", o=13, d="2026-10-31", s="Not Attending", first="Ivy", last="", email="", phone="", q="", call=""),
        r("quillfeather", o=14, d="2026-10-31", s="Checked In", q="I write about yours", call="No", email="rosalind.quillfeather+events@harrowgatefinch.co.uk"),
        r("bachmairle", o=15, d="2026-11-01", s="Attending", q="", call="No"),
        r("pirttisaari", o=16, d="2026-11-01", s="Checked In", q="", call="Yes", email="minna.pirttisaari@savonsarka.fi"),
        r("torvikoski", o=17, d="2026-11-02", s="Checked In", q="wrong picks", call="Yes", how="nat"),
        r("torvikoski", o=17, d="2026-11-02", s="Checked In", first="Anu", last="Torvikoski", q="wrong picks", call="Yes", how="nat", ticket="Workshop"),
    ]
    for p in rows:
        x.record(p, [118840200 + p.o, p.d, p.first, p.last, p.email, 1, p.get("ticket", "Evening"), p.s, p.company, p.title,
                         shape(p, p.get("how", "e164")), p.q, p.call])
    return x


# ---------------------------------------------------------------- 11. Typeform

def typeform():
    x = Export("exports/typeform_download.csv", "Typeform responses of a content download (a handbook): source content")
    x.quirks = ["UTF-8, comma, LF; question texts as headers, with `*emphasis*` and `{{field:...}}`; two columns called Other",
                "phones with a leading apostrophe; one multiple choice spread over a column per option",
                "one partial response; consent as a column of its own with the whole legal sentence as header"]
    consent = "I agree that Lavakko may send me articles and offers by e-mail. I can unsubscribe at any time."
    x.cells(["#", "What's your name?", "Thanks, {{field:01J9XK7Q}}. What's your *work email*?", "Which company are you with?", "What do you do there?",
             "Phone number", "Picking", "Palletizing", "Inventory", "Other", "When would you like to have it in use?", "Other", consent,
             "Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending"])
    rows = [
        r("kankaansuo", t="10-08 06:24:12", o="Picking,Palletizing", q="As soon as possible", ok="1", full="Paula Kankaansuo", how="none"),
        r("korpivuo", t="10-09 11:02:33", o="Inventory", q="Within a year", ok="1"),
        r("kalliosola", t="10-10 19:45:08", o="Picking", q="Just reading", ok="0", email="ville.kalliosola@rukkilanpakkaus.fi"),
        r("hyllykoskela", t="10-12 08:30:55", o="Picking,Inventory", q="Just reading", ok="0"),
        r("kotirinne", t="10-13 21:17:20", o="", other="my thesis", q="Other", other2="never, I am a student", ok="1", how="natbare", company="student", title="student"),
        r("dalmarken", t="10-14 12:50:47", o="Palletizing", q="Within six months", ok="1"),
        r("ortengrund", t="10-15 09:09:36", o="Inventory", q="Within six months", ok="1", how="none"),
        r("kragholmsen", t="10-16 13:28:14", o="Palletizing", q="Within two months", ok="1"),
        r("strohmaierl", t="10-19 10:55:02", o="Picking", q="Just reading", ok="0"),
        r("stapelmann", t="10-20 07:41:39", o="Picking,Palletizing,Inventory", q="Just reading", ok="0", company="private", email="u.stapelmann.hh@web.de", how="none"),
        r("jokiharjula", t="10-21 14:36:25", o="Inventory", q="Within six months", ok="1"),
        r("vesikansala", t="10-22 09:58:51", o="", q="Just reading", ok="1", how="none"),
        r("wislankowska", t="10-23 16:20:07", o="Palletizing", q="Within two months", ok="1", email="k.wislankowska+handbook@wislanka-magazyny.pl"),
        r("?tf1", t="10-24 02:02:02", o="", q="Just reading", ok="0", full="x", email="x@yopmail.com", company="x", title="x", phone=""),
        r("?tf2", t="10-26 18:33:44", o="Picking", q="", ok="", full="Jo", email="", company="", title="", phone="", partial=1),
        r("harjamaki", t="10-27 08:14:19", o="Picking,Palletizing", q="Within two months", ok="1"),
        r("lumivaaranen", t="10-28 10:47:58", o="Inventory", q="Within a year", ok="1", how="none"),
        r("ravnsholt", t="10-30 11:39:03", o="Palletizing", q="Just reading", ok="1"),
        r("zornbergh", t="11-02 22:05:41", o="Inventory", other="API", q="Just reading", ok="0", how="none"),
        r("sandovarez", t="11-04 17:52:16", o="Picking", q="Within a year", ok="1"),
        r("vaarakallas", t="11-06 07:26:32", o="Picking", q="Within six months", ok="1", email="tiina.vaarakallas@pohjanlava.fi "),
        r("penhallowe", t="11-10 20:11:00", o="Picking", q="Within six months", ok="1", email="grace.penhallowe@calderpointfulfillment.com"),
    ]
    for i, p in enumerate(rows):
        d = at(p.t)
        tel = shape(p, p.get("how", "intl"))
        x.record(p, ["%08x%s" % (0x5b1e0000 + i * 0x1357, "qz7m"[: 4]), p.full, p.email, p.company, p.title, "'" + tel if tel else "",
                         *(o if o in p.o.split(",") else "" for o in ("Picking", "Palletizing", "Inventory")), p.get("other", ""), p.q, p.get("other2", ""), p.ok,
                         "partial" if p.get("partial") else "completed", d.strftime("%Y-%m-%d %H:%M:%S"), "",
                         "" if p.get("partial") else (d + datetime.timedelta(seconds=95 + i)).strftime("%Y-%m-%d %H:%M:%S"), "%010x" % (0x9a3f4331 + i * 7919), "", ""])
    return x


# ---------------------------------------------------------------- the CRM and the opt-out list

def crm():
    x = Export("crm/crm_contacts.csv", "contacts already in the CRM (HubSpot shape): for matching, not leads")
    x.quirks = ["UTF-8, LF; owner and lifecycle stage of each contact", "13 of the people of the exports, most under another spelling, and 7 who occur nowhere else"]
    x.cells(["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Mobile Phone Number", "Company Name", "Job Title", "Country/Region",
             "Contact owner", "Lifecycle Stage", "Lead Status", "Create Date", "Last Activity Date"])
    rows = [
        r("saarenpelto", stage="customer", st="", last="Saarenpelto"), r("ahokangas", stage="opportunity", st="OPEN_DEAL", last="Ahokangas", email="seppo.ahokangas@pohjanlava.fi"),
        r("leppakentta", stage="customer", st="", how="nat"), r("ulappala", stage="lead", st="IN_PROGRESS", title="COO", how="nat"),
        r("vikstromer", stage="salesqualifiedlead", st="CONNECTED"), r("tornqvister", stage="lead", st="NEW", phone=""),
        r("kuehnertz", stage="opportunity", st="OPEN_DEAL"), r("oberlindner", stage="lead", st="UNQUALIFIED", phone="", email="j.oberlindner@weidtal-foerdertechnik.de"),
        r("moorcroftt", stage="opportunity", st="OPEN_DEAL", first="Katherine"), r("harboroughs", stage="customer", st=""),
        r("vanderhollow", stage="lead", st="ATTEMPTED_TO_CONTACT", how="nat", email="bob.vanderhollow@calderpointfulfillment.com"),
        r("egelunden", stage="evangelist", st="", email="METTE.EGELUNDEN@EGESKOVLUND.DK"), r("tidewellman", stage="lead", st="NEW", email="", how="nat"),
        r("?c1", co="kaa", first="Olavi", last="Tukkukangas", title="toimitusjohtaja", email="olavi.tukkukangas@kaarnatukku.fi", phone="+358 40 555 0181", stage="customer", st=""),
        r("?c2", co="kue", first="Renate", last="Oswaldt", title="Vorstand", email="renate.oswaldt@kuehnert-oswald.de", phone="", stage="customer", st=""),
        r("?c3", co="blu", first="Harlan", last="Keeneyboro", title="CEO", email="harlan.keeneyboro@bluestemharbor.com", phone="", stage="customer", st=""),
        r("?c4", co="bru", first="Stig", last="Kvarngrenius", title="lagerchef", email="stig.kvarngrenius@brunnsvalla.se", phone="+46 70 174 06 41", stage="lead", st="UNQUALIFIED"),
        r("?c5", co="hav", first="Birger", last="Nesvågen", title="CFO", email="birger.nesvagen@havbryn.no", phone="", stage="lead", st="NEW"),
        r("?c6", co="zan", first="Wouter", last="Kadepoort", title="CFO", email="wouter.kadepoort@zandhoeve-opslag.nl", phone="", stage="other", st=""),
        r("?c7", co="ruk", first="Teppo", last="Laatikkola", title="hallituksen jäsen", email="teppo.laatikkola@rukkilanpakkaus.fi", phone="", stage="lead", st=""),
    ]
    for i, p in enumerate(rows):
        d = datetime.datetime(2024, 2, 5, 9, 0) + datetime.timedelta(days=41 * i, minutes=17 * i)
        x.record(p, [30210 + i * 3, p.first, p.last, p.email, spaced(p.hq) if i % 2 else "", shape(p, p.get("how", "intl")), p.company, p.title, p.country,
                         OWNERS[i % 3], p.stage, p.st, d.strftime("%Y-%m-%d %H:%M"), (datetime.datetime(2026, 9, 1) + datetime.timedelta(days=2 * i)).strftime("%Y-%m-%d %H:%M")])
    return x


def opt_out():
    x = Export("suppress/opt_out.csv", "opt-out list of the newsletter tool: for suppression, not leads")
    x.quirks = ["UTF-8, LF; nine entries with an address, one with only a phone; other spelling (capitals, Gmail dots) than in the exports"]
    x.cells(["Email Address", "Phone", "Unsubscribed at"])
    for key, email, phone, when in (
            ("jokiharjula", "mikael.jokiharjula@merikoura.fi", "", "2026-10-02 08:15:00"),
            ("vesikansala", "Reetta.Vesikansala@savonsarka.fi", "", "2026-09-14 19:40:11"),
            ("hauglandsen", "oyvind.hauglandsen@fjordvikt.no", "", "2026-08-30 10:02:37"),
            ("dalmarken", "INGRID.DALMARKEN@GRABOLUND.SE", "", "2026-10-20 07:33:52"),
            ("strohmaierl", "k.strohmaierl@brandlhuber-lagerhaus.de", "", "2026-10-25 16:09:20"),
            ("tuomikoura_r", "r.iitta.tuomikoura.lv@gmail.com", "", "2026-11-01 12:00:00"),
            ("bluestoner", "tyler.bluestoner@bluestemharbor.com", "", "2026-07-07 21:45:03"),
            ("?p02", "sales@grabolund.se", "", "2025-12-01 09:00:00"),
            ("?never", "someone.else@spessenglas.de", "", "2026-01-15 14:30:00"),
            ("larkinsson", "", "+1 602-555-0103", "2026-10-30 18:20:00")):
        x.record(key, [email, phone, when])
    return x


# ---------------------------------------------------------------- writing

MAKERS = (meta, zoom, teams, scanner, hubspot, salesforce, linkedin, purchased, google, eventbrite, typeform, crm, opt_out)

INTENT = """\
## The leads that should come out on top

| person | why |
|---|---|
| Paula Kankaansuo, CEO, Vuoksenrauta Oy (FI, 240 people) | wants a quote for four robots at once; scanned at the show, two Meta leads (`immediately`), watched the webinar to the end in three sessions (60 minutes), downloaded the handbook, on the purchased list and on LinkedIn |
| Magnus Åsbrinkell, CEO (VD), Brunnsvalla Livs AB (SE, 310) | wants a quote for twelve robots before Christmas; show, Meta (the same lead twice), webinar to the end, LinkedIn |
| Heike Wallraffen, managing director, Weidtal Fördertechnik (DE, 650) | quote for 20 vehicles, decides in November; Google Ads (`This month`), show (no address there, same phone), webinar to the end |
| Timo Kivilinnala, CEO, Teräslinko Oy (FI, 95) | asks for a demonstration within a month; show, Meta under a Gmail address, Google Ads |
| Seppo Ahokangas-Lehto, logistics director, Pohjanlava (FI, 420) | quote wanted; show, webinar, Salesforce, HubSpot; known to the CRM with an open deal: belongs to its owner |
| Oskari Koivulehtola, CEO, Merikoura Oyj (FI, 1200) | demonstration within two months; show, Meta, purchased list |
| Åsa Vikströmer, COO, Gråbolund Transport (SE, 520) | has the budget, wants a quote; webinar, Teams, Salesforce; known to the CRM |

Set aside: Marjo Rukkilainen (bought from a competitor). Competitors: Hyllyvahti Oy and Stapelkraft Software GmbH.
Students and job-hunters: Ville-Matti Kotirinne, Tamsin Foxgrovely (intern), Nigel Brackenhurstt (retired).

## People who are easily joined, or joined by mistake

* Riitta and Kalle Tuomikoura: two people, one phone, one order with one address (hers). Not to be joined; Riitta's address is on the opt-out list,
  so Kalle's ticket, which bears it, is suppressed too and his other records are not.
* Gunilla and Gunnel Vretlundh: two people of one company with the same title. Not to be joined.
* Oliver Pennyweather and "Guest of Oliver": one address, two people; info@, sales@, purchasing@ addresses and switchboards join nobody.
* Same person, other spelling: William and Bill Finchley-Shaw, Katherine and Kate Moorcroftt, Robert and Bob Vanderhollow, Jürgen and Juergen Oberlindner,
  Paweł and Pawel Magazynowski, Åsa Vikströmer and Asa Vikstromer, Maximilian and Max von der Ahlen, Pieter van der Zandhoeven with first and last name swapped.
* Same phone and name, other address: Timo Kivilinnala, Ville Kalliosola, Sami Hyllykoskela. Name and company without address: the LinkedIn rows.

## Opted out

On the list `suppress/opt_out.csv`, all occur in the exports but one: see the table below. In the exports themselves: Reetta Vesikansala and Lucia Sandovarez
(HubSpot, unsubscribed from all email), Fiona Thistledowne and Nigel Brackenhurstt (Salesforce, Email Opt Out).
"""


def label(key):
    p = PERSON.get(key)
    return f"{p.first} {p.last}, {p.company or 'private'}" if p else "(" + key[1:] + ")"


def description(files):
    out = ["# The example exports", "",
           "Written by `make_exports.py` from one cast of invented people; see there for who is who. Dates lie in autumn 2026: use `--as-of 2026-11-20`.",
           "*Records* are the data rows of the lead table, test leads included; preamble, footers and other tables (hosts, panelists, dial-ins, activities) are not.", "",
           "| file | records | test leads | neither address nor phone | bytes |", "|---|---|---|---|---|"]
    for x in files:
        out.append(f"| {x.name} | {x.records} | {x.tests} | {x.bare} | {len(x.bytes())} |")
    leads = [x for x in files if x.name.startswith("exports/")]
    seen = {}
    for x in leads:
        for key, line in x.where:
            if not key.startswith("?"):
                seen.setdefault(key, {}).setdefault(x.name, []).append(line)
    others = sorted({k for x in leads for k, _ in x.where if k.startswith("?")} - {"?test"})
    spread = [len(v) for v in seen.values()]
    out += ["", f"{sum(x.records for x in leads)} records in {len(leads)} exports, of {len(seen)} people of the cast and {len(others)} one-off rows "
            f"(shared mailboxes, rubbish, own staff, people met once); {sum(n > 1 for n in spread)} people are in two exports or more, {sum(n > 2 for n in spread)} in three or more.", ""]
    for x in files:
        out += [f"## {x.name}", "", x.title[0].upper() + x.title[1:] + ".", ""]
        out += [f"* {q}" for q in x.quirks]
        if x.skipped:
            out.append(f"* not records: {x.skipped}")
        out += ["", f"Records: {x.records}" + (f", of them {x.tests} test lead" if x.tests else "") + (f"; with neither address nor phone: {x.bare}" if x.bare else "") + ".", ""]
    out += [INTENT, "## Who is in which file", "", "Line numbers are physical lines where the record starts.", "", "| person | where | CRM, opt-out |", "|---|---|---|"]
    side = {}
    for x in files[len(leads):]:
        for key, line in x.where:
            side.setdefault(key, []).append(f"{os.path.basename(x.name)}:{line}")
    for key in PERSON:
        if key in seen:
            where = "; ".join(f"{os.path.basename(n)}:{','.join(map(str, lines))}" for n, lines in seen[key].items())
            out.append(f"| {label(key)} | {where} | {'; '.join(side.get(key, []))} |")
    return "\n".join(out) + "\n"


def main():
    files = [make() for make in MAKERS]
    written = {x.name: x.bytes() for x in files}
    written["EXPORTS.md"] = description(files).encode()
    written["exports.expected.tsv"] = ("file\trecords\n" + "".join(
        f"{os.path.basename(x.name)}\t{x.records}\n" for x in files if x.name.startswith("exports/"))).encode()
    if "--check" in sys.argv[1:]:
        wrong = [n for n, b in written.items() if not os.path.exists(os.path.join(HERE, n)) or open(os.path.join(HERE, n), "rb").read() != b]
        for n in wrong:
            print(f"make_exports.py: {n} differs", file=sys.stderr)
        return 1 if wrong else 0
    for name, data in written.items():
        path = os.path.join(HERE, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)
    unused = set(PERSON) - {key for x in files for key, _ in x.where}
    assert not unused, unused
    return 0


if __name__ == "__main__":
    sys.exit(main())
