#!/usr/bin/env python3
"""Makes rules/header_synonyms.tsv: which header of an export means which column of ours.

    python3 rules/refresh/header_synonyms.py TABLE > rules/header_synonyms.tsv

TABLE is tab-separated with a heading: lang, field, synonym, source. It holds headers seen in export
files, in importers and in the translated labels of address-book and CRM software (Roundcube,
EspoCRM, Dolibarr, tine20), one short label a row, collected as facts with the grade of evidence as a
letter. What is below (CHANGED, ADDED, PHRASES) is the project's own: it splits opt-outs by channel,
takes company data away from the person, gives ranks, and adds the columns that the table lacks.
"""
import sys

LANGUAGES = "en fi sv is no da de fr es it pt nl pl et hu ja".split()

# The fields of the table under the project's names.
FIELDS = {"email2": "email_other", "state": "region"}

# Synonyms that mean something else than the table says, or less: (field of the table, synonym) ->
# field, and None to leave it out.
CHANGED = {
    "phone": {
        "company hq phone": "company_phone", "company phone": "company_phone",
        "corporate phone": "company_phone", "yrityspuhelin": "company_phone",
        "telefon firma": "company_phone", "kotipuhelin": "phone_other",
        "heimasími": "phone_other", "telefon (privat)": "phone_other",
        "telefon geschäftlich 2": "phone_other",
    },
    "mobile": {"home mobile": "phone_other"},
    "country": {"company country": "company_country", "stato": None},
    "street": {"kotiosoite": "street", "home address": "address", "address": "address",
               "osoite": "address", "adress": "address", "adresse": "address",
               "dirección": "address", "indirizzo": "address", "endereço": "address",
               "adres": "address", "heimilisfang": "address", "anschrift": "address"},
    "website": {"domain": "website", "company domain name": "website", "internet": "website"},
    "linkedin": {"url": None, "profile url": "linkedin"},
    "lead_source": {"mistä kuulit meistä": None, "platform": None, "referrer": None, "data source": None, "source name": None,
                    "utm source": "utm_source", "utm_source": "utm_source", "kanava": "lead_source",
                    "original source": "lead_source", "bron": "lead_source"},
    # A privacy tick says that the notice was read, not that mail is wanted.
    "consent": {"privacy": None, "dsgvo": None, "rgpd": None, "avg": None, "lgpd": None,
                "rodo": None, "marketing status": "subscription"},
    # A cancelled registration for an event is no opt-out.
    "opt_out": {"cancelado": None, "cancellato": None, "peruutettu": None, "rezygnacja": None,
                "zrezygnowano": None},
    "notes": {"info": "notes"},
    "job_title": {"título": None, "titolo": None, "titre": None, "titel": None, "tittel": None,
                  "title": None, "tytuł": None, "asema": "job_title"},
    "full_name": {"display name": None, "user name": None, "owner name": None, "name": None, "nom": None, "nome": None, "namn": None,
                  "navn": None, "nimi": None, "naam": None, "nazwa": None, "nafn": None,
                  "kontakt": "full_name", "nominativo": "full_name"},
    "first_name": {"nominativo": None, "nome": None, "nombre": None},
    "last_name": {"nom": None},
    "company": {"asiakas": None, "kund": None, "kunde": None, "nazwa firmy": "company"},
    "region": {"estado": None, "stat": None, "state": None, "region": None, "region R": None,
               "región": None, "région": None, "område/region": "region", "alue": "region",
               "stato/provincia": "region"},
    "salutation": {},
    "created_at": {"optin_time": "consent_at", "data": None, "date": None, "dato": None, "datum": None, "fecha": None,
                   "pvm": None, "päivämäärä": None, "dagsetning": None},
}

# What an opt-out is about, by a word in it. First hit wins; what has none is about e-mail.
OPT_OUT = [
    ("opt_out_phone", ["call", "soittaa", "ring", "hringja", "anrufe", "appeler", "llamar", "chiamare",
                       "ligar", "bellen", "dzwo", "forstyrr", "nix", "liste rouge"]),
    ("opt_out_all", ["kielto", "sperr", "reservert", "robinson", "opposition", "sprzeciw", "bannmerkt",
                     "contactar"]),
]

# field lang [rank]: synonyms. "*" is any language. Rank orders the columns that fill one field: the
# first that holds something wins; rank 9 are those that count only when there is no other.
ADDED = """
email en: work email; business email; company email; e-mail work; attendee email; invitee email; guest email; business e-mail; corporate email; business email address; work email address; customer email; email (work); participant email; registrant email; emailaddress1; email from; email addresses; e-mail addresses; e mail id; mail id
email fi: työsähköposti; sähköposti (työ); sähköpostiosoitteesi; spostiosoite
email sv: e-post arbete; jobbmejl; jobbmail; din e-post; e-mail; email
email no: e-post arbeid; jobb e-post; din e-post; e-mail; email
email da: e-mail arbejde; arbejdsmail; din e-mail; e-post
email de: e-mail geschäftlich; geschäftliche e-mail; e-mail (geschäftlich); firmen-e-mail; dienstliche e-mail; ihre e-mail-adresse
email fr: e-mail professionnel; email professionnel; adresse e-mail professionnelle; adresse électronique; adresse courriel; adresse email; votre e-mail
email es: correo corporativo; email profesional; correo profesional; correo de trabajo; correo electronico; dirección de email; dirección de correo electrónico
email it: email aziendale; e-mail aziendale; email lavoro; indirizzo mail; indirizzo di posta elettronica
email pt: email corporativo; e-mail corporativo; email profissional; e-mail profissional; endereço de email
email nl: zakelijk e-mailadres; werk e-mail; werk email; zakelijke email
email pl: e-mail służbowy; email służbowy; adres poczty elektronicznej; służbowy adres e-mail
email is: netfang vinnu; email; e-mail
email_other en: secondary email address; alternate email; alternative email; other email; personal email; private email; home email; email 2; email - 2; e-mail 2; e-mail 2 - value; e-mail 3 - value; e-mail 3 address; email address 2; second email; tertiary email; emailaddress2; additional email; additional emails; person email other
email_other fi: toinen sähköposti; sähköposti 2; yksityinen sähköposti; oma sähköposti
email_other sv: e-post 2; privat e-post; alternativ e-post; annan e-post; e-post privat
email_other no: e-post 2; privat e-post; alternativ e-post; e-post privat
email_other da: e-mail 2; privat e-mail; alternativ e-mail
email_other de: e-mail 2; e-mail privat; private e-mail; weitere e-mail; zweite e-mail; alternative e-mail
email_other fr: e-mail 2; e-mail secondaire; email secondaire; e-mail personnel; email personnel; courriel secondaire
email_other es: correo secundario; email secundario; correo personal; email 2; otro correo
email_other it: email secondaria; e-mail secondaria; email personale; email 2
email_other pt: e-mail secundário; email secundário; email pessoal; e-mail pessoal; email 2
email_other nl: e-mail 2; tweede e-mail; privé e-mail; persoonlijk e-mailadres
email_other pl: e-mail 2; dodatkowy e-mail; prywatny e-mail; e-mail prywatny
first_name en: given names; first names; firstnames; name first; christian name; preferred first name; attendee first name; guest first name
first_name fi: etunimet; kutsumanimi
first_name sv: tilltalsnamn; förnamn(en)
first_name fr: prénoms; prénom(s); votre prénom
first_name es: primer nombre; nombre de pila; nombre(s)
first_name pt: nome próprio; primeiro nome
first_name is: fyrra nafn
first_name nl: roepnaam; voornamen
last_name en: family name; name last; surnames; attendee last name; attendee surname; guest last name
last_name de: familienname; zuname
last_name es: apellido(s); primer apellido
last_name fr: nom(s) de famille; nom famille; votre nom de famille
last_name nl: familienaam
last_name sv: släktnamn
full_name en: fullname; your name; first and last name; first & last name; name and surname; contact person; contact full name; person name; participant; participant name; attendee; visitor name; visitor; guest name; customer name; lead name; invitee name; prospect name; full name (original name); registrant; registrant name; name of contact; key contact
full_name fi: nimesi; etunimi ja sukunimi; etu- ja sukunimi; osallistuja; osallistujan nimi; yhteyshenkilön nimi; kävijä; henkilö; asiakkaan nimi; kontakti; nimi (etunimi sukunimi)
full_name sv: för- och efternamn; förnamn och efternamn; deltagare; besökare; kontakt; deltagarens namn; ditt namn
full_name no: for- og etternavn; fornavn og etternavn; deltaker; besøkende; kontakt; ditt navn
full_name da: for- og efternavn; fornavn og efternavn; deltager; besøgende; kontakt; dit navn
full_name de: vor- und nachname; vorname nachname; vorname und nachname; teilnehmer; besucher; kontaktperson; ihr name; vor-/nachname
full_name fr: prénom et nom; nom et prénom; nom prénom; participant; visiteur; interlocuteur; personne de contact; nom du contact; votre nom
full_name es: nombre y apellido; nombre y apellidos; participante; asistente; visitante; persona de contacto; nombre del contacto
full_name it: nome e cognome; cognome e nome; partecipante; visitatore; persona di riferimento; nome contatto
full_name pt: nome e sobrenome; nome e apelido; participante; visitante; pessoa de contato; pessoa de contacto
full_name nl: voor- en achternaam; voornaam en achternaam; deelnemer; bezoeker; contact
full_name pl: imię i nazwisko; uczestnik; odwiedzający; osoba do kontaktu; nazwisko i imię
full_name is: þátttakandi; gestur; nafn tengiliðar
full_name en 3: name
full_name en 4: display name; user name
full_name fi 3: nimi
full_name sv 3: namn
full_name no 3: navn
full_name da 3: navn
full_name de 3: name
full_name nl 3: naam
full_name is 3: nafn
full_name fr 3: nom
full_name es 3: nombre
full_name it 3: nome
full_name pt 3: nome
full_name pl 3: nazwa
last_name de: name
last_name fr: nom
last_name nl: naam
first_name es: nombre
first_name it: nome
first_name pt: nome
company en 3: name
company pl: nazwa
company fi 3: nimi; asiakas
company sv 3: kund; namn
company de 3: kunde; name
company no 3: kunde
company da 3: kunde
full_name fi 5: asiakas
full_name sv 5: kund
full_name de 5: kunde
full_name no 5: kunde
full_name da 5: kunde
middle_name en: middle names; second name; additional names; middlename
middle_name fi: toinen etunimi; muut etunimet
middle_name sv: andranamn
middle_name de: zweiter name
middle_name is: millinafn
salutation en: name prefix; honorific; courtesy title; mr/mrs; form of address; salutations; prefix
salutation fi: puhuttelu; etuliite
salutation sv: hälsningsfras; tilltal
salutation no: tiltale; hilsen
salutation da: tiltale; tiltaleform
salutation de: anrede; akademischer titel; namenszusatz
salutation fr: civilité; civ.; civ
salutation es: tratamiento; saludo
salutation it: appellativo; saluto
salutation pt: tratamento; saudação
salutation nl: aanhef; aanspreking; voorvoegsel
salutation pl: zwrot grzecznościowy; forma grzecznościowa
salutation is: ávarp
salutation en 5: title
salutation de 5: titel
salutation fr 5: titre
salutation es 5: título
salutation it 5: titolo
salutation pt 5: título
salutation sv 5: titel
salutation da 5: titel
salutation nl 5: titel
salutation no 5: tittel
salutation pl 5: tytuł
name_suffix en: suffix; name suffix; credentials; degree
phone en: direct phone; direct number; direct line; direct; direct dial number; office phone; office; work phone number; phone (work); telephone number; phone no; phone no.; tel no; tel number; contact number; contact phone; contact no; best phone number; phone1; phone 1; attendee phone; daytime phone; business phone number; work number; ph; phone nbr; phonenumber; work telephone; telephone1
phone en 1: other telephone
phone fi: puhelinnumerosi; puhelin työ; puhelin (työ); suora numero; puhelinnumero (työ); puhelin 1
phone sv: telefon arbete; direktnummer; ditt telefonnummer; telefon 1; direkttelefon; tel
phone no: telefon arbeid; direktenummer; telefonnr; telefonnr.; tlf.nr; tlfnr
phone da: telefonnr.; telefonnr; direkte nummer; direkte telefon; tlf.nr; tlf nr
phone de: telefonnr.; telefonnr; tel.-nr.; telefon 1; festnetz; telefon dienstlich; telefon direkt; telefon (geschäftlich); ihre telefonnummer
phone fr: téléphone professionnel; téléphone pro; tél direct; téléphone direct; ligne directe; n° de téléphone; numéro de tel; tel; telephone
phone es: teléfono de trabajo; teléfono directo; teléfono fijo; teléfono de contacto; nº de teléfono; telefono; teléfono 1
phone it: telefono ufficio; telefono diretto; numero telefonico; recapito telefonico; telefono 1; numero telefono
phone pt: telefone comercial; telefone fixo; telefone de contato; telefone de contacto; número de telefone; tel.; telefone 1
phone nl: telefoonnr; telefoonnr.; telefoon werk; telefoon zakelijk; doorkiesnummer; vast nummer; telefoon 1
phone pl: telefon stacjonarny; nr tel; nr tel.; numer kontaktowy; telefon kontaktowy; telefon bezpośredni
phone is: sími vinna; beinn sími; símanr
phone_other en: other phone; home phone; phone 2; phone 3; business phone 2; phone 2 - value; phone 3 - value; home phone 2; alternate phone; alt phone; alternative phone; secondary phone; second phone; phone2; evening phone; other phone number; person - phone - home; person - phone - other; assistant's phone; private phone; phone (home); telephone2
phone_other fi: muu puhelin; puhelin 2; toinen puhelin; puhelin koti
phone_other sv: annan telefon; telefon 2; hemtelefon; telefon hem; telefon privat
phone_other no: annen telefon; telefon 2; telefon privat; hjemmetelefon
phone_other da: anden telefon; telefon 2; privattelefon; telefon privat
phone_other de: weiteres telefon; telefon 2; telefon privat; telefon (privat) 2; privattelefon; weitere telefonnummer
phone_other fr: autre téléphone; téléphone 2; téléphone personnel; téléphone (domicile); téléphone domicile
phone_other es: otro teléfono; teléfono 2; teléfono particular; teléfono secundario; teléfono de casa
phone_other it: altro telefono; telefono 2; telefono casa; telefono abitazione
phone_other pt: outro telefone; telefone 2; telefone residencial; telefone de casa
phone_other nl: andere telefoon; telefoon 2; telefoon privé; telefoon thuis
phone_other pl: inny telefon; telefon 2; telefon domowy; telefon prywatny
phone_ext en: extension; ext; ext.; phone ext; phone ext.; phone ext-; phone extension; work phone extension; tel extension
phone_ext fi: alanumero
phone_ext sv: anknytning
phone_ext de: durchwahl nr; nebenstelle
phone_ext fr: poste téléphonique; poste tel
phone_ext es: extensión
phone_ext nl: toestel; toestelnummer
phone_ext da: lokalnummer
mobile en: mobile no; mobile no.; mobile telephone; cellphone; cell number; cell phone number; cellular; cellular phone; mobile #; cell #; whatsapp; whatsapp number; mob; mob.; mobile 1; mobile (work); mobile number (with country code); mobilenumber; phone - mobile; phone mobile; phone (mobile); telephone mobile
mobile fi: gsm-numero; matkapuhelinnumerosi; kännykkänumero; matkapuh; matkapuh.; mobiilinumero; puhelin mobiili
mobile sv: mobilnr; mobilnr.; mobil nr; mobiltelefonnummer; mobil arbete; telefon mobil
mobile no: mobilnr; mobilnr.; mobiltlf; mobiltelefonnummer; telefon mobil
mobile da: mobilnr; mobil nr.; mobiltlf.; mobiltelefonnummer; mobil tlf
mobile de: mobilfunknummer; mobiltelefonnummer; handynr; handynr.; handy-nr.; mobilfunk; mobilnr.; telefon (mobil); mobil geschäftlich
mobile fr: portable professionnel; numéro de portable; mobile pro; tél. portable; tel portable; téléphone mobile; numéro de mobile; n° de mobile
mobile es: teléfono celular; móvil profesional; número de móvil; número de celular; movil
mobile it: cellulare aziendale; numero di cellulare; cell; cell.; mobile; numero cellulare
mobile pt: telemovel; número de celular; número de telemóvel; telefone celular; telefone móvel
mobile nl: mobiel nummer; mobiele nummer; gsm-nummer; mobiel telefoonnummer
mobile pl: tel. komórkowy; numer komórkowy; nr komórki; tel. kom.; komórkowy
mobile is: gsm númer; farsímanr
company en: company/organization; company or organization; company/organisation; company name (business); organisation name; organization name; business name; business; company (legal name); firm; institution; account; companyname; accountname; name of company; name of organization; your company; affiliation; employer name; company or institution; institution/company; billing company; partner name; parent account; legal name; trading name; company legal name; exhibitor; company / institution
company fi: yritys/organisaatio; yritys tai organisaatio; organisaation nimi; yrityksesi; organisaatiosi; yhteisö; oppilaitos; työpaikka; yritys / organisaatio; toiminimi; yrityksen virallinen nimi; laskutusnimi; asiakasyritys
company sv: företag/organisation; organisationens namn; organisationsnamn; företagets namn; ditt företag; arbetsplats; firmanamn; firma/organisation; bolagsnamn; kundnamn; kundföretag
company no: bedriftsnavn; firma/organisasjon; organisasjonsnavn; bedrift/organisasjon; selskapsnavn; arbeidssted; foretaksnavn; kundenavn
company da: virksomhedsnavn; firma/organisation; virksomhed/organisation; organisationsnavn; arbejdsplads; kundenavn; virksomhedens navn
company de: firma/organisation; firmenbezeichnung; unternehmen/organisation; firma / organisation; name des unternehmens; organisationsname; institution; betrieb; kundenname; ihr unternehmen; firma 1
company fr: société/organisation; nom de la société; nom entreprise; nom société; nom de l’entreprise; organisme; établissement; nom de l'organisation; compagnie; dénomination sociale
company es: nombre empresa; empresa/organización; nombre de la organización; nombre de la compañía; institución; entidad; denominación social; nombre comercial
company it: nome azienda; nome società; azienda/organizzazione; nome dell'azienda; ente; istituzione; denominazione; nome impresa
company pt: nome empresa; empresa/organização; nome da organização; instituição; entidade; denominação social; organização/empresa
company nl: naam bedrijf; bedrijf/organisatie; naam organisatie; organisatienaam; instelling; naam onderneming; klantnaam; handelsnaam
company pl: firma/organizacja; nazwa przedsiębiorstwa; nazwa organizacji; instytucja; nazwa klienta; spółka
company is: fyrirtækisnafn; heiti fyrirtækis; fyrirtæki/stofnun; vinnuveitandi
company_id fi: y-tunnus; ytunnus; yritystunnus; y-tunnus / vat; alv-tunnus; alv-numero; alv-nro
company_id sv: org.nr; orgnr; org nr; organisationsnummer; org.nummer; org-nr; momsregistreringsnummer; momsnummer; vat-nummer; organisationsnr
company_id no: org.nr; orgnr; org nr; organisasjonsnummer; org.nummer; organisasjonsnr; foretaksnummer
company_id da: cvr; cvr-nummer; cvr-nr; cvr-nr.; cvr nr; cvr nr.; cvr nummer; se-nummer; momsnummer; cvrnummer
company_id is: kennitala fyrirtækis; kennitala; vsk-númer; vsk númer
company_id de: ust-idnr.; ust-idnr; ust-id; ust-id-nr.; umsatzsteuer-id; umsatzsteuer-identifikationsnummer; handelsregisternummer; hrb; uid; uid-nummer; hr-nummer; steuernummer
company_id fr: siren; siret; n° siret; numéro siret; numéro siren; n° tva; numéro de tva; tva intracommunautaire; n° tva intracommunautaire
company_id es: cif; nif; cif/nif; nif/cif; n.i.f.; c.i.f.; rfc; número de iva; id fiscal
company_id it: partita iva; p. iva; p.iva; piva; partita iva / codice fiscale; codice fiscale azienda
company_id pt: cnpj; nipc; nif da empresa; número de contribuinte
company_id nl: kvk; kvk-nummer; kvk nummer; kvk-nr; btw-nummer; btw nummer; btw-nr; handelsregisternummer
company_id pl: nip; regon; krs; nr nip; numer nip
company_id en: vat number; vat no; vat no.; vat id; vat; vat registration number; company id; company number; business id; company registration number; registration number; company reg no; company reg. no.; org number; organization number; organisation number; org. number; business registration number; ein; tax id; tax number; crn; registry code; company vat; eu vat number
employees en: employees; # employees; number of employees; no. of employees; no of employees; employee count; employee range; company size; size of company; headcount; company headcount; # of employees; numberofemployees; employees (total); employees total; staff; staff size; organization size; organisation size; company employees; num employees; employees count; business size
employees fi: henkilöstömäärä; henkilöstö; henkilömäärä; henkilöstön määrä; työntekijöitä; työntekijämäärä; yrityksen koko; henkilökunta; työntekijöiden määrä; koko (hlö); henkilöstön koko
employees sv: antal anställda; anställda; företagsstorlek; antal medarbetare; storlek; antal anst.; organisationens storlek
employees no: antall ansatte; ansatte; bedriftsstørrelse; firmastørrelse; antall medarbeidere
employees da: antal ansatte; antal medarbejdere; virksomhedsstørrelse; medarbejdere; ansatte; firmastørrelse
employees is: fjöldi starfsmanna; starfsmannafjöldi; stærð fyrirtækis
employees de: mitarbeiter; mitarbeiterzahl; anzahl mitarbeiter; unternehmensgröße; mitarbeiteranzahl; firmengröße; anzahl der mitarbeiter; beschäftigte; betriebsgröße
employees fr: effectif; effectifs; nombre d'employés; nombre d’employés; nombre de salariés; taille de l'entreprise; taille de l’entreprise; nb de salariés; salariés
employees es: empleados; número de empleados; nº de empleados; tamaño de la empresa; plantilla; tamaño empresa
employees it: dipendenti; numero dipendenti; numero di dipendenti; n. dipendenti; dimensione azienda; addetti
employees pt: funcionários; número de funcionários; nº de funcionários; tamanho da empresa; colaboradores; número de colaboradores
employees nl: medewerkers; aantal medewerkers; aantal werknemers; bedrijfsgrootte; werknemers; bedrijfsomvang
employees pl: liczba pracowników; wielkość firmy; zatrudnienie; pracownicy; ilość pracowników
industry en: industry; primary industry; company industry; sector; business sector; industry sector; line of business; vertical; industry vertical; industries; business type; field of business; market segment; branch of industry
industry fi: toimiala; ala; päätoimiala; liiketoiminta-ala; teollisuudenala
industry sv: bransch; näringsgren; sektor; verksamhetsområde
industry no: bransje; næring; sektor; industri
industry da: branche; industri; sektor
industry is: atvinnugrein; geiri; starfsgrein
industry de: branche; industrie; wirtschaftszweig; sektor; industriezweig
industry fr: secteur; secteur d'activité; secteur d’activité; industrie; branche; activité
industry es: sector; industria; sector de actividad; rubro; giro; ramo
industry it: settore; settore di attività; industria; settore merceologico
industry pt: setor; sector; ramo; ramo de atividade; indústria; setor de atividade; segmento
industry nl: branche; sector; industrie; bedrijfstak
industry pl: branża; sektor; przemysł; sektor działalności
industry en 1: sub-industry; primary sub-industry; industry 2
job_title en: jobtitle; job role; job position; job; business title; professional title; position/title; title/position; job title/role; job function title; work position; your role; your job title; contact title; person title; headline; current position; current title; designation; professional headline; job title / position
job_title fi: asema yrityksessä; työtehtävä; toimi; tehtävä; tittelisi; ammatti; asema/titteli; titteli/asema; toimenkuva; virka
job_title sv: arbetstitel; yrkestitel; befattning/titel; yrke; tjänstetitel; din roll; arbetsroll; tjänst
job_title no: stilling/tittel; yrkestittel; yrke; din rolle; arbeidstittel
job_title da: stilling/titel; job titel; din rolle; erhverv; jobfunktion
job_title de: berufstitel; stelle; tätigkeit; funktion/position; position im unternehmen; stellung; position/funktion; jobbezeichnung
job_title fr: titre du poste; intitulé de poste; métier; poste occupé; fonction dans l'entreprise; emploi; intitulé du poste; poste/fonction
job_title es: puesto; cargo en la empresa; cargo/puesto; profesión; ocupación; posición; título del puesto; nombre del puesto
job_title it: posizione lavorativa; ruolo aziendale; qualifica professionale; titolo professionale; incarico; funzione
job_title pt: cargo/função; posição; título do cargo; função/cargo
job_title nl: functiebenaming; beroep; positie; functietitel
job_title pl: nazwa stanowiska; zajmowane stanowisko; pozycja; zawód
job_title is: starf; hlutverk; starf/titill
job_title en 2: title
job_title de 2: titel
job_title fr 2: titre
job_title es 2: título
job_title it 2: titolo
job_title pt 2: título
job_title sv 2: titel
job_title da 2: titel
job_title nl 2: titel
job_title no 2: tittel
job_title pl 2: tytuł
seniority en: seniority; seniority level; management level; job level; level; job title hierarchy level; job seniority; career level; decision level
seniority fi: organisaatiotaso; taso
seniority sv: befattningsnivå; nivå
seniority no: stillingsnivå
seniority da: stillingsniveau
seniority de: karrierestufe; hierarchieebene; führungsebene
seniority fr: niveau hiérarchique; ancienneté
seniority es: nivel jerárquico; nivel
seniority it: livello; seniority; livello gerarchico
seniority pt: senioridade; nível hierárquico; nível
seniority nl: functieniveau; senioriteit
seniority pl: poziom stanowiska; szczebel
department en: department; departments; dept; dept.; job function; function; organization department; division; business unit; team; functional area; company division name; unit; person - department
department fi: osasto; yksikkö; tiimi; toiminto
department sv: avdelning; enhet
department no: avdeling; enhet; funksjon
department da: afdeling; enhed
department is: deild; svið
department de: abteilung; bereich; fachbereich; ressort; geschäftsbereich
department fr: service; département (entreprise); direction; division
department es: departamento; área; división
department it: reparto; dipartimento; ufficio; divisione; area
department pt: departamento; área; divisão; setor/departamento
department nl: afdeling; divisie
department pl: dział; departament; wydział
street en: street 1; street1; address line1; address1; addressline1; mailing address; street name; business address street; work street; shipping street; person address; street address 1; address1 line1; address street; business address; work address; work address street; address 1; postal address; billing street; residential street
street fi: osoiterivi 1; postiosoite 1; toimitusosoite; käyntiosoite; laskutusosoite
street sv: adressrad 1; adress 1; besöksadress; utdelningsadress; leveransadress
street no: adresselinje 1; adresse 1; besøksadresse; leveringsadresse; gateadresse 1
street da: adresselinje 1; adresse 1; gadenavn; gade og nr; vej og nr; vejnavn og nr; leveringsadresse
street de: adresszeile 1; adresse 1; strasse und hausnummer; straße & hausnummer; straße/nr.; straße / hausnummer; straße, hausnummer; str.; str; straße/hausnummer; straße nr.
street fr: adresse 1; adresse ligne 1; adresse postale; n° et rue; numéro et rue; rue et numéro; voie
street es: dirección 1; domicilio fiscal; dirección postal; calle y número
street it: indirizzo 1; via e numero; via/piazza; via e numero civico
street pt: endereço 1; rua e número; morada 1; endereço comercial
street nl: adres 1; straatnaam; straat en huisnummer; straat + huisnummer; bezoekadres; postadres
street pl: ulica i numer; adres 1; ulica i nr; ulica nr
street is: heimilisfang 1; gata og númer
street_more en: street 2; street 3; street2; address 2; address 3; address line 2; address line2; address line 3; address2; addressline2; business street 2; business street 3; street address 2; mailing street 2; apartment; suite; apt; address1 line2; address 1 - extended address; apt/suite; building; apartment/suite; address 1 - po box; po box; p.o. box; person street 2; floor
street_more fi: osoiterivi 2; osoite 2; postilokero; pl
street_more sv: adressrad 2; adress 2; c/o; co-adress; c/o adress; box; postbox
street_more no: adresselinje 2; adresse 2; c/o; postboks
street_more da: adresselinje 2; adresse 2; c/o; postboks; etage
street_more de: adresszeile 2; adresse 2; adresszusatz; postfach; straße geschäftlich 2; straße geschäftlich 3; zusatz
street_more fr: adresse 2; complément d'adresse; complément d’adresse; adresse ligne 2; boîte postale; bp
street_more es: dirección 2; complemento de dirección; apartado de correos
street_more it: indirizzo 2; casella postale
street_more pt: endereço 2; complemento; caixa postal
street_more nl: adres 2; postbus
street_more pl: adres 2; skrytka pocztowa
house_number en: house number; house no; house no.; street number; building number
house_number fi: talonumero
house_number sv: gatunummer; husnummer
house_number no: gatenummer; husnummer; husnr
house_number da: husnummer; husnr; husnr.; hus nr.
house_number de: hausnummer; hausnr.; hausnr; haus-nr.
house_number fr: numéro de rue; n° de rue; numéro de voie
house_number es: número exterior; número de calle; num. calle
house_number it: numero civico; n. civico; civico
house_number pt: número da porta; nº da porta
house_number nl: huisnummer; huisnr; huisnr.
house_number pl: nr domu; numer domu; nr budynku
house_number is: húsnúmer
address en: full address; address 1 - formatted; complete address; formatted address; address (full); location address
address fi: koko osoite; täydellinen osoite
address sv: fullständig adress
address de: vollständige adresse; komplette adresse
address fr: adresse complète
address es: dirección completa
address it: indirizzo completo
address pt: endereço completo; morada completa
address nl: volledig adres
address pl: pełny adres
city en: address 1 - city; address city; business address city; work city; shipping city; suburb; town/city; city/town; billing city; municipality; address1 city; city name; post town; location city
city fi: postitmp; ptp; postitmp.; kotikunta; kotipaikka
city sv: postadress ort; stad/ort; postanstalt
city no: by/sted; poststad; stad
city da: bynavn; postdistrikt; by/postdistrikt
city de: ort/stadt; stadt/ort; wohnort/stadt; firmenort; ort (geschäftlich)
city fr: ville/commune
city es: ciudad/localidad; poblacion
city it: citta
city pt: cidade/localidade
city nl: plaatsnaam; vestigingsplaats; stad/plaats
city pl: miejscowosc; poczta
city is: póststaður
postal_code en: zipcode; zip/postal; post code; postal; address 1 - postal code; address zip; business address postal code; work zip; shipping zip; billing zip; postal/zip code; zip / postal code; zip or postal code; postal / zip code; address1 postalcode; eircode; pin code; pincode; zip postal code; zip code/postal code
postal_code fi: postinro.; postinum; pno
postal_code sv: postnr.; post nr; postkod
postal_code no: postnr.; post nr
postal_code da: postnr; post nr.; post nr
postal_code de: postleitzahl (plz); firmen-plz
postal_code fr: code postal/zip; c.p.; cp
postal_code es: cod. postal; código postal (cp); c.p; codigo postal
postal_code it: c.a.p.; cap
postal_code pt: código-postal; codigo postal; c.p.
postal_code nl: postcode/zip; postkode
postal_code pl: kod-pocztowy
postal_code is: póstnr; pnr
postal_city en: zip and city; zip/city; postal code and city; city and zip; city, state, zip; city/state/zip
postal_city fi: postinumero ja -toimipaikka; postinumero ja postitoimipaikka; postinumero ja toimipaikka
postal_city sv: postnummer och ort; postnr och ort; postnr/ort; postnr ort
postal_city no: postnummer og sted; postnr/sted; postnr og sted; postnummer og poststed; postnr/poststed
postal_city da: postnr. og by; postnr og by; postnummer og by; postnr/by
postal_city de: plz ort; plz/ort; plz, ort; plz und ort; plz / ort; postleitzahl und ort
postal_city fr: code postal et ville; cp ville; cp/ville; code postal ville
postal_city es: cp y población; código postal y ciudad
postal_city it: cap e città; cap città
postal_city nl: postcode en plaats; postcode/plaats; postcode plaats; postcode en woonplaats
postal_city pl: kod i miasto; kod pocztowy i miasto; kod pocztowy i miejscowość
postal_city is: póstnúmer og staður
region en: state/province; state or province; province/state; state / province; business address state; work state; shipping state; billing state; address 1 - region; address1 stateorprovince; state code; prov; state/county; county/state; territory; province/territory; state/province/region; state/region/province
region fi: lääni; hyvinvointialue
region sv: landskap; landsting; delstat; län/region
region no: delstat; fylke/region; landsdel
region da: delstat; amt; landsdel
region de: land/kanton; bundesland/region; provinz
region fr: canton; département/région; province
region es: provincia/estado; departamento/provincia; comarca
region it: provincia/regione; regione/provincia; regione; provincia (sigla)
region pt: estado (uf); província/estado; ilha; estado/província
region nl: regio; provincie/regio; staat
region pl: powiat; wojewodztwo; województwo/region
region en 2: state; region
region fi 2: alue
region sv 2: region; stat
region no 2: region; stat
region da 2: region
region de 2: region
region fr 2: région
region es 2: estado; región
region it 2: stato
region pt 2: estado; região
region nl 2: regio
region pl 2: region
country en 5: region; state; location
country es 5: estado
country pt 5: estado
country it 5: stato
country fr 5: région
country sv 5: region
country de 5: region
country en: country name; country code; nation; address 1 - country; address country; country of residence; business address country; work country; shipping country; billing country; country / region; country or region; home country; address1 country; country/territory; country (iso); iso country code; mailing country/region; region/country; country iso code; countryname; person country/region
country fi: maakoodi; valtio; kotimaa; asuinmaa; maa/alue; maan nimi
country sv: landskod; land/region; hemland
country no: landkode; land/region; landskode
country da: landekode; land/region; landkode
country de: länderkennzeichen; länderkürzel; land/region; staat; ländercode; länder
country fr: code pays; pays/région; pays de résidence; nation
country es: código de país; país/región; nación; pais; país de residencia
country it: codice paese; paese/regione; nazione; stato (nazione); paese/area geografica
country pt: código do país; pais; país/região; nação
country nl: landcode; land/regio
country pl: kod kraju; kraj/region; państwo
country is: landskóði
website en: homepage; home page; web; www; web address; website address; company website; company url; company web site; url (website); organization website; webpage; company website url; company domain; web site url; website 1; site; account website; primary domain; website domain
website fi: kotisivu; www-osoite; verkkosivut; verkkosivusi; yrityksen verkkosivut; nettisivu; nettisivut; web-sivut; verkko-osoite
website sv: webbadress; hemsideadress; www; webb-adress; företagets hemsida
website no: www; webadresse; web; bedriftens nettside
website da: www; webadresse; web; virksomhedens hjemmeside
website de: web; url; www; internetadresse; webadresse; firmenwebsite; homepage-adresse
website fr: site; www; adresse web; site de l'entreprise; url du site
website es: web; sitio; página de internet; www; url; pagina web
website it: sito; sito internet; www; web; pagina internet
website pt: website; web; url; www; site da empresa; sítio
website nl: site; www; web; internetadres; url
website pl: strona; strona www firmy; witryna; adres www; url
website is: veffang; www
website en 2: url
linkedin en: url; linkedin; linkedin profile; linkedin profile url; linkedin id; person linkedin; contact li profile url; linkedin member url; linkedin link; linkedin page; linkedin public profile; linkedin account; linkedin address; public profile url; linkedinurl; profile link; linkedin public profile url; linkedin contact profile url; contact linkedin url; sales navigator url; what is your linkedin profile?
linkedin fi: linkedin-profiili; linkedin profiili
linkedin sv: linkedin-profil; linkedin profil
linkedin no: linkedin-profil
linkedin da: linkedin-profil
linkedin de: linkedin-profil; linkedin-url; linkedin profil
linkedin fr: profil linkedin; lien linkedin; url linkedin
linkedin es: perfil de linkedin; perfil linkedin; url de linkedin
linkedin it: profilo linkedin; url linkedin
linkedin pt: perfil do linkedin; perfil linkedin; url do linkedin
linkedin nl: linkedin profiel; linkedin-profiel
linkedin pl: profil linkedin
linkedin is: linkedin síða
consent en: marketing consent; email consent; newsletter; newsletter signup; newsletter subscription; email opt in; email opt-in; opted in; gdpr opt in; marketing permission; email permission; agreed to marketing; opt in email; opt-in status; optin; subscribe; subscribed to newsletter; accepts marketing; email marketing consent; marketing emails; consent to marketing; consent given; consent status; receive updates; recording consent marketing; double opt-in; marketing opt in; marketing email opt in; subscribe to newsletter; opt-in for marketing
consent fi: markkinointiluvat; lupa markkinointiin; sähköinen suoramarkkinointilupa; suoramarkkinointilupa; uutiskirjelupa; tilaa uutiskirje; uutiskirjeen tilaus; lupa lähettää; yhteydenottolupa; sähköpostimarkkinointilupa; lupa sähköpostimarkkinointiin
consent sv: samtycke marknadsföring; samtycke till marknadsföring; godkänner utskick; e-postsamtycke; medgivande; prenumererar på nyhetsbrev; får kontaktas; nyhetsbrev ja/nej; samtycker
consent no: samtykke til markedsføring; samtykke markedsføring; ønsker nyhetsbrev; e-postsamtykke; kan kontaktes; nyhetsbrev ja/nei
consent da: samtykke til markedsføring; markedsføringstilladelse; e-mail-samtykke; ønsker nyhedsbrev; tilladelse; må kontaktes
consent de: newsletter-anmeldung; marketing-zustimmung; e-mail-einwilligung; einwilligung marketing; newsletter abonnieren; newsletteranmeldung; opt-in; newsletter ja/nein; kontakterlaubnis; werbeerlaubnis
consent fr: consentement marketing; inscription newsletter; optin; abonnement newsletter; accepte de recevoir; accepte la newsletter; opt in; consentement email
consent es: consentimiento marketing; acepta marketing; acepta publicidad; acepta newsletter; suscrito; autoriza comunicaciones; consentimiento de marketing
consent it: iscrizione newsletter; consenso newsletter; consenso al marketing; consenso commerciale; consenso email
consent pt: consentimento de marketing; aceita marketing; aceita newsletter; autoriza contato; opt-in
consent nl: nieuwsbrief ja/nee; marketingtoestemming; toestemming marketing; opt-in; inschrijving nieuwsbrief; mailing ja/nee
consent pl: zgoda na marketing; zgoda na newsletter; zgoda na kontakt; zgoda rodo marketing; zgoda e-mail
consent is: samþykki fyrir markaðsefni; póstlistaskráning
consent_at en: consent date; consent at; consent time; consent timestamp; opt in date; opt-in date; optin date; opt-in time; optin_time; confirm_time; confirmed at; consented at; date of consent; gdpr consent date; opt in timestamp; subscription date
consent_at fi: suostumuspäivä; luvan päivämäärä; markkinointiluvan päiväys; suostumus annettu
consent_at sv: samtyckesdatum; samtycke datum; datum för samtycke
consent_at no: samtykkedato; dato for samtykke
consent_at da: samtykkedato; dato for samtykke
consent_at de: einwilligungsdatum; datum der einwilligung; opt-in datum; opt-in-datum
consent_at fr: date de consentement; date du consentement; date opt-in
consent_at es: fecha de consentimiento; fecha del consentimiento
consent_at it: data consenso; data del consenso
consent_at pt: data de consentimento; data do consentimento
consent_at nl: datum toestemming; toestemmingsdatum
consent_at pl: data zgody
subscription en: email marketing status; subscription status; marketing contact status; email subscription status; person - marketing status; marketing subscription status; newsletter status; email status (subscription)
opt_out_email en: opt out; opt-out; optout; opted out of email; email opt-out; email optout; has opted out of email; no email; do not email; unsubscribe; unsubscribed at; unsubscribed on; unsubscribe date; unsubscribed date; unsubscribe time; unsubscribed time; unsubscribed mode; newsletter opt out; no newsletter; remove from mailing list; unsub_campaign_title; unsub_reason; suppress email; email unsubscribed; marketing opt out; clean_time; donotbulkemail; donotemail; do not allow emails; do not allow bulk emails
opt_out_phone en: do not phone; no calls; no phone; do not call list; phone opt out; phone opt-out; call opt out; dnc; on dnc list; tps; ctps; has opted out of phone; do not text; sms opt out; donotphone; do not sms; do not allow phone calls
opt_out_mail en: do not mail; donotmail; no mail; no mailings; postal opt out; mail opt out; direct mail opt out; mps; no post; do not post; no direct mail; donotpostalmail; donotbulkpostalmail; do not send direct mail; do not allow mails; do not allow postal mail
opt_out_all en: do not contact; donotcontact; no contact; do not market; suppressed; suppress; blocklist; blacklisted; blacklist; gdpr delete; opt out all; global opt out; globally unsubscribed; unsubscribed from all; do_not_contact; dnd; objection; marketing objection; right to object
opt_out_email fi: ei sähköpostia; sähköpostikielto; sähköinen suoramarkkinointikielto; ei sähköpostimarkkinointia; ei uutiskirjettä; peruuttanut uutiskirjeen; poistunut listalta; tilaus peruttu
opt_out_phone fi: puhelinmarkkinointikielto; puhelinkielto; ei puheluita; soittokielto
opt_out_mail fi: postikielto; ei postia; osoitteellinen markkinointikielto; postimarkkinointikielto
opt_out_all fi: ei saa markkinoida; ei yhteydenottoja; ei saa ottaa yhteyttä; kielto
opt_out_email sv: ej e-post; ej utskick; inget nyhetsbrev; avanmäld; avregistrerad; ej nyhetsbrev
opt_out_phone sv: ring ej; ej telefon; nix-spärr; nixad; nix-telefon
opt_out_mail sv: ej post; nix adresserat; ej adresserad reklam; ingen postreklam
opt_out_all sv: reklamspärr; kontakta ej; kontakta inte; spärrad; direktreklamspärr; ej reklam
opt_out_email no: ikke e-post; ingen nyhetsbrev; avregistrert; ikke nyhetsbrev; meldt av
opt_out_phone no: ikke ring; ring ikke; reservert mot telefonsalg; reservert telefon
opt_out_mail no: ikke post; reservert mot post; reservert mot direktereklame
opt_out_all no: ikke kontakt; kontakt ikke; reservert mot reklame
opt_out_email da: ingen e-mail; ikke e-mail; ingen nyhedsbrev; afmeldt nyhedsbrev
opt_out_phone da: ring ikke; ikke ringes; ingen opkald
opt_out_mail da: ingen post; reklamer nej tak; ikke post
opt_out_all da: robinsonlisten; robinson-listen; kontakt ikke; må ikke kontaktes; reklamebeskyttelse; reklamebeskyttet
opt_out_all is: bannmerking; x-merkt; ekki hafa samband
opt_out_email is: ekki senda póst; afskráður
opt_out_email de: keine e-mail; keine e-mails; newsletter abgemeldet; abgemeldet am; e-mail-sperre; e-mail gesperrt; opt-out; widerruf
opt_out_phone de: nicht anrufen; telefonsperre; keine anrufe
opt_out_mail de: keine post; postsperre; keine briefwerbung; mailingsperre
opt_out_all de: nicht kontaktieren; werbewiderspruch; kontaktsperre; widerspruch; robinsonliste; keine werbung; gesperrt
opt_out_email fr: désinscription; désabonnement; ne pas envoyer d'e-mail; opt-out; ne pas envoyer d'email; désinscrit le
opt_out_phone fr: ne pas téléphoner; bloctel; pas d'appel
opt_out_mail fr: pas de courrier; ne pas envoyer de courrier; liste robinson
opt_out_all fr: ne pas contacter; stop pub; opposition marketing
opt_out_email es: no enviar correo; no enviar email; no enviar correos; desuscrito; cancelar suscripción
opt_out_phone es: no llamar por teléfono; no telefonear
opt_out_mail es: no enviar correo postal
opt_out_all es: no contactar; oposición
opt_out_email it: non inviare email; annullata iscrizione; disiscrizione; opt-out
opt_out_phone it: non telefonare; registro delle opposizioni; rpo
opt_out_mail it: non inviare posta
opt_out_all it: non contattare; opposizione
opt_out_email pt: não enviar e-mail; não enviar email; descadastro; cancelou inscrição; opt-out
opt_out_phone pt: não telefonar; não ligue
opt_out_mail pt: não enviar correio
opt_out_all pt: não contatar; oposição; não contactar
opt_out_email nl: geen e-mail; geen nieuwsbrief; geen mail; afmelding; opt-out
opt_out_phone nl: bel-me-niet; bel me niet; niet telefoneren
opt_out_mail nl: geen post; postfilter
opt_out_all nl: niet benaderen; geen contact; bezwaar; niet contacteren
opt_out_email pl: brak zgody e-mail; nie wysyłać e-maili; wypis z newslettera; opt-out
opt_out_phone pl: nie telefonować; brak zgody na telefon
opt_out_mail pl: nie wysyłać poczty
opt_out_all pl: nie kontaktować; lista robinsonów; brak zgody na kontakt
legal_basis en: legal basis; lawful basis; data processing basis; basis for processing; legal basis for processing; legal basis for processing contact's data; lawful basis for processing; gdpr legal basis
legal_basis fi: käsittelyperuste; oikeusperuste; oikeudellinen peruste
legal_basis sv: rättslig grund; laglig grund
legal_basis no: rettslig grunnlag; behandlingsgrunnlag
legal_basis da: retsgrundlag; behandlingsgrundlag
legal_basis de: rechtsgrundlage
legal_basis fr: base légale; base juridique
legal_basis es: base legal; base jurídica
legal_basis it: base giuridica
legal_basis pt: base legal; fundamento jurídico
legal_basis nl: grondslag; rechtsgrond
legal_basis pl: podstawa prawna
acquired_at en: acquired at; acquired on; date acquired; data collected; date collected; collected at; purchase date of list; list purchased; data acquired; verified at; last verified
acquired_at fi: hankittu; hankintapäivä
acquired_at de: erworben am
created_at en: create time; creation date; created on; created (utc); date created; created date/time; createdon; submitted; submission date; submission time; submission timestamp; date submitted; lead submit time; submit time; submit date; time submitted; signup; sign up; signup time; sign up date; sign-up date; subscribed on; registered at; registered on; registered; registered date; registration date/time; date registered; scanned at; scan date; scan date/time; date scanned; scanned; scan timestamp; scanned on; date captured; capture date; captured at; captured on; date/time captured; lead created; lead date; lead created at; created datetime; entry date; inquiry date; enquiry date; date entered; first seen; signed up at; signed_up; signup_at; contacted at; request date; date of request; received at; received; download date; downloaded at; completed at; date received; person - person created; lead capture date; scanned date; scan; captured date; connected at; submittedat; date (utc); created at / date (utc)
created_at en 1: order date; date time; datetime; order created; purchase date; purchased at; date/time; ordered at; start date (utc); date of scan
created_at en 2: first join; join time; first join (utc); stage date (utc)
created_at en 9: date; time; day
created_at fi: luotu pvm; skannattu; skannausaika; skannauspäivä; skannattu klo; lähetetty; lähetysaika; vastausaika; vastauspäivä; ilmoittautunut; ilmoittautumispäivä; rekisteröity; rekisteröitynyt; tilauspäivä; kontaktipäivä; lisätty; saapunut; yhteydenottopäivä; jätetty; lomakkeen lähetysaika; rekisteröintiaika
created_at fi 2: liittymisaika
created_at fi 9: pvm; päivämäärä; päiväys; aika; päivä
created_at sv: skapad datum; skannad; skanningstid; skannad tid; inskickad; anmäld; anmälningsdatum; anmälningstid; registreringsdatum; registreringstid; beställningsdatum; inkommen; mottagen; svarsdatum; orderdatum; skickad; inskickat; skapat
created_at sv 9: datum; tid
created_at no: opprettet dato; skannet; skanningstid; innsendt; påmeldt; påmeldingsdato; registreringsdato; registrert dato; mottatt; bestillingsdato; kjøpsdato; sendt inn
created_at no 9: dato; tid; tidspunkt
created_at da: oprettet dato; oprettelsesdato; scannet; scannet den; indsendt; tilmeldingsdato; tilmeldt den; registreret; modtaget; købsdato; bestillingsdato; registreringsdato
created_at da 9: dato; tid; tidspunkt
created_at is: skráningardagur; skannað; sent inn; stofndagur; móttekið
created_at is 9: dagsetning; dags; dags.; tími
created_at de: erstellt; gescannt; gescannt am; scanzeit; scan-zeit; scandatum; scan-datum; gesendet am; eingegangen am; eingereicht am; angemeldet am; registriert am; registrierungsdatum; registrierungszeit; anmeldung am; bestelldatum; kontaktdatum; erfasst am; erfassungsdatum; angelegt; eingang; absendedatum; übermittelt am; erfasst; zeitpunkt der erfassung
created_at de 9: datum; zeit; zeitpunkt
created_at fr: créé; date de soumission; date de création du prospect; scanné le; date de scan; date du scan; inscrit le; soumis le; date d’inscription; date d'envoi; reçu le; date de commande; date de réception; date de la demande; date de saisie; enregistré le; heure d'inscription
created_at fr 2: heure d'arrivée; heure d’arrivée; première connexion
created_at fr 9: date; heure; jour
created_at es: creado; fecha de registro; fecha de inscripción; fecha de envío; escaneado; fecha de escaneo; registrado el; fecha de alta; enviado el; fecha alta; fecha de contacto; fecha de captura; fecha del pedido; fecha creación
created_at es 9: fecha; hora; día
created_at it: creato; data di creazione; data iscrizione; data di iscrizione; data registrazione; data di registrazione; scansionato il; data scansione; data invio; inviato il; data inserimento; data ordine; data contatto
created_at it 9: data; ora; giorno
created_at pt: criado; data de inscrição; data de registo; data de registro; data de envio; data do cadastro; data de cadastro; escaneado em; enviado em; registrado em; data do pedido; data criação; inscrito em
created_at pt 2: primeira entrada; horário de entrada
created_at pt 9: data; hora; dia
created_at nl: aangemaakt; aanmeldingsdatum; datum aangemaakt; gescand; gescand op; scandatum; ingezonden op; verzonden op; registratiedatum; aangemeld op; ontvangen op; inzenddatum; besteldatum; aanmelddatum
created_at nl 9: datum; tijd
created_at pl: utworzono; data zgłoszenia; zeskanowano; data skanowania; data wysłania; data dodania; data wpływu; zarejestrowano; data przesłania; data zamówienia; data kontaktu
created_at pl 9: data; godzina; dzień
last_activity_at en: last activity date; last activity; last activity time; last activity at; last seen; last contacted; last contact; last contact date; last touch; last engagement date; last engagement; last modified; last modified date; last modified time; modified time; modified on; updated at; updated; last updated; last changed; last_changed; last visit; last login; date of last contact; last interaction; last engaged; last active; modifiedon; lastmodifieddate; lastactivitydate; date modified
last_activity_at en 1: last leave; leave time; last leave (utc)
last_activity_at fi: viimeisin toiminta; viimeinen aktiviteetti; viimeksi nähty; muokattu; päivitetty; viimeisin yhteydenotto; viimeksi muokattu; viimeisin aktiviteetti
last_activity_at fi 1: poistumisaika
last_activity_at sv: senaste aktivitet; senast sedd; senast ändrad; ändrad; uppdaterad; senaste kontakt; senast kontaktad; senast uppdaterad
last_activity_at no: siste aktivitet; sist aktivitet; sist sett; sist endret; endret; oppdatert; siste kontakt; sist oppdatert
last_activity_at da: seneste aktivitet; sidst set; sidst ændret; ændret; opdateret; seneste kontakt; sidst opdateret
last_activity_at is: síðasta virkni; uppfært; síðast uppfært; breytt
last_activity_at de: letzte aktivität; zuletzt gesehen; zuletzt geändert; geändert am; aktualisiert am; letzter kontakt; zuletzt kontaktiert; letzte änderung; zuletzt aktualisiert; letzte kontaktaufnahme
last_activity_at fr: dernière activité; dernière visite; modifié le; mis à jour le; dernier contact; dernière modification; date de dernière activité; date de modification
last_activity_at fr 1: heure de départ; dernière sortie
last_activity_at es: última actividad; última visita; modificado el; actualizado el; último contacto; fecha de modificación; fecha de última actividad
last_activity_at it: ultima attività; ultima visita; modificato il; aggiornato il; ultimo contatto; ultima modifica; data ultima attività
last_activity_at pt: última atividade; última visita; modificado em; atualizado em; último contato; último contacto; data da última atividade
last_activity_at pt 1: última saída; horário de saída
last_activity_at nl: laatste activiteit; laatst gezien; gewijzigd op; bijgewerkt op; laatste contact; laatst gewijzigd; laatst bijgewerkt
last_activity_at pl: ostatnia aktywność; ostatnio widziany; zmodyfikowano; zaktualizowano; ostatni kontakt; data modyfikacji; ostatnia modyfikacja
attended en: attended; has attended; did attend; attendance; attended?; attended live; attended webinar; attended event; showed up; show/no-show; no show status; attendance status; present; participated
attended fi: osallistui; osallistunut; paikalla; läsnä; osallistuminen; osallistuiko; saapui
attended sv: deltog; närvaro; deltagit; närvarade; har deltagit; närvarande
attended no: deltok; oppmøte; deltatt; møtte; tilstede; har deltatt
attended da: deltog; fremmøde; deltaget; mødte; til stede; har deltaget
attended is: mætti; mæting; tók þátt
attended de: teilgenommen; anwesend; teilnahme; hat teilgenommen; erschienen; anwesenheit
attended fr: a participé; présent; présence; a assisté; participation
attended es: asistió; asistencia; participó; ha asistido
attended it: ha partecipato; presente; partecipazione; presenza
attended pt: participou; compareceu; presença; presente
attended nl: aanwezig; deelgenomen; heeft deelgenomen; bijgewoond
attended pl: uczestniczył; obecny; obecność; udział; wziął udział
attendee_status en: attendee status; ticket status; registration status attended; guest status; check-in status; checkin status; checked in; check in; checked-in; checked in?; checkin
attendee_status fi: osallistujan tila; lipun tila
attendee_status sv: deltagarstatus; biljettstatus; incheckad
attendee_status no: deltakerstatus; innsjekket; sjekket inn
attendee_status da: deltagerstatus; checket ind; indtjekket
attendee_status de: teilnehmerstatus; eingecheckt; check-in
attendee_status fr: statut du participant; enregistré
attendee_status es: estado del asistente; registrado en evento
attendee_status nl: deelnemerstatus; ingecheckt
checked_in_at en: checked in at; check-in time; check in time; checkin date; checked in date; check-in date; checkin time; checked_in_at; check-in at
approval en: approval status; approval_status; registration status; approved
duration en: duration; time in session (minutes); time in session; in-meeting duration; duration (minutes); duration (min); minutes attended; attendance duration; attendance time; minutes; watch time; time attended; time spent; total time; live minutes; minutes watched; viewing time; total duration; in-session duration; session duration; viewing minutes; time in webinar; time watched; attended minutes; minutes viewed; total minutes; time in event (minutes); attendance (minutes); duration of attendance
duration fi: kesto; kesto (min); kesto minuutteina; minuutit; katseluaika; osallistumisaika; paikallaoloaika; kesto (minuuttia)
duration sv: varaktighet; tid i möte; deltagartid; minuter; längd; visningstid; tid i session (minuter); närvarotid
duration no: varighet; tid i møte; minutter; seertid; varighet (minutter)
duration da: varighed; tid i møde; minutter; seertid; varighed (minutter)
duration is: lengd; mínútur; tímalengd; viðvera
duration de: dauer; dauer (minuten); teilnahmedauer; minuten; verweildauer; besprechungsdauer; zeit in sitzung (minuten); anwesenheitsdauer
duration fr: durée; durée (minutes); temps de présence; durée de participation; durée de la réunion; durée en réunion; temps en session (minutes)
duration es: duración; duración (minutos); tiempo en sesión (minutos); tiempo de asistencia; minutos; duración en la reunión
duration it: durata; durata (minuti); tempo in sessione (minuti); minuti; durata della riunione; tempo di partecipazione
duration pt: duração; duração (minutos); tempo na sessão (minutos); minutos; duração da reunião; tempo de participação
duration nl: duur; duur (minuten); tijd in sessie (minuten); minuten; vergaderduur; deelnameduur
duration pl: czas trwania; czas trwania (minuty); czas w sesji (minuty); minuty; czas uczestnictwa; długość
rating en: rating; lead rating; rank; lead rank; lead quality; priority; lead priority; temperature; lead temperature; stars; star rating; interest rating; grade (lead); qualification; classification; hot/warm/cold; lead grade; qualified; rating stars; hot lead; lead score (booth); quality; category (a/b/c); lead class; ranking; interest level; level of interest; person - label; lead classification
rating fi: luokitus; arvosana; arvio; luokka; prioriteetti; tärkeys; kuumuus; liidin laatu; tähdet; liidiluokka; kiinnostuksen aste; lämpötila
rating sv: betyg; klassning; prioritet; klassificering; leadklass; rankning; kvalitet; leadkvalitet; intressenivå; temperatur
rating no: vurdering; klassifisering; prioritet; rangering; leadkvalitet; interessenivå; temperatur; klasse
rating da: vurdering; klassificering; prioritet; rangering; leadkvalitet; interesseniveau; temperatur; bedømmelse
rating is: einkunn; flokkun; forgangur; mat
rating de: bewertung; priorität; einstufung; klassifizierung; leadqualität; lead-qualität; lead-bewertung; klassifikation; leadbewertung; interessensgrad; abc-klassifizierung; abc
rating fr: note (lead); évaluation; priorité; classement; qualification du lead; niveau d'intérêt; niveau d’intérêt; température; qualité du lead
rating es: valoración; calificación; prioridad; clasificación; nivel de interés; temperatura; calidad del lead
rating it: valutazione; priorità; classificazione; livello di interesse; temperatura; qualità del lead
rating pt: avaliação; classificação; prioridade; nível de interesse; temperatura; qualificação; qualidade do lead
rating nl: beoordeling; prioriteit; classificatie; waardering; mate van interesse; kwaliteit; lead kwaliteit
rating pl: ocena; priorytet; klasyfikacja; poziom zainteresowania; temperatura; jakość leada
timeframe_days en: timeframe; time frame; purchase timeframe; buying timeframe; purchase timeline; timeline; project timeline; buying timeline; when do you plan to buy; when do you plan to buy?; purchase horizon; purchasing timeframe; purchase time frame; buying time frame; implementation timeframe; decision timeframe; decision date; when to buy; urgency; buying stage timeframe; when are you looking to buy?; when are you planning to buy?; when are you planning to purchase?; planned purchase; time to purchase; project start; expected purchase date; purchase intent
timeframe_days fi: ostoaikataulu; aikataulu; hankinta-aikataulu; milloin aiot ostaa; milloin; ostoajankohta; hankinnan aikataulu; projektin aikataulu; päätösaikataulu; tarpeen ajankohta; hankinta-ajankohta; milloin tarvitset
timeframe_days sv: tidsram; inköpstidpunkt; tidsplan; när planerar du att köpa; köphorisont; tidshorisont; inköpshorisont; beslutshorisont; planerat inköp; när
timeframe_days no: tidsramme; tidsplan; innkjøpstidspunkt; når planlegger du å kjøpe; tidshorisont; kjøpshorisont; planlagt kjøp; når
timeframe_days da: tidsramme; tidsplan; købstidspunkt; hvornår planlægger du at købe; tidshorisont; købshorisont; hvornår
timeframe_days is: tímarammi; tímaáætlun; hvenær; kauptími
timeframe_days de: zeitrahmen; kaufzeitpunkt; zeithorizont; wann planen sie zu kaufen; kaufzeitraum; anschaffungszeitraum; investitionszeitpunkt; projektzeitraum; zeitplan; bedarfszeitpunkt; wann
timeframe_days fr: délai; délai d'achat; échéance; horizon d'achat; calendrier; délai du projet; quand; horizon; délai de décision; échéance du projet
timeframe_days es: plazo; plazo de compra; cuándo piensa comprar; horizonte de compra; cuándo; fecha prevista de compra; calendario
timeframe_days it: tempistica; tempi di acquisto; quando intende acquistare; orizzonte temporale; tempistiche; quando
timeframe_days pt: prazo; prazo de compra; quando pretende comprar; horizonte de compra; cronograma; quando
timeframe_days nl: termijn; aankooptermijn; wanneer wilt u kopen; tijdlijn; tijdsbestek; aankoopmoment; wanneer; planning
timeframe_days pl: termin zakupu; ramy czasowe; kiedy planujesz zakup; horyzont zakupowy; termin; kiedy; harmonogram
interest en: topic; interest; interests; interested in; product interest; products of interest; product of interest; area of interest; areas of interest; topic of interest; solution of interest; product interests; services of interest; interest area; product; products; products interested in; request; request type; inquiry type; enquiry type; what are you interested in?; subject; solution interest; interested products; next step; next action; follow-up; follow up; follow up action; opportunity; opportunity name; topic of inquiry; requested; demo requested
interest fi: kiinnostus; kiinnostuksen kohde; kiinnostunut; kiinnostuksen kohteet; tuote; kiinnostava tuote; toimenpide; jatkotoimenpide; aihe; tuotekiinnostus; mistä kiinnostunut; jatkotoimet; pyyntö
interest sv: intresse; intresserad av; intresseområde; produkt; produktintresse; ämne; nästa steg; uppföljning; åtgärd; intressen
interest no: interesse; interessert i; interesseområde; produkt; emne; neste steg; oppfølging; interesser
interest da: interesse; interesseret i; interesseområde; produkt; emne; næste skridt; opfølgning; interesser
interest is: áhugi; áhugasvið; vara; efni; næsta skref
interest de: interesse; interessiert an; produktinteresse; produkt; interessen; interessensgebiet; interessengebiet; thema; nächster schritt; anliegen; betreff; nachfassen; folgeaktion; wunsch
interest fr: intérêt; intéressé par; centres d'intérêt; centre d'intérêt; produit; produits; sujet; objet; prochaine étape; suivi; produit d'intérêt; demande
interest es: interés; interesado en; producto; producto de interés; intereses; asunto; tema; siguiente paso; seguimiento; productos de interés
interest it: interesse; interessato a; prodotto; interessi; oggetto; prodotto di interesse; argomento; prossimo passo; richiesta
interest pt: interesse; interessado em; produto; produto de interesse; interesses; assunto; próximo passo; acompanhamento; pedido
interest nl: interesse; geïnteresseerd in; product; interesses; onderwerp; interessegebied; volgende stap; opvolging; vraag
interest pl: zainteresowanie; produkt; zainteresowania; temat; interesujący produkt; następny krok; zainteresowany
captured_by en: captured by; scanned by; scanner; scanned by (name); collected by; badge scanned by; booth staff; booth rep; lead captured by; scan user; exhibitor staff; captured by user; staff name; scanner name; user scanned; scanned by user; stand staff; rep name; team member; licence name; license name; device user; badge scanner
captured_by en 2: device; device name; scan device; scanning device
captured_by fi: skannaaja; skannasi; tallentaja; kerääjä; keräsi; myyjä messuilla; esittelijä; laite; ständivastaava; osastohenkilö; tallensi; kirjaaja
captured_by sv: skannad av; skanner; insamlad av; registrerad av; montervärd; monterpersonal; enhet (skanner); säljare i monter
captured_by no: skannet av; skanner; registrert av; standpersonale; stand ansvarlig; innsamlet av
captured_by da: scannet af; scanner; registreret af; standpersonale; indsamlet af
captured_by is: skannað af; skanni; skráð af
captured_by de: gescannt von; scanner; erfasst von; standpersonal; aufgenommen von; erfasser; gerät; standmitarbeiter; messemitarbeiter
captured_by fr: scanné par; scanner; saisi par; capturé par; personnel du stand; collecté par; appareil
captured_by es: escaneado por; escáner; capturado por; registrado por; personal del stand; dispositivo
captured_by it: scansionato da; scanner; acquisito da; registrato da; personale dello stand; dispositivo
captured_by pt: escaneado por; scanner; capturado por; registrado por; equipe do estande; dispositivo
captured_by nl: gescand door; scanner; vastgelegd door; geregistreerd door; standmedewerker; apparaat
captured_by pl: zeskanowane przez; skaner; zebrane przez; zarejestrowane przez; obsługa stoiska; urządzenie
source_campaign en: campaign; campaign name; event; event name; event title; show; show name; exhibition; trade show; webinar; webinar name; webinar title; meeting title; session title; lists; list; list name; conversion; recent conversion; first conversion; form; source campaign; campaign title; marketing campaign; most recent campaign; primary campaign; lead campaign
source_campaign en 1: utm_campaign; utm campaign
source_campaign en 3: form_name; form name
source_campaign fi: kampanja; tapahtuma; tapahtuman nimi; messut; webinaari; tilaisuus; kampanjan nimi; messutapahtuma
source_campaign sv: kampanj; evenemang; mässa; event; webbinarium; kampanjnamn; evenemangets namn; mässans namn
source_campaign no: kampanje; arrangement; messe; event; webinar; kampanjenavn; kampanjens navn
source_campaign da: kampagne; arrangement; messe; event; webinar; begivenhed; kampagnenavn
source_campaign is: herferð; viðburður; sýning; vefnámskeið
source_campaign de: kampagne; veranstaltung; messe; event; webinar; kampagnenname; veranstaltungsname; messename; aktion
source_campaign fr: campagne; événement; évènement; salon; webinaire; nom de la campagne; nom de l'événement; nom du salon
source_campaign es: campaña; evento; feria; seminario web; nombre de la campaña; nombre del evento; webinar
source_campaign it: campagna; evento; fiera; webinar; nome campagna; nome evento; manifestazione
source_campaign pt: campanha; evento; feira; webinar; nome da campanha; nome do evento
source_campaign nl: campagne; evenement; beurs; webinar; campagnenaam; naam evenement
source_campaign pl: kampania; wydarzenie; targi; webinar; nazwa kampanii; nazwa wydarzenia
lead_source en: original traffic source; first touch source; lead origin; lead channel; acquisition channel; acquisition source; traffic source; inquiry source; origin; channel; marketing channel; contact source; source of lead; hs_analytics_source; leadsource; person - source; source category
lead_source en 3: medium; latest source; latest traffic source; source
lead_source fi: lähdekanava; liidin alkuperä; alkuperä
lead_source sv: leadskälla; ursprung; lead-källa
lead_source no: opprinnelse; leadskilde
lead_source da: oprindelse; leadkanal
lead_source de: leadherkunft; lead-herkunft; ursprung
lead_source fr: origine du lead; source du lead; canal
lead_source es: origen del lead; canal; fuente del lead
lead_source it: origine lead; fonte lead; canale
lead_source pt: origem do contato; fonte do lead
lead_source nl: leadbron; kanaal; herkomst lead
lead_source pl: kanał
utm_source *: utm source; utm_source
utm_medium *: utm medium; utm_medium
utm_term *: utm term; utm_term
utm_content *: utm content; utm_content
notes en: additional comments; additional information; additional info; lead notes; booth notes; sales notes; other information; other comments; question; questions; your message; free text; memo; remark; body; details; general notes; scan notes; follow up notes; comments/notes; notes/comments; note content; what can we help you with?; how can we help?; how can we help you?
notes fi: muistio; muistiinpano; viestisi; lisätieto; kysymys; kysymykset; vapaa sana; huomautus; huomautukset; muuta; muut tiedot; terveiset
notes sv: anteckning; kommentarer; ditt meddelande; notering; frågor; övriga kommentarer; fritext; anmärkning; övrig information
notes no: kommentarer; notat; din melding; merknader; spørsmål; annet; fritekst; øvrig informasjon
notes da: kommentarer; notat; din besked; bemærkning; spørgsmål; andet; fritekst; noter/kommentarer
notes is: athugasemd/ir; spurning; annað
notes de: notiz; kommentare; anmerkung; ihre nachricht; mitteilung; bemerkungen/notizen; freitext; fragen; sonstiges; gesprächsnotiz; hinweise
notes fr: note; remarque; votre message; observations; informations complémentaires; questions; autres
notes es: nota; comentario; observación; su mensaje; información adicional; preguntas; detalles; otros comentarios
notes it: nota; commento; osservazione; il tuo messaggio; informazioni aggiuntive; domande; annotazioni
notes pt: nota; comentário; observação; sua mensagem; informações adicionais; perguntas; notas/comentários
notes nl: notitie; opmerking; uw bericht; aanvullende informatie; vragen; toelichting; commentaar
notes pl: notatka; komentarze; uwaga; twoja wiadomość; dodatkowe informacje; pytania
company_phone en: company phone number; company telephone; company hq phone; hq phone; headquarters phone; main phone; switchboard; main line; office main; company main phone; account phone; organization phone; corporate phone number; company main; general phone; company office phone; organization - phone; main company phone; company tel
company_phone fi: vaihde; yrityksen puhelin; puhelinvaihde; yrityksen puhelinnumero; keskus
company_phone sv: växel; växelnummer; företagets telefon; telefon växel; växeltelefon
company_phone no: sentralbord; bedriftens telefon; firmatelefon
company_phone da: hovednummer; omstilling; firmatelefon; virksomhedens telefon
company_phone is: skiptiborð; sími fyrirtækis; aðalnúmer
company_phone de: zentrale; telefonzentrale; firmentelefon; telefon zentrale; haupttelefon firma; hauptrufnummer
company_phone fr: standard; téléphone société; téléphone de l'entreprise; téléphone standard; standard téléphonique
company_phone es: centralita; teléfono de la empresa; teléfono empresa; conmutador
company_phone it: centralino; telefono aziendale; telefono azienda; telefono società
company_phone pt: telefone da empresa; pabx; telefone geral; telefone empresa
company_phone nl: hoofdnummer; telefoon bedrijf; algemeen nummer; telefoonnummer bedrijf
company_phone pl: centrala; telefon firmy; telefon firmowy; centrala telefoniczna
company_street en: company address; company street; hq address; headquarters address; company street address; organization address; account address; organization - address; company address line 1
company_street fi: yrityksen osoite; yrityksen katuosoite
company_street sv: företagets adress; företagsadress
company_street de: firmenadresse; firmenanschrift; adresse der firma
company_street fr: adresse de l'entreprise; adresse société
company_street es: dirección de la empresa; dirección empresa
company_city en: company city; hq city; headquarters city; account city; organization city
company_city fi: yrityksen kaupunki
company_region en: company state; hq state; company state/province; company region; account state; company province; company state/region
company_postal_code en: company zip; company zip code; company postal code; hq zip; company postcode
company_country en: hq country; headquarters country; account country; organization country; company country/region; country of company; company country name
company_country fi: yrityksen maa
company_country sv: företagets land
company_country de: land der firma; firmenland
id *: id; #; no; nr; number; row id; uuid; guid; key; record id; record_id; lead id; leadid; contact id; contactid; customer id; user id; person id; person - id; response id; submission id; entry id; subscriber id; external id; zoominfo contact id; apollo contact id; attendee id; registrant id; registration id; badge id; badge-nr; badge nr; badge-nr.; badge number; badge no; badge no.; badge; badge #; order id; order #; order no; order number; ticket; ticket number; ticket id; barcode; euid; leid; network id; reference; confirmation number; confirmation code; s. no; s.no; s no; sr no; sr. no.; sl no; hs_object_id; hubspot id; salesforce id; crm id; api_id; guest api id; respondent id; tapahtuma-id; tunniste; tunnus; asiakasnumero; kundnummer; kundennummer; kundenr; kundenr.; n° client
test_lead en: is test; is_test; test lead; testlead; test; is test lead; test_lead; test submission
full_name fi: yhteyshenkilön nimi; kontaktin nimi
full_name sv: kontaktnamn; kontaktens namn
full_name no: kontaktnavn; kontaktens navn
full_name da: kontaktnavn
full_name de: kontaktname; name des kontakts; name des ansprechpartners
full_name es: nombre de contacto
full_name it: nome contatto; nome del contatto
full_name pt: nome do contato; nome do contacto
full_name nl: contactnaam; naam contact; naam contactpersoon
full_name pl: nazwa kontaktu; imię i nazwisko kontaktu
job_title sv: jobbposition
job_title it: posizione lavorativa
job_title pt: posição de trabalho
job_title nl: functienaam; functiebenaming
job_title pl: stanowisko pracy
mobile en: sms; sms number
employees fr: nb salariés; nb de salariés; nb d'employés; nombre de collaborateurs; nb collaborateurs
employees nl: aantal fte
created_at en: added on; added at; date of adding; person created; contact created
created_at sv: tillagd; tillagd den
created_at no: lagt til; tidspunkt for opprettelse
created_at da: tilføjet; oprettelsestidspunkt
created_at de: person erstellt; kontakt erstellt; hinzugefügt am; erstellungszeit; erstellungszeitpunkt
created_at fr: date d'ajout; date ajout; ajouté le; heure de création
created_at es: fecha de suscripción; hora de creación; añadido el; fecha de adición
created_at it: ora di creazione; ora creazione; aggiunto il; data di aggiunta
created_at pt: hora da criação; hora de criação; adicionado em; data de adição
created_at nl: aanmaaktijd; gemaakt op; toegevoegd op; tijd van aanmaak
created_at pl: czas utworzenia; dodano
opt_out_email en: email blacklisted; email blocklisted; blacklisted; blocklisted; email blocked
opt_out_email fi: ei sähköpostia; kieltää sähköpostin
opt_out_email sv: vill inte ha e-post; avböjt e-post
opt_out_email no: reservert mot e-post; reservert mot epost; reservert mot markedsføring; ønsker ikke e-post
opt_out_email da: ønsker ikke e-mail; frabedt e-mail; frabeder sig e-mail
opt_out_email de: keine werbung per e-mail; e-mail-abmeldung; e-mail abgemeldet
opt_out_email fr: refuse les e-mails; ne pas recevoir d'e-mail; e-mail bloqué
opt_out_email es: no recibir correos; no desea recibir correos; rechazo de correo electrónico
opt_out_email it: rifiuto e-mail; non inviare e-mail; non ricevere e-mail
opt_out_email pt: não receber e-mails; não receber emails; não deseja receber e-mails; recusa de e-mail
opt_out_email nl: geen e-mail; geen e-mails; e-mail afgemeld
opt_out_email pl: nie chce e-maili; rezygnacja z e-maili
opt_out_phone en: sms blacklisted; sms blocklisted
opt_out_phone no: reservert mot telefon
created_at en: joined at; joined on; joined; capture time; time captured; scan date and time; checked out at; last submission date; conversion date; first conversion date
created_at fi: lisäyspäivä; luomisaika; tallennettu; kirjattu; lähetetty klo; liittynyt
created_at sv: skickades; skapades; registrerades; inkom; skannades; skannat; registreringsdag
created_at no: sendt; skannet den; ble opprettet; påmeldt den; registrert den
created_at da: sendt; skannet; tilmeldingstidspunkt; oprettet af system den
created_at de: erstellungszeitstempel; eingegangen; scan am; zeitpunkt des scans; anmeldezeitpunkt; anmeldezeit; absendezeitpunkt
created_at fr: date du formulaire; date de première conversion; scanné; capturé le; date de capture; date de prise de contact
created_at es: fecha de captura; fecha de escaneo; escaneado el; fecha de envío; enviado el; fecha de registro; fecha de inscripción; fecha de la primera conversión; fecha de alta; hora de registro
created_at it: data di registrazione; data registrazione; data iscrizione; data di iscrizione; data di invio; data invio; scansionato il; data scansione; data acquisizione; ora di registrazione
created_at pt: data da primeira conversão; data da conversão; data de cadastro; data de inscrição; data de envio; data do registro; data de registo; escaneado em; data da captura
created_at nl: datum aanmelding; aanmeldingsdatum; datum inschrijving; gescand op; datum scan; scandatum; scantijd; ingestuurd op; datum registratie; registratiedatum; ontvangen op
created_at pl: data skanowania; zeskanowano; data zgłoszenia; data zapisu; data wysłania; data pozyskania; czas rejestracji; przesłano
last_activity_at en: last conversion date; last engagement; last engagement date; last interaction; last interaction date; last touch; last contact date
last_activity_at fi: viimeisin yhteydenotto; viimeisin tapahtuma; viimeisin toiminta; viimeisin kontakti; viimeksi kontaktoitu
last_activity_at sv: senaste kontakt; senaste aktivitet; senast aktiv; senaste aktivitetsdatum; senast kontaktad; datum för senaste aktivitet
last_activity_at no: siste kontakt; siste aktivitet; sist aktiv; dato for siste aktivitet; sist kontaktet
last_activity_at da: seneste kontakt; seneste aktivitet; senest aktiv; dato for seneste aktivitet; sidst kontaktet
last_activity_at de: datum der letzten aktivität; letzte aktivität; letzter kontakt; letzte aktivität am; zuletzt aktiv; zuletzt kontaktiert; letztes aktivitätsdatum
last_activity_at fr: date de la dernière activité; dernière activité; dernier contact; date de dernière activité; date de dernier contact; date de dernière conversion
last_activity_at es: fecha de la última actividad; última actividad; último contacto; fecha de última actividad; fecha de la última conversión; hora de la última actividad
last_activity_at it: data ultima attività; ultima attività; ultimo contatto; data dell'ultima attività; data dell'ultima conversione
last_activity_at pt: data da última conversão; data da última atividade; última atividade; último contato; último contacto
last_activity_at nl: laatste activiteit; datum laatste activiteit; laatste contact; laatst actief; laatst gecontacteerd
last_activity_at pl: ostatnia aktywność; data ostatniej aktywności; ostatni kontakt
lead_source fi: alkuperäinen lähde; liidin lähde; mahdollisen asiakkaan lähde
lead_source sv: ursprunglig källa; ursprunglig trafikkälla
lead_source no: opprinnelig kilde; opprinnelig trafikkilde
lead_source da: oprindelig kilde; oprindelig trafikkilde
lead_source de: ursprüngliche quelle; ursprüngliche traffic-quelle; originalquelle
lead_source fr: source d'origine; source originale; source du trafic d'origine; origine de la première conversion
lead_source es: fuente de posible cliente; fuente original; fuente de tráfico original; fuente del posible cliente; origen de la primera conversión
lead_source it: fonte originale; fonte del lead; origine potenziale cliente; fonte originale di traffico
lead_source pt: origem da primeira conversão; fonte original; origem do lead; fonte do tráfego original
lead_source nl: oorspronkelijke bron; bron van lead; oorspronkelijke verkeersbron
lead_source pl: źródło leada; pierwotne źródło; pierwotne źródło ruchu
opt_out_email fi: peruuttanut kaikki sähköpostit; peruutti sähköpostit; ei markkinointia; ei uutiskirjettä; ei saa lähettää sähköpostia
opt_out_email sv: vill ej ha utskick; ej utskick; inga utskick; avregistrerad från all e-post; tackat nej till utskick; ingen e-post
opt_out_email no: ingen utsendelser; avmeldt all e-post; avmeldt fra all e-post; ønsker ikke nyhetsbrev
opt_out_email da: ingen udsendelser; afmeldt alle e-mails; afmeldt fra alle e-mails; ønsker ikke nyhedsbrev
opt_out_email de: von allen e-mails abgemeldet; hat alle e-mails abbestellt; alle e-mails abbestellt; e-mail-opt-out; newsletter abbestellt; kein e-mail-versand; keine e-mails
opt_out_email fr: désabonné de tous les e-mails; désinscrit de tous les e-mails; désinscription e-mail; pas d'e-mailing; opt-out e-mail; exclu des e-mails; ne pas envoyer d'e-mail
opt_out_email es: no participación correo electrónico; no participación de correo electrónico; exclusión de correo electrónico; dado de baja de todos los correos; ha cancelado la suscripción de todos los correos; rechazó el correo electrónico; baja de correo
opt_out_email it: disiscritto da tutte le email; disiscritto dalle email; rinuncia e-mail; no e-mail; esclusione e-mail
opt_out_email pt: cancelou todos os e-mails; cancelou a inscrição em todos os e-mails; recusou e-mail; opt-out de e-mail; exclusão de e-mail
opt_out_email nl: afgemeld voor alle e-mails; uitgeschreven voor alle e-mails; geen mailings; geen nieuwsbrief; opt-out e-mail
opt_out_email pl: rezygnacja z wszystkich e-maili; wypisany ze wszystkich e-maili; bez mailingu
subscription en: email subscription status; email status (subscription); opt-in status; communication status; email permission status
subscription pt: status para comunicação por email; status do opt-in; status de inscrição
subscription es: estado de suscripción; estado de la suscripción
subscription de: abonnementstatus; newsletter-status; abo-status
subscription fr: statut d'abonnement; statut d'inscription e-mail
consent en: consent to contact; contact consent; consent to be contacted; may be contacted; email consent; ok to contact; okay to contact; permission to contact; marketing emails; agrees to marketing
consent fi: saa ottaa yhteyttä; yhteydenottolupa; saa lähettää sähköpostia; sähköpostimarkkinointilupa; lupa markkinointiin
consent sv: får kontaktas; vill ha nyhetsbrev; samtycke till marknadsföring; får skicka e-post
consent no: samtykke til markedsføring; kan kontaktes; ønsker nyhetsbrev
consent da: samtykke til markedsføring; må kontaktes; ønsker nyhedsbrev
consent de: darf kontaktiert werden; kontakterlaubnis; einwilligung marketing; einwilligung werbung; einverständnis; newsletter gewünscht
consent fr: consentement marketing; accepte d'être contacté; accepte les e-mails; accord pour être contacté; autorise le contact
consent es: consentimiento marketing; consentimiento de marketing; acepta ser contactado; permite contacto; acepta recibir correos
consent it: consenso al marketing; consenso email; accetta di essere contattato; consenso al contatto
consent pt: consentimento de marketing; aceita ser contatado; autoriza contato; aceita receber emails
consent nl: mag benaderd worden; mag gecontacteerd worden; toestemming marketing; toestemming voor contact; akkoord contact; nieuwsbrief gewenst
consent pl: zgoda na kontakt; zgoda na marketing; zgoda na newsletter; można kontaktować
captured_by pl: kto zeskanował; zeskanował; zeskanowane przez
captured_by nl: gescand door; vastgelegd door
captured_by fr: capturé par; saisi par
captured_by es: escaneado por; capturado por; registrado por
captured_by it: scansionato da; acquisito da; registrato da
captured_by pt: escaneado por; capturado por
phone da: direkte nr; direkte nummer; direkte telefon; tlf. direkte
phone no: direkte nr; direktenummer; direkte telefon
phone sv: direktnummer; telefon direkt; direkttelefon
phone fi: suora numero; suora puhelin
phone de: direktwahl; direkte durchwahl; telefon direkt
phone nl: direct nummer; direct telefoonnummer; doorkiesnummer
phone fr: ligne directe; téléphone direct
phone es: teléfono directo
phone it: telefono diretto
phone pt: telefone direto
phone pl: telefon bezpośredni; telefon kontaktowy
notes en: internal note; internal notes; staff notes; rep notes
duration fr: durée de la session; durée de session; temps de présence; durée de présence
duration de: sitzungsdauer; teilnahmedauer; dauer der sitzung
duration es: duración de la sesión; tiempo en sesión; tiempo de asistencia
duration it: durata della sessione; tempo in sessione
duration pt: duração da sessão; tempo na sessão
duration nl: sessieduur; duur van sessie; tijd in sessie
duration pl: czas w sesji; czas trwania sesji
duration fi: osallistumisaika; kesto istunnossa; aika istunnossa
duration sv: tid i session; sessionstid
duration no: tid i økten; varighet av økt
duration da: tid i session; sessionens varighed; antal minutter
duration no: antall minutter
duration sv: antal minuter
duration de: anzahl minuten
duration nl: aantal minuten
duration pl: liczba minut
duration fr: nombre de minutes
duration es: número de minutos
duration pt: número de minutos
duration it: numero di minuti
full_name fi: yht.hlö; yht. hlö; yht.henkilö; yht. henkilö; yhteyshlö; kontaktihenkilö; hlö; henkilön nimi
full_name sv: kontaktp.; kontaktpers.; kontakt person
full_name no: kontaktp.; kontaktpers.; kontakt person
full_name da: kontaktp.; kontaktpers.; kontakt person
full_name de: ansprechp.; ansprechpartner/in; ansprechperson; kontaktperson; asp; teilnehmer; teilnehmername; besucher
full_name fr: interlocuteur; personne de contact; participant; visiteur
full_name es: persona de contacto; asistente; participante; visitante
full_name it: persona di contatto; rif.; partecipante; visitatore
full_name pt: pessoa de contato; pessoa de contacto; participante; visitante
full_name nl: contactpers.; deelnemer; bezoeker
full_name pl: os. kontaktowa; uczestnik; gość
phone es: tfno; tfno.; tfo; tfo.; tlf; tlf.; tlfno; tlfno.; telf; telf.; tel. contacto; teléfono de contacto
phone pt: tel. contato; telef; telef.; telefone de contato; telefone de contacto
phone de: tel.-nr.; telnr; tel. nr.; ruf-nr.; telefonnr; telefonnr.
phone fr: n° de téléphone; n° tél; no de téléphone; tél. fixe; numéro de tél
phone it: n. telefono; tel. fisso; recapito telefonico; recapito
phone pl: nr tel; nr tel.; tel. kontaktowy; numer kontaktowy
phone nl: tel.nr; telefoonnr; telefoonnr.; telnr
phone is: símanr; símanr.; símanúmer tengiliðar
mobile fr: tél. port.; tél. portable; n° de portable; numéro de portable; mobile professionnel
mobile es: tfno. móvil; tlf. móvil; tel. móvil; teléfono celular; nº móvil
mobile it: cell.; tel. cell.; n. cellulare; telefono cellulare
mobile de: mobil-nr.; mobilfunk; mobilfunknummer; handy-nr.; mobilnr; mobilnr.
mobile nl: mob.; mobiel nr; mobielnr; gsm-nummer
mobile pl: kom.; tel. kom.; nr komórki; numer komórki; telefon kom.
mobile pt: telem.; tel. móvel; telefone celular; número de celular
email es: correo-e; c. electrónico; e-correo; mail de contacto; correo de contacto
email pt: e-mail de contato; e-mail de contacto
email fr: courriel professionnel; mél professionnel; e-mail de contact
email de: e-mail kontakt; kontakt-e-mail; mailadr.
email it: mail di contatto; e-mail di contatto
created_at en: date identified; date_identified
created_at de: erstelldatum; anlagedatum; erfassungszeit; anlage am
created_at es: fecha y hora de registro; fecha contacto; fecha de contacto
opt_out_email en: dnc email; dnc_email; do not contact email
opt_out_phone en: dnc phone; dnc sms
opt_out_all en: dnc; do not contact
consent is: má hafa samband; má senda póst; samþykki fyrir markaðssetningu
consent es: acepta comunicaciones comerciales; acepta publicidad; autoriza comunicaciones; permite comunicaciones
consent fr: accepte les communications; accepte la prospection; accepte communications commerciales
consent it: accetta comunicazioni; accetta comunicazioni commerciali; accetta newsletter
consent pt: aceita comunicações; aceita comunicações comerciais; autoriza comunicações
consent de: werbung erlaubt; e-mail erlaubt; darf angeschrieben werden
lead_source nl: bron van potentiële klant; bron potentiële klant; leadbron
lead_source da: kundeemnekilde; kilde til kundeemne
lead_source sv: källa för potentiell kund; leadkälla
lead_source no: kilde for kundeemne; leadkilde
lead_source de: lead-quelle; quelle des leads; potenzieller kunde quelle
notes fi: jatkotoimenpiteet; seuraava toimenpide; sovittua
notes sv: nästa steg; uppföljning
notes de: nächster schritt; nächste schritte; wiedervorlage
last_activity_at fi: viimeksi yhteydessä; viimeksi tavattu; edellinen yhteydenotto
consent pt: autoriza marketing; autoriza contacto; autoriza contato; consente marketing
consent es: autoriza marketing; autoriza contacto
consent it: autorizza marketing
consent fr: autorise marketing; autorise le marketing
full_name et: nimi; täisnimi; ees- ja perekonnanimi; kontaktisik; osaleja; osaleja nimi
full_name hu: név; teljes név; kapcsolattartó; kapcsolattartó neve; résztvevő neve
full_name ja: 氏名; お名前; 名前; ご担当者名; 担当者名; 担当者; 参加者名
first_name et: eesnimi
first_name hu: keresztnév; utónév
first_name ja: 名; ファーストネーム
last_name et: perekonnanimi; perenimi
last_name hu: vezetéknév; családnév
last_name ja: 姓; 苗字
email et: e-post; e-posti aadress; meil; meiliaadress
email hu: e-mail; e-mail cím; email cím; e-mail-cím; levelezési e-mail
email ja: メールアドレス; メール; eメール; e-mail; 電子メール; 会社メールアドレス
phone et: telefon; telefoninumber; tel
phone hu: telefon; telefonszám; tel; céges telefon
phone ja: 電話番号; 電話; tel; 会社電話番号; 連絡先電話番号
mobile et: mobiil; mobiiltelefon; mobiilinumber
mobile hu: mobil; mobiltelefon; mobilszám; mobiltelefonszám
mobile ja: 携帯電話; 携帯電話番号; 携帯番号; 携帯
company et: ettevõte; ettevõtte nimi; firma; asutus; organisatsioon
company hu: cég; cégnév; vállalat; munkahely; szervezet; cég neve
company ja: 会社名; 貴社名; 御社名; 企業名; 勤務先; 法人名; 所属
company_id et: registrikood; reg nr; reg kood
company_id hu: adószám; cégjegyzékszám
company_id ja: 法人番号
job_title et: amet; ametikoht; ametinimetus; roll
job_title hu: beosztás; munkakör; pozíció; titulus
job_title ja: 役職; 役職名; 職種; 肩書き; 職位
department et: osakond
department hu: osztály; részleg
department ja: 部署; 部署名; 部門; 所属部署
country et: riik
country hu: ország
country ja: 国; 国名
city et: linn; asukoht
city hu: város; település
city ja: 市区町村; 市町村
region et: maakond
region hu: megye
region ja: 都道府県
postal_code et: postiindeks; sihtnumber
postal_code hu: irányítószám; irsz
postal_code ja: 郵便番号
street et: tänav; aadress
street hu: utca; cím; utca házszám
street ja: 住所; 番地
website et: veebileht; koduleht; kodulehekülg
website hu: honlap; weboldal; weblap
website ja: ウェブサイト; ホームページ; url
created_at et: loodud; registreeritud; registreerimise aeg; kuupäev ja kellaaeg; skaneeritud
created_at hu: létrehozva; regisztráció dátuma; regisztráció ideje; jelentkezés ideje; beolvasva
created_at ja: 登録日; 登録日時; 作成日; 作成日時; 申込日; 申込日時; 送信日時
attended et: osales; kohal
attended hu: részt vett; megjelent
attended ja: 出席; 参加
notes et: märkused; kommentaar; kommentaarid
notes hu: megjegyzés; megjegyzések; üzenet
notes ja: 備考; メモ; コメント; お問い合わせ内容; ご質問
consent et: nõusolek; turundusnõusolek; uudiskiri
consent hu: hozzájárulás; hírlevél; marketing hozzájárulás
consent ja: メルマガ; メール配信; 同意
industry et: tegevusala
industry hu: iparág; ágazat
industry ja: 業種; 業界
employees et: töötajate arv
employees hu: létszám; alkalmazottak száma
employees ja: 従業員数; 社員数
"""

# Headers that are known and are not the field whose word they hold, whose values could be taken for
# it, or that belong to someone else: they stay in extra.
KNOWN = """
cc email; cc email address; assistant email; assistant's email; billing email; invoice email
how did you hear about us; where did you hear about us; mistä kuulit meistä; hur hörde du om oss; hvordan hørte du om oss; hvordan hørte du om os; wie haben sie von uns erfahren; comment nous avez-vous connu; comment nous avez-vous connus; cómo nos conoció; come ci hai conosciuto; come ci ha conosciuto; como nos conheceu; hoe heeft u van ons gehoord; hoe heeft u ons gevonden; skąd o nas wiesz
email status; email confidence; email sent; email open; email opened; email bounced; email domain; email type; e-mail type; email source; primary email source; secondary email source; tertiary email source; secondary email status; tertiary email status; primary email catch-all status; primary email last verified at; email verified; email verification; email verification status; email validation; email quality; email format; email client; email label; e-mail display name; e-mail 2 type; e-mail 2 display name; e-mail 1 - label; e-mail 1 - type; e-mail 2 - label; e-mail 2 - type; phone 1 - label; phone 1 - type; phone 2 - label; phone 2 - type; phone type; phone status; phone label; mobile status; company name for emails; company name - cleaned; email bounce; email bounced date; email bounced reason; email clicks; email opens; emails sent; emails opened; has email; email preference; preferred email; email_type; e-mail-typ; e-mail: angezeigter name; e-mail: typ; e-mail 2: typ; e-mail 2: angezeigter name
previous company name; previous company; previous job title; previous company zoominfo company id; previous company linkedin profile; former company; former employer; past company; company description; company linkedin url; linkedin company profile url; company linkedin; company facebook; facebook url; twitter url; facebook; twitter; facebook company profile url; twitter company profile url; instagram; xing; zoominfo contact profile url; zoominfo company profile url; company domain name for emails; company type; company owner; company revenue; company founded; company status; company ticker; subsidiary of; parent company; parent account id; parent company name; account id; account owner; account type; account number; account status; account name local; associated company ids; associated company id; associated deal ids; associated deal; associated deals; associated contact ids; zoominfo company id; apollo account id; company size category; number of locations; number of retail locations; organization - id; organization id; partner id; company profile url; person - owner; fax; fax number; business fax; home fax; other fax; faxnummer; telefax; faksi; faks; company fax; fax geschäftlich; fax privat
ad_id; ad_name; ad id; ad name; adset_id; adset_name; adset id; adset name; campaign_id; campaign id; form_id; form id; is_organic; is organic; platform; ad group id; ad group name; ad group; adgroup_id; creative id; creative_id; creative name; asset group id; gclid; gcl_id; google click id; fbclid; lead_status; lead status; lead stage; lead type; status; state (status); stage; lifecycle stage; deal stage; lists ids; stage name; lead_type; status reason; statuscode; lead substatus; estado del lead; stato lead; statut; tila; type; typ; tyyppi; category; categories; kategoria; kategori; kategorie; group; group membership; ryhmä; grupp; gruppe; segment; tag ids; member_rating; score; lead score; points; engagement score; contact accuracy score; contact accuracy grade; persona; territory name
contact owner; lead owner; owner; owner id; ownerid; lead owner id; record owner; account manager; sales rep; sales representative; salesperson; sales person; assigned to; assigned; assignee; created by; created by id; created by name; modified by; modified by id; last modified by; createdby; modifiedby; createdbyid; lastmodifiedbyid; owner name; owner email; owner full name; contact owner email; vastuuhenkilö; myyjä; omistaja (crm); säljare; ansvarig; kontaktansvarig; selger; sælger; ansvarlig; verkäufer; zuständig; vertriebsmitarbeiter; kundenbetreuer; commercial; vendeur; propriétaire; vendedor; propietario; responsable; venditore; responsabile; responsável; verkoper; eigenaar; sprzedawca; opiekun; opiekun klienta; söluaðili; manager; manager's name; assistant's name; assistant; buyer name; buyer email; buyer first name; buyer last name; purchaser name; purchaser email; referred by; referrer; referrer name; referrer email; referral email; friend's email; host; host email; host name; panelist; spouse; emergency contact; billing email; billing name; reply to; from; from email; sender; sender email; to; cc email; bcc; account manager email; invited by; meeting organizer; organizer; organizer email; approved by
participant id (upn); participant id; id do participante (upn); upn; user principal name; id du participant (upn); teilnehmer-id (upn); osallistujatunnus (upn); deltagar-id (upn); user id (upn); role in meeting; engagement: raise hand; is guest; guest; rooli kokouksessa; user action; webinar id; webinar key; actual start time; actual start date/time; scheduled time; actual duration (minutes); # registered; # registrants; # cancelled; unique viewers; total users; max concurrent views; enable registration; clicked registration link; opened invitation; total attended; meeting id; topic id; session id; event id; event code; questions asked; polls; poll; attentiveness; attendee type; ticket type; ticket name; ticket_name; ticket class; biljettyp; lipputyyppi; billettype; ticketart; type de billet; tipo de entrada; quantity; antal; määrä; anzahl; quantité; price; hinta; pris; preis; prix; total; amount; currency; discount code; promo code; payment status; payment method; order status; total paid; attendance rate; replay viewed; has viewed replay
photo; nickname; lempinimi; smeknamn; kallenavn; spitzname; surnom; apodo; soprannome; bijnaam; birthday; date of birth; dob; birth date; birthdate; birth year; birth month; birth day; syntymäaika; födelsedatum; fødselsdato; geburtstag; geburtsdatum; date de naissance; fecha de nacimiento; data di nascita; data de nascimento; geboortedatum; data urodzenia; gender; sex; age; sukupuoli; kön; kjønn; geschlecht; sexe; anniversary; jahrestag; file as; phonetic first name; phonetic middle name; phonetic last name; yomi name; given name yomi; family name yomi; initials; initialen; display name (local); job start date; last job change type; last job change date; job change date; notice provided date; certification date; founded year; year founded; founded; last raised at; latest funding; latest funding amount; total funding; annual revenue; revenue; revenue (in 000s usd); revenue range (in usd); liikevaihto; omsättning; omsetning; umsatz; chiffre d'affaires; turnover; keywords; technologies; seo description; sic code; sic codes; naics code; naics codes; sic code 1; naics code 1; latitude; longitude; gmtoff; dstoff; timezone; time zone; language; preferred language; kieli; språk; sprog; sprache; langue; idioma; lingua; taal; język; locale; ip; ip address; optin_ip; confirm_ip; user agent; browser; os; operating system; page; page url; page title; landing page; referrer url; referring url; first page seen; website visits; e-mail: typ; address 1 - label; address 1 - type; website 1 - label; website 1 - type; organization 1 - type; email address type; isdeleted; masterrecordid; isconverted; is converted; is deleted; tags (internal); response type; ending; attachment; attachments; attachment link; logo; image; picture; business card; business card image; company logo; profile picture; opened; clicked; replied; demoed; bounced; utm id; utm_id; subscription type; data source; source id; source type; source url; unsub_campaign_id; unsub_reason_other; tags; tag; labels; keywords and tags; clean_campaign_title; clean_campaign_id; email hash; leave reason; cancellation date; cancelled; canceled; cancelado; cancellato; peruutettu; privacy; dsgvo; rgpd; avg; lgpd; rodo; gdpr; terms; terms accepted; terms and conditions; privacy policy; privacy policy accepted; tietosuoja; tietosuojaseloste; lead owner.id; created by.id; modified by.id; company phone label; other attended; job title hierarchy; highest level of education; education; school; university; degree (education)
"""

# Unknown headers, mostly questions on forms: words in them, in this order, decide, and only when
# the values agree. extra: never taken by values.
PHRASES = """
extra *: terms and conditions; terms of service; terms of use; privacy policy; privacy notice; privacy statement; data protection; datenschutz; tietosuoja; käyttöehdot; integritetspolicy; personvern; persondatapolitik; politique de confidentialité; política de privacidad; política de privacidade; informativa sulla privacy; privacyverklaring; polityka prywatności; code of conduct
extra *: previous; former; owner; manager's; assistant; sales rep; account manager; created by; modified by; updated by; assigned; referred; referrer; colleague; friend; emergency; spouse; billing; shipping; invoice; host; panelist; organizer; organiser; company phone; corporate phone; hq; headquarters; fax; score; status; type; label; verified; verification; bounced; opened; clicked; count; id; upn; parent; subsidiary; deal; opportunity id; organization phone; account phone; switchboard; competitor; supplier; vendor; confidence; source
opt_out_email *: do not send; don't send; do not wish to receive; don't want to receive; do not want to receive; opt out of; en halua; vill inte ha; möchte keine; ne souhaite pas recevoir; no deseo recibir
consent *: do you agree; do you consent; agree to be contacted; okay to contact; can be contacted; may be contacted; contacted by; acepta comunicaciones; accetta comunicazioni; aceita comunicações; accepte les communications; geeft toestemming; darf ihnen; dürfen wir; darf der veranstalter; ich bin einverstanden; acconsento; do il consenso; consenso al trattamento; consenso per; j'accepte; je consens; acceptez-vous; souhaitez-vous recevoir; puis-je; acepto recibir; acepto que; desea recibir; autorizo; aceito receber; concordo em receber; ik ga akkoord; mogen wij; wyrażam zgodę; zgadzam się; får vi; må vi; haluatko; saammeko; saako; i agree; i consent; i would like to receive; i'd like to receive; i want to receive; yes, i agree; send me; keep me updated; keep me informed; may we contact; can we contact; may we send; sign me up; sign up for our newsletter; subscribe to our newsletter; subscribe me; receive marketing; receive emails; receive our newsletter; hyväksyn; suostun; haluan uutiskirjeen; minulle saa lähettää; saa lähettää; saako lähettää; tilaan uutiskirjeen; jag samtycker; jag godkänner; jag vill ha nyhetsbrev; jeg samtykker; jeg godtar; jeg ønsker å motta; jeg accepterer; jeg vil gerne modtage; ég samþykki; ich stimme zu; ich willige ein; ich möchte den newsletter; ich bin damit einverstanden; j'accepte; je souhaite recevoir; je consens; acepto recibir; deseo recibir; acconsento; desidero ricevere; aceito receber; concordo em receber; desejo receber; ik ga akkoord; ik wil graag; ik geef toestemming; wyrażam zgodę; zgadzam się
timeframe_days *: milloin aiotte; milloin haluatte; milloin tarvitsette; milloin olette; milloin suunnittelette; milloin hankinta; hankinnan aikataulu; när ska ni; när tänker; när räknar; når skal dere; hvornår skal i; wann werden; cuándo prevé; cuándo necesita; quando pensa; quando gostaria; quando precisa; wanneer wilt; wanneer bent; wanneer heeft; kiedy planuj; kiedy chc; when do you plan; when do you want; when do you need; when would you like; when do you expect; when are you planning; when are you looking; when will you; how soon; purchase timeline; purchase timeframe; time frame; timeframe; buying timeline; milloin aiot; milloin suunnittelet; milloin tarvitset; milloin haluat; ostoaikataulu; hankinta aikataulu; när planerar; när vill; när behöver; når planlegger; når ønsker; når har du behov; hvornår planlægger; hvornår ønsker; wann planen; wann möchten; wann benötigen; wann soll; quand prévoyez; quand souhaitez; dans quel délai; cuándo planea; cuándo piensa; cuándo desea; quando prevede; quando intende; quando pretende; wanneer wilt; wanneer verwacht; wanneer bent u van plan; kiedy planuje; kiedy chce; hvenær
employees *: how many employees; how many people work; company size; number of employees; how big is your company; how large is your company; size of your company; size of your organization; size of your organisation; montako työntekijää; kuinka monta työntekijää; kuinka suuri yritys; yrityksen koko; hur många anställda; antal anställda; hvor mange ansatte; hvor mange medarbejdere; wie viele mitarbeiter; größe ihres unternehmens; combien d'employés; combien de salariés; taille de votre entreprise; cuántos empleados; quanti dipendenti; quantos funcionários; hoeveel medewerkers; ilu pracowników
email *: email; e mail; mail address; sähköposti; sähköpostiosoite; e post; mejladress; netfang; courriel; correo electrónico; posta elettronica; correio eletrónico; e mailadres; poczta
linkedin *: linkedin
mobile *: mobile; cell phone; cell no; cell number; matkapuhelin; mobilnummer; handynummer; móvil; cellulare; celular; telemóvel; mobiel; komórka; farsími
phone *: phone; phone number; telephone; contact number; puhelin; puhelinnumero; telefon; telefonnummer; téléphone; teléfono; telefono; telefone; telefoon; telefoonnummer; sími; tel; tlf; rufnummer
website *: website; web site; homepage; verkkosivu; hemsida; nettside; hjemmeside; webseite; site web; sitio web; sito web
company *: missä yrityksessä työskentelet; yrityksenne; organisaationne; welches unternehmen arbeiten; er företag; vilket bolag; deres bedrift; jeres virksomhed; votre organisation; vuestra empresa; la sua azienda; vostra azienda; vossa empresa; welke organisatie; państwa firma; which company; what company; company name; name of your company; your company; company do you; organization do you; organisation do you; which organization; which organisation; your organization; your organisation; where do you work; who do you work for; your employer; company are you; missä yrityksessä; yrityksesi; mitä yritystä; yrityksen nimi; vilket företag; ditt företag; företagets namn; hvilket firma; hvilken bedrift; bedriftens navn; hvilken virksomhed; virksomhedens navn; welches unternehmen; welchem unternehmen; ihr unternehmen; welcher firma; ihre firma; quelle entreprise; votre entreprise; votre société; qué empresa; su empresa; quale azienda; tua azienda; qual empresa; sua empresa; welk bedrijf; uw bedrijf; jaka firma; nazwa firmy
job_title *: welche funktion; welche position; welche rolle; was ist ihre funktion; quelle est votre fonction; quel est votre poste; quel poste; cuál es su cargo; qué cargo; qual è il suo ruolo; qual è il tuo ruolo; qual o seu cargo; qual é o seu cargo; wat is uw functie; welke functie; mikä on tehtäväsi; tehtävänne; tittelinne; roolinne; er roll; er befattning; vilken roll; hvilken stilling; hvilken rolle; jakie stanowisko; your role; your job; your title; your position; job title; what do you do; your function; your occupation; rooli; roolisi; tittelisi; tehtäväsi; työtehtävä; din roll; din titel; din befattning; din rolle; din stilling; ihre position; ihre funktion; ihre rolle; votre fonction; votre poste; votre rôle; su cargo; su puesto; il tuo ruolo; la tua posizione; seu cargo; sua função; uw functie; twoje stanowisko
first_name *: your first name; first name; etunimi; förnamn; fornavn; vorname; prénom; voornaam
last_name *: your last name; last name; surname; sukunimi; efternamn; etternavn; efternavn; nachname; achternaam; apellidos; cognome; sobrenome; nazwisko
full_name *: wie heißen; wie heissen; wie ist ihr name; comment vous appelez; cómo se llama; cómo te llamas; mikä on nimenne; nimenne; vad heter; hva heter; hvad hedder; come si chiama; come ti chiami; como se chama; hoe heet; jak się nazywa; your name; full name; name applicant; name ist; what's your name; whats your name; what is your name; nimesi; nimi; ditt namn; ditt navn; dit navn; ihr name; votre nom; su nombre; il tuo nome; seu nome; uw naam; twoje imię
country *: which country; what country; your country; country are you; missä maassa; vilket land; hvilket land; welches land; welchem land; quel pays; qué país; quale paese; qual país; welk land; jakim kraju
city *: which city; what city; your city; missä kaupungissa; vilken stad; hvilken by; welche stadt; welcher stadt; quelle ville; qué ciudad; quale città
interest *: intresserade; interesserede; kiinnostuneita; kiinnostaako; mistä olet kiinnostunut; interessato a; interessada; interessado em; geïnteresseerd; zainteresowan; interested in; what are you interested; what interests you; product are you; products are you; solution are you; kiinnostaa; kiinnostunut; intresserad; interessert; interesseret; interessiert; interessieren; intéresse; interesa; interessa
notes *: anything else; anything we should know; your message; questions or comments; additional comments; additional information; how can we help; tell us more; what can we help; muuta kerrottavaa; kerro lisää; miten voimme auttaa; något annat; hur kan vi hjälpa; noe annet; hvordan kan vi hjelpe; wie können wir ihnen helfen; comment pouvons nous vous aider; cómo podemos ayudarle; come possiamo aiutarti; como podemos ajudar
"""

HEADER = """\
# Headers of exports and the columns of ours that they mean.
#
# match whole: the header, folded (case, _ - . : * ? and blanks, zero-width characters), is this
# text. match words: the header holds these words one after the other; tried in the order of this
# file for headers that are not known as a whole, and believed only when the values agree.
# rank: of several columns that fill one field the lowest comes first; 9 = only when it is the only
# one. The fields are the columns of a lead and the words of core/normalize/target.h; "extra" says
# that a header is known and must not be taken for anything else.
# Add your own in header_synonyms.tsv.local, with the line of column names.
#
# Made by rules/refresh/header_synonyms.py. grade: the letters of evidence (X an export file or an
# importer, R Roundcube labels, C Roundcube's Outlook/Thunderbird headers, E EspoCRM, D Dolibarr,
# T tine20, M Meta, V general vocabulary, not confirmed), + the project's own. Single words and short
# labels, collected as facts; the selection, ranks and additions are the project's (same licence).
"""


def opt_out_kind(synonym):
    for field, words in OPT_OUT:
        if any(word in synonym for word in words):
            return field
    return "opt_out_email"


def from_table(path, rows):
    with open(path, encoding="utf-8") as table:
        assert table.readline().split("\t")[:3] == ["lang", "field", "synonym"]
        for line in table:
            lang, field, synonym, grade = line.rstrip("\n").split("\t")
            field = FIELDS.get(field, field)
            changed = CHANGED.get(field, {})
            if synonym in changed:
                field = changed[synonym]
                if field is None:
                    continue
            if field == "opt_out":
                field = opt_out_kind(synonym)
            rows.append((field, lang, "whole", 0, synonym, grade))


def from_block(text, match, rows):
    for line in text.strip().splitlines():
        head, synonyms = line.split(": ", 1)
        parts = head.split()
        field, lang, rank = parts[0], parts[1], int(parts[2]) if len(parts) > 2 else 0
        for synonym in synonyms.split("; "):
            rows.append((field, lang, match, rank, synonym.strip(), "+"))


def main():
    rows = []
    from_table(sys.argv[1], rows)
    from_block(ADDED, "whole", rows)
    for line in KNOWN.strip().splitlines():
        for synonym in line.split("; "):
            rows.append(("extra", "*", "whole", 0, synonym.strip(), "+"))
    order = {lang: i for i, lang in enumerate(["*"] + LANGUAGES)}
    fields = []
    for row in rows:
        if row[0] not in fields:
            fields.append(row[0])
    whole, seen = [], set()
    for row in rows:
        key = (row[0], row[1], row[4].lower())
        if key in seen:
            continue
        seen.add(key)
        whole.append(row)
    whole.sort(key=lambda row: (fields.index(row[0]), row[3], order[row[1]]))
    phrases = []
    from_block(PHRASES, "words", phrases)
    sys.stdout.write(HEADER)
    print("field\tlang\tmatch\trank\tsynonym\tgrade")
    for row in whole + phrases:
        print("\t".join(str(cell) for cell in row))


if __name__ == "__main__":
    main()
