"""Words by which a name is told from a role and from a body, and the words that say that a name follows."""

from __future__ import annotations

import re

TITLES = frozenset("mr mrs ms miss mx dr prof professor rev revd reverend sir dame cllr councillor".split())

# One of these in a capitalised phrase makes it a body: `Dorothy Stringer School`.
BODIES = frozenset(
    """academy academies association authority bank board borough centre church citizens city clinic club college commission
    committee community company council county court department directorate district federation fire foundation group hall
    health healthcare homes hospice hospital hospitals house housing infant institute junior limited library ltd ministry mat
    museum nhs nursery office parliament park partnership plc police practice primary road school schools science search secondary
    service services society solutions square st street surgery team teams theatre town trust trusts union university
    village westminster lane avenue drive""".split()
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
    treasurer trustee unions vacancies vice volunteering ward warden waste welfare work worker workforce young youth""".split()
)
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
    i gael am ar os neu""".split()
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
PARTICLES = frozenset("de la le du van der den von di da dos ap ab bin al el ter y".split())

# What may stand between a name and the number or address that is given for it.
BETWEEN = frozenset(
    """on at via by or and tel telephone email e-mail mail phone mobile mob number no direct dial line ext is available
    address can be reached contacted will happy of for the to us our job title through in , : ; - – — ( ) / . | < & * • =
    t e m""".split()
)
# What may stand between a cue and the name.
FILLERS = frozenset(
    "our the my either both us me name names is person : - – — ( ) , â = • * | / ; or and & one".split()
)
SEPARATORS = frozenset(", - – — ( ) : / ; | or and & \n".split(" "))
DETERMINERS = frozenset("our the my".split())

# Cues from which a name is looked for, matched where one of STEMS stands: looking for those is what is fast.
CUE = re.compile(
    r"(?<![A-Za-z])(?:"
    r"(?:cysylltwch|siaradwch|chat|conversation|discuss(?:ion|ions|ed)?(?: \w{1,12}){0,3}|had|liais(?:e|ing)|touch|"
    r"sp[eo]ak(?:ing)?|talk(?:ing)?|words?|meeting|call)\s(?:with|â|ag)\b"
    r"|(?:sp[eo]ak(?:ing)?|talk(?:ing)?|out|writ(?:e|ing)|s[ea]nt|send|directed|addressed|return(?:ed)?|submitted|forwarded|"
    r"forms?|applications?|cvs?|enquir(?:y|ies)|quer(?:y|ies)|questions?|go|made|emailed)\sto\b"
    r"|contact(?:s|ing)?\b(?:\s(?:us|details|name|person)\b)?|call(?:ing)?\b|ring(?:ing)?\b|(?:tele)?phon(?:e|ing)\b|e-?mail(?:ing)?\b"
    r"|attention of\b|ask for\b|fao\b|c/o\b|visit with\b"
    r"|(?P<label>manager|head\s?teacher|principal|chair of governors|informal enquiries|enquiries|queries|name"
    r"|yours (?:sincerely|faithfully)|(?:kind|best|warm) (?:regards|wishes)|signed)(?=\s?[:,?\n])"
    r")",
    re.IGNORECASE,
)
_STEMS = """cysylltwch siaradwch chat conversation discuss had liais touch speak spoke talk word meeting call out· writ sent· send·
    directed· addressed· return submitted· forwarded· form application cv enquir quer question go· made· emailed· contact
    ring phon telephon email e-mail attention ask·for fao c/o visit·with manager head·teacher headteacher principal
    chair·of informal name yours kind· best· warm· signed"""
STEMS = tuple(stem.replace("·", " ") for stem in _STEMS.split())
"""Lower-case beginnings of all that CUE matches."""
# Never part of the name of a school, as `Dr` and `Sir` are.
PLAIN_TITLE = re.compile(r"M(?<!\wM)(?:rs?|s|iss|x|R|RS|S|ISS)\b\.?\s")
