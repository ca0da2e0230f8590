"""Words by which a name is told from a role and from a body, and the words that say that a name follows."""

from __future__ import annotations

import re
from collections.abc import Iterable

TITLES = frozenset(
    """sgt insp capt lt col maj mr mrs ms miss mx dr prof professor rev revd reverend canon fr father sir dame lord lady cllr councillor
    captain major colonel commander sergeant lieutenant retd""".split()
)

# One of these in a capitalised phrase makes it a body: `Dorothy Stringer School`.
BODIES = frozenset(
    """academy academies association authority bank board borough centre church citizens city clinic club college commission
    committee community company council county court department directorate district federation fire foundation group hall
    health healthcare homes hospice hospital hospitals house housing infant institute junior limited library ltd ministry mat
    museum nhs nursery office parliament park partnership plc police practice primary road school schools science search secondary
    service services society solutions square st street surgery team teams theatre town trust trusts union university
    village westminster lane avenue drive
    floor annexe entrance atrium
    civic action advice aid alliance ambulance arts assembly bureau campus chambers charity chapel cathedral close
    collaborative collective connect consortium consultancy consulting corporation court crescent diocese education
    enterprise enterprises festival forum gallery gardens grammar heritage hub initiative institution international jobcentre
    laboratory llp manor mencap mews mission network networks online orchestra organisation palace place plus prison
    programme quay railway rights row samaritans scheme sixth station studio studios surgeries terrace tribunal unit union unison
    ventures view walk way wharf yard hm courts tribunals foodbank almshouses infirmary
    adran amgueddfa awdurdod bwrdd canolfan coleg cyngor gwasanaeth gwasanaethau heddlu llyfrgell llywodraeth meddygfa
    neuadd parc prifysgol swyddfa tîm ymddiriedolaeth ysgol iechyd""".split()
)
# One of these is part of a role or of a department, never of a name.
ROLES = frozenset(
    """accountant analysis administration administrator adult adults adviser advisor agency analyst architect area asset assistant
    associate band benefits building bursar business care careers carers chair chairman chief child children children's
    childrens clerk clinical coach communities consultant control coordinator co-ordinator corporate curriculum customer
    data dean debt defence deputy design development digital director directors division early economic education elected employment
    engagement engineer environment environmental equality estates exams executive facilities faculty families family
    finance foster general governance governor governors grade head headteacher helpdesk helpline highways hr human ict
    inclusion information insight inspector intelligence interim internal it janitor job lawyer lead leader learning legal licensing line local
    maintenance management manager managers marketing matron matrons member members mental midwife midwifery nurse nurses nursing
    occupational officer officers operational operations pa partner partners partnerships payroll pensions people people's
    personal personnel physiotherapist planner planning policy post practitioner principal procurement professional
    programme project property provost psychiatrist psychologist public quality reception recruiter recruiting recruitment
    referral regeneration regional registrar registration research resident residents resources retained role safeguarding
    secretary senco senior site sister social solicitor specialist staff strategic strategy superintendent supervisor
    support switchboard talent teacher teachers teaching technical technician therapist therapy trade trainee training transport
    treasurer trustee unions vacancies vice volunteering ward warden waste welfare work worker workforce young youth
    acute admissions anaesthetics anaesthetist audiology bank cardiology chaplain chemotherapy clerical clinic consultants
    dementia dental dermatology dietitian discharge divisional elderly endoscopy emergency epilepsy gastroenterology
    geriatrics gynaecology haematology housekeeping immunology infection intensive laboratory maternity medical medicine
    neonatal neurology nutrition obstetrics oncology ophthalmology orthopaedics outpatients paediatric paediatrics
    palliative pathology patient patients pharmacy podiatry prevention psychiatry psychological radiology radiographer
    radiography rehabilitation renal respiratory rheumatology screening sonographer stroke surgical theatres therapies
    trauma urology vascular diabetes echocardiography physiotherapy microbiology microbiologist
    advisers advisory advocacy apprenticeship attendance births cabinet cemetery commercial commissioning compliance
    consultation contracts counsel councillors democratic deputies devices domestic elections enforcement executives
    fleet growth grounds hygiene income innovation intervention investment justice leisure licensee library logistics
    mayor nursery parking partners payments performance pastoral permits property quality registrars repairs revenues
    scientific secretariat skills sports strategy streets sustainability systems talents tenancy treasury
    parish priest vicar rector pc advanced bases biomedical cardiac critical delivery improved lab physician physicians resource specialty
    cyfarwyddwr pennaeth prif rheolwr swyddog adnoddau dynol recriwtio gofal cymdeithasol addysg arweinydd cadeirydd cydlynydd athro athrawes gweithiwr uwch gweinyddol""".split()
)
ROLE_ENDING = re.compile(
    r"(?:olog|iatr|ent|ap)ists?$|(?:ici|ari)ans$|icians?$|(?:elop|ine|tion)ers?$|(?:itor|tant|ssor)s?$"
)
"""`Physiologists`, `Developers`, `Auditor`: roles that no list has. Not all in `-ers`, for there are people called so."""
# Capitalised at the beginning of a sentence or of a label.
OTHERS = frozenset(
    """a about all also an and any application applications apply are as at authentication be because but by call centre
    click closing contact contacts cv date dates details dot each either e-mail email enquiries enquiry evidence every
    excellent fax female for form forms from full further have he her here him his how i if in informal interested
    interview interviews is it's its join level male microsoft google adobe teams zoom word excel linkedin facebook twitter
    mobile monday more must my name no not number of on only or our out part people phone please point queries questions
    ref reference room salary saturday scale see she should since sunday tel telephone text thank thanks that the their
    them then there these they this those thursday time title to tuesday until us via visit visits we website wednesday
    friday what when where which who why will with you your january february march july september october november
    december ending starting jobs vacancy
    call ring text whatsapp write want should tours speak talk
    bleep ext extn extension int pager dect switchboard option ask dm message messages drop give tweet
    access ability additional advance after age apprentices attached background band before being below benefits both bring
    call-out can christmas chrome confidential consent council's cover covering disability disclosure does during
    early easter employee employer employers essential expression expressions excel fixed flexible following free
    full-time fulltime general good grade great guide hearing help hours hybrid immediately important including key late later
    leave letter line list location make may medium microsoft minimum national need next night notes office open outlook
    panel part-time permanent person-centred please previous previously profile provide qualified read remote report required
    reserved responsibility responsible role salaried school see self send shift shortlisting spring start street subject summer
    temporary term time today tomorrow travel under using vacancy various walk-in week weekend welcome when work yes yours zero
    autumn winter supporting statement sway sharepoint skype yammer android apple windows mac oracle fusion mosaic
    purchase purchases order orders off
    ofsted outstanding cqc hmi estyn good
    obe mbe cbe dl jp qc kc phd msc bsc ba ma rgn rmn frcs frcp
    citizens criminal police barring enhanced standard basic
    i gael am ar os neu â gyda neu'r sgwrs swydd rôl ffôn""".split()
)
# What Welsh makes of the first letter of such a word after another one.
MUTATED = {
    f"{soft}{word[len(hard) :]}": word
    for hard, softs in (
        ("c", "g ch ngh".split()),
        ("p", "b ph mh".split()),
        ("t", "d th nh".split()),
        ("b", "f m".split()),
        ("g", ["", "ng"]),
        ("ll", ["l"]),
        ("m", ["f"]),
        ("d", ["dd", "n"]),
        ("y", ["hy"]),
    )
    for word in "adran amgueddfa awdurdod bwrdd canolfan coleg cyngor gwasanaeth gwasanaethau heddlu llyfrgell llywodraeth meddygfa"
    " neuadd parc prifysgol swyddfa tîm ymddiriedolaeth ysgol".split()
    if word.startswith(hard)
    for soft in softs
}
# No part of a name that is written in small letters.
SMALL_WORDS = frozenset(
    """above below directly someone somebody anyone them me this that school main admin number today first team teams
    address again always by call contact early either enquiry enquiries free here hr immediately informal initially
    later line more now numbers online only person persons phone please post reception same soon straight telephone
    then there well within without would you your yourself their its his her him it line both following named relevant freephone freefone landline colleagues everyone helpdesk helpline anytime back
    appropriate recruiting hiring duty on-call bleep practice ward surgery office clinic home mobile work direct address
    for with and or the a an in of to from as at on about if before after during regarding via using through
    neu am gyda yr y ar i""".split()
)
# A phrase that begins so is a place or a body of one.
PLACES = frozenset(
    """north south east west central upper lower great greater royal england wales scotland ireland britain british english
    scottish welsh irish northern southern eastern western uk united national natural historic kent essex surrey sussex
    norfolk suffolk devon cornwall dorset somerset hampshire berkshire durham cumbria lancashire yorkshire cheshire
    derbyshire nottinghamshire lincolnshire leicestershire northamptonshire cambridgeshire bedfordshire hertfordshire
    buckinghamshire oxfordshire gloucestershire wiltshire worcestershire warwickshire staffordshire shropshire
    herefordshire rutland northumberland merseyside london manchester birmingham leeds liverpool sheffield bristol
    newcastle nottingham cardiff swansea edinburgh glasgow aberdeen dundee belfast great new old market""".split()
)
# A phrase that ends in one of these is a body or a place of one, though before a role they are part of that: `Sam Example, Care Manager`.
BODY_ENDINGS = frozenset(
    "ward support care research relief wing suite concern hostel centre unit scotland cymru uk".split()
)
# Bodies, agencies and wards that are called as people are.
NAMED_AS_PEOPLE = frozenset(
    (
        "marie curie",
        "sue ryder",
        "john lewis",
        "robert half",
        "michael page",
        "morgan hunt",
        "joseph rowntree",
        "florence nightingale",
        "mary seacole",
        "edith cavell",
        "nelson mandela",
        "owain glyndŵr",
        "robert owen",
        "elizabeth garrett",
    )
)
COMPASS = frozenset("north south east west".split())
PARTICLES = frozenset("de la le du van der den von di da dos ap ab bin al el ter y".split())

# What may stand between a name and the number or address that is given for it.
BETWEEN = frozenset(
    """on at via by or and tel telephone email e-mail mail phone mobile mob number no direct dial line ext is available
    address can be reached contacted will happy of for the to us our job title through in , : ; - – — ( ) / . | < & * • =
    t e m ar neu extension extn bleep pager twitter linkedin
    mae yn hapus i siarad â chi y yr tîm am sgwrs cael gael ei gellir cysylltu""".split()
)
# What may stand between a cue and the name.
FILLERS = frozenset(
    "our the my his her their either both us me name names is person she he they her him them : - – — ( ) , â = • * | / ; or and & one".split()
)
SEPARATORS = frozenset(", - – — ( ) : / ; | or and & neu \n".split(" "))
DETERMINERS = frozenset("our the my his her their".split())
DEFINITE = frozenset("the our your".split())

# Cues from which a name is looked for, matched where one of STEMS stands: looking for those is what is fast.
CUE = re.compile(
    r"(?:(?<![A-Za-z])|(?-i:(?<=[a-z])(?=[A-Z])))(?:"
    r"(?:cysylltwch|cysylltu|gysylltu|siaradwch|siarad|sgwrsio|chat|conversation|discuss(?:ion|ions|ed)?(?: \w{1,12}){0,3}|had|liais(?:e|ing)|touch|"
    r"sp[eo]ak(?:ing)?|talk(?:ing)?|words?|meeting|call|arranged|arrangement|booked|held|appointment|get together)\s(?:with|â|ag|gyda|efo)\b"
    r"|(?:sp[eo]ak(?:ing)?|talk(?:ing)?|out|writ(?:e|ing)|s[ea]nt|send|directed|addressed|return(?:ed)?|submitted|forwarded|"
    r"forms?|applications?|cvs?|enquir(?:y|ies)|quer(?:y|ies)|questions?|go|made|emailed|chat(?:ting)?|listen)\sto\b"
    r"|get(?:ting)? in touch(?=\s?:)|contact(?:s|ing)?\b(?:\s(?:us|details|name|person)\b)?|call(?:ing)?\b|ring(?:ing)?\b|(?:tele)?phon(?:e|ing)\b|e-?mail(?:ing)?\b(?:\s(?:us\s)?to\b)?"
    r"|(?:e-?bost|tecst)(?:iwch|io)\b|(?:arranged|booked) (?:through|via)\b|ffon(?:iwch|io)\b|ysgrifennwch at\b|message\b|whatsapp\b|dm\b|text(?:ing)?\b|ping\b|tweet\b|address(?:ed)?(?: \w{1,12})? to\b"
    r"|attention of\b|(?:ask|gofynnwch)(?:ing)? (?:for|am)\b|please ask\b|fao\b|sylw\b|c/o\b|visit with\b"
    r"|(?P<weak>report(?:s|ing)?(?: \w{1,10})? to|(?:managed|supervised|held|occupied|mentored|led|chaired) by|\(previously|replac(?:es|ing)|succeeding)\b"
    r"|(?P<label>manager|head\s?teacher|principal|chair of governors|chief executive|director|bursar|matron|informal enquiries|enquiries|queries|name"
    r"|yours (?:sincerely|faithfully|truly)|(?:(?:kind|best|warm)(?:est)? )?(?:regards|wishes)|(?:many )?thanks|signed|yn gywir|rheolwr(?: \w{3,12})?|pennaeth|prifathro|prifathrawes|cyfarwyddwr|cyswllt|cofion(?: \w{4,7})?|diolch(?: yn fawr)?)"
    r"(?:\sfor\s(?:the|this)\s(?:job|post|position|role|vacancy))?(?=\s?[:,?\n])"
    r"|(?:yours (?:sincerely|faithfully)|(?:kind|best|warm) (?:regards|wishes))(?=\s{1,3}(?-i:[A-Z]))"
    r"|(?:(?:hir|recruit|appoint|interview)(?:ing|ment)|line|vacancy) (?:manager|lead|officer|contact)(?=\s?[-–—])|head\s?teacher(?=\s?[-–—])"
    r"|(?:mentor|supervisor|assessor|tutor)(?=\s?:)"
    r"|panel(?=\s?:)|name(?=(?-i:[A-Z][a-z]))"
    r")",
    re.IGNORECASE,
)
_STEMS = """cysyllt gysyllt siarad sgwrsio chat conversation discuss had liais touch speak spoke talk word meeting call out· writ sent· send·
    directed· addressed· return submitted· forwarded· form application cv enquir quer question go· made· emailed· contact
    ring phon telephon email e-mail attention ask·for asking·for fao c/o visit·with manager head·teacher headteacher principal
    chair·of informal name yours kind· best· warm· signed
    arranged·with arrangement·with booked·with held· appointment·with get·together ebost e-bost tecst arranged·through arranged·via booked·through booked·via ffon ysgrifennwch message whatsapp dm· gofynnwch
    sylw· report managed·by supervised·by occupied·by mentored·by led·by chaired·by (previously· chief·executive director
    bursar matron panel hiring recruit appoint interview text ping· tweet address replac succeeding regards wishes
    get·in getting·in rheolwr pennaeth prifath cyfarwyddwr cyswllt yn·gywir my·name fy·enw i'm· i’m· i·am· our· your· post alongside· mae· cofion diolch please·ask mentor: supervisor: assessor: tutor: thanks line·man vacancy· kindest· warmest·"""
STEMS = tuple(stem.replace("·", " ") for stem in _STEMS.split())
"""Lower-case beginnings of all that CUE and APPOSED match."""


def _any_of(stems: Iterable[str]) -> str:
    """A pattern of all of these, each letter tried once: `c(?:all|onta(?:…))`. What begins with a shorter one is that."""
    rest: dict[str, list[str]] = {}
    for stem in stems:
        if not stem:
            return ""
        rest.setdefault(stem[0], []).append(stem[1:])
    return f"(?:{'|'.join(re.escape(first) + _any_of(tails) for first, tails in rest.items())})"


STEM = re.compile(_any_of(STEMS))
# A look at the first letter alone is what makes a search for a hundred beginnings quick.
# Only looked at, so that none hides another that begins within it: `line man` and `manager`, `please ask` and `ask for`.
BEFORE_STEM = re.compile(rf"[^a-z](?=[{''.join({re.escape(stem[0]) for stem in STEMS})}])(?={STEM.pattern})")
"""What ends where a stem begins a word: a class of characters, from which the engine skips over the letters of words."""

# Never part of the name of a school, as `Dr` and `Sir` are.
PLAIN_TITLE = re.compile(r"(?:M(?<!\wM)(?:rs?|s|iss|x|R|RS|S|ISS)|C(?<!\wC)(?:llr|ouncillor)|R(?<!\wR)evd?)\b\.?\s")
# Bodies are named so, too: one of these tells a name of two words, or with an initial.
SHARED_TITLE = re.compile(
    r"(?:Rev(?:erend)?d?\.?\s(?:Canon\s)?|Sgt\.?\s|Insp\.?\s|Supt\.?\s|Capt\.?\s|Lt\.?\s|Maj\.?\s|Fr\.?\s|Father\s|Dr\.?\s|Prof(?:essor)?\.?\s)(?:Dr\.?\s|Sir\s|Dame\s){0,2}(?=[A-Z])"
)
# Words behind which nothing but a name may follow at once: `Hi, I'm Sam Example`, `our consultant Sam Example`.
APPOSED = re.compile(
    r"(?<![A-Za-z])(?:(?P<own>my name is|fy enw i yw|i(?:['’]m|\sam))"
    r"|(?:our|your)\s(?:[\w-]{2,15}\s){0,2}(?:manager|consultant|recruiter|nurse|head|director|principal|lead|officer|advis[eo]r|coordinator|chair|clerk)"
    r"|post\s?-?holder|alongside|mae),?\s(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
# `alongside` and `mae` stand before bodies as well: there a role must follow.
WITH_ROLE = ("alongside", "mae")
# `drop Sam a line`, `give Jo a call`.
LINE_STEMS = ("Give ", "give ", "Drop ", "drop ", "Send ", "send ")
LINE_TO = re.compile(
    r"\b(?:[Gg]ive|[Dd]rop|[Ss]end)\s(?=[A-Z])(?P<name>[^\W\d_]{2,20}(?:\s[A-Z][^\W\d_]{1,20})?)\s"
    r"an?\s(?:ring|call|bell|buzz|line|shout|note|e-?mail|text|message)\b"
)
# `contact sam example on …`: names in small letters are told only where a number or an address follows at once.
SMALL_NAME = re.compile(
    r"[\s:\-–]{1,3}(?P<name>[a-z][a-z'’-]{1,15}\s[a-z][a-z'’-]{2,20})(?P<on>[\s:,;(\-–]{1,3}(?:(?:on|at|via|by|ar|tel|phone|telephone|mobile|email|ext)\b[\s:.]{0,3}){0,2})"
)
# `call jo on …`: one word, and what can only stand before a number.
ONE_SMALL_NAME = re.compile(r"\s(?P<name>[a-z]{2,12})(?P<on>\s(?:on|ar)\s{1,2}(?:(?:ext|tel|mobile)\b[\s.:]{0,3})?)")
