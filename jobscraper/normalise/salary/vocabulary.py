"""The words of pay: every phrase that means something, and what it means. Adding a phrase is adding a line.

Phrases are written as words of lower-case letters with one space between them. Matching drops dots and apostrophes
(`p.a.` is `pa`), takes a hyphen for a space (`pro-rata`), and prefers the longest phrase. `/` stands for itself.
Source: the strings of the boards in `docs/salary.md`; Welsh terms as the bilingual boards print them.
"""

from __future__ import annotations

from collections.abc import Mapping

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.tags import Tag

Meaning = tuple[Tag, str]

_PERIODS = {
    "year": """
        per annum | pa | p/a | p a | per year | a year | per yr | each year | annually | annual | yearly | yr
        | / year | / yr | / annum | / pa | per anum | per annun | per annumn | per ann | annum | y flwyddyn
        | per calendar year | annual salary | annual pay | in the first year""",
    "month": "per month | a month | monthly | pcm | p/m | per calendar month | / month | each month | y mis",
    "week": "per week | a week | weekly | pw | p/w | / week | / wk | per wk | each week | yr wythnos",
    "day": """
        per day | a day | daily | p/d | pd | / day | each day | y dydd | y diwrnod | day rate | daily rate
        | daily fee | per diem""",
    "hour": """
        per hour | an hour | hourly | ph | p/h | p/hr | p h | / hour | / hr | / h | per hr | each hour | yr awr
        | hourly rate | per hour worked | phr | per hours | pr hour | pr hr""",
    "session": """
        per session | a session | / session | per meeting | per training session | per clinic | per lesson
        | p/session""",
    "term": "per term | a term | termly",
}

_ROLES: dict[Tag, str] = {
    tags.FTE: """
        fte | full time equivalent | full time equivalence | full time equiv | ft equivalent
        | whole time equivalent | wte | full time / full year | full time full year | full time and full year
        | full year equivalent | full time salary | full time annual salary | full time rate | full time pay
        | ft salary | ft rate | fte salary | full time equivalent salary | fulltime equivalent | fulltime salary
        | full time value | full time basis | for full time | if full time | full time / full year equivalent
        | full year / full time | cyfwerth ag amser llawn | cyflog llawn amser | full salary | whole time salary""",
    tags.ACTUAL: """
        actual | actual salary | actual pay | equated | equated salary | equates to | which equates to
        | equating to | based on hours / working weeks | based on hours and weeks worked | actuals | acutal
        | actaul | acual | pay for this post | cyflog gwirioneddol | term time salary | part time salary
        | part time equivalent | salary for this post | adjusted salary
        | tto salary | salary for hours worked | pro rata actual""",
    tags.PRO_RATA: """
        pro rata | prorata | pro rota | prorota | pro rated | prorated | pr rata | pro rate | pro ratad
        | pro rataed | pro rat | per rata | per rota | pro reta | pro ratta""",
    tags.NOT_PRO_RATA: "not pro rata | not prorata | not pro rated",
    tags.RECEIVE: "you will receive | youll receive",
    tags.FULL_TIME: "full time | fulltime | f/t | ft | llawn amser",
    tags.TERM_TIME: "term time only | term time | tto | term only | termtime | termtime only | part year",
}

_QUALIFIERS: dict[Tag, str] = {
    tags.FROM: """
        from | min of | starting from | in excess of | upwards of | at least | a minimum of | minimum of
        | oddi wrth | rising from | ranging from | over | more than | no less than | not less than | not below
        | from circa | from around | from approximately | from approx | above | > | ≥ | o leiaf | mwy na""",
    tags.STARTING: """
        starting | starting at | starts at | start | commencing at | initially | starting point | commencing
        | start on | starts on | starting on | start at""",
    tags.UP_TO: """
        up to | upto | up to a maximum of | maximum of | a maximum of | hyd at | uo to | not exceeding
        | no more than | not more than | capped at | up to circa | up to around | up to approximately | up to approx
        | under | below | less than | lower than | fewer than | no higher than | not over | at most | < | ‹ | ≤
        | up to and including | dan | llai na | dim mwy na""",
    tags.OR_MORE: """
        and above | or more | and over | and upwards | or above | plus per annum | upwards | and more | or over
        | and up | or higher | and higher | or upwards | a mwy | neu fwy | ac uwch | neu uwch""",
    tags.OR_LESS: "or less | or below | or under | and below | and under | or lower | neu lai | neu is",
    tags.CIRCA: """
        circa | c | ca | approx | approximately | around | about | approximate | approx of | in the region of
        | estimated | roughly | cira | in the order of""",
    tags.NEGOTIABLE: """
        negotiable | to be negotiated | negotiation | by negotiation | neg | etter avtale | to be agreed
        | by arrangement | negotiated""",
    tags.COMPETITIVE: """
        competitive | attractive salary | market rate | excellent salary | attractive | cystadleuol""",
    tags.DOE: "doe | dependant on experience | dependent on experience",
    tags.DEPENDS: """
        depending on | depending upon | dependent on | dependent upon | dependant on | dependant upon
        | depends on | depends upon | subject to | commensurate with | according to | based on | based upon
        | in accordance with | in line with | reflective of | reflecting | to reflect | dep on | commensurate to
        | commensurate | relative to | linked to | depend on | determined by | dependent | dependant
        | yn dibynnu ar | depending""",
    tags.EXPERIENCE: """
        experience | experiences | exp | qualifications | qualification | skills | skill | skillset | knowledge
        | profiad | experienced | competence | competency | ability | expertise""",
    tags.UNPAID: "unpaid | voluntary | volunteer | unsalaried | no salary | non remunerated | expenses only",
    tags.MINIMUM_WAGE: """
        minimum wage | national minimum wage | nmw | nlw | national living wage | living wage | apprentice rate
        | apprenticeship rate | national apprenticeship wage | apprenticeship wage | apprentice wage
        | apprentice minimum wage | apprenticeship minimum wage | apprentice rates | apprenticeship rates
        | apprentice minimum | national apprentice rate | national minimum | national apprenticeship rate
        | isafswm cyflog""",
}

_STARTING_PAY = """
        starting salary | starting pay | starting rate | commencing salary | initial salary | starting salary of
        | starting rate of pay | entry salary | joining salary | starting wage | cyflog cychwynnol"""

# Whose payroll an agency's worker is on: one job, two rates.
_ROUTES = {
    "payroll": "paye | paye rate | via paye",
    "company": """
        umbrella | umbrella company | umbrella rate | via umbrella | ltd | ltd company | limited company | ltd co
        | ltd / umbrella | umbrella / ltd | ltd rate""",
}

_DAYTIME = """
        day shift | day shifts | weekday | weekdays | mon fri | monday to friday | mon to fri | monday friday
        | plain time | basic rate | standard rate | normal rate | mon sat | monday to saturday"""

_EXTRAS = {
    "allowance": """
        allowance | allowances | laptop allowance | car allowance | essential car user
        | essential car user allowance | essential user | casual car user | car user allowance | tlr | sen
        | sen allowance
        | clothing allowance | shift allowance | on call allowance | on call rate | on call rates | call out | call outs
        | callout | unsocial hours allowance | honorarium
        | lump sum | shift pay | standby | on call payment | disturbance | vehicle lease | lease car | expenses
        | costs | teaching and learning responsibility | sen point | laundry allowance | first aid allowance | rrp
        | payment of | per annum allowance | tool allowance | plus payment | car lump sum""",
    "supplement": """
        supplement | market supplement | market supplements | market rate supplement | market forces supplement
        | market premium | market factor | skills supplement | hcas | hcs | high cost area supplement
        | high cost area supplements | recruitment supplement | retention supplement
        | recruitment and retention supplement | premium | premia | premiums | recruitment premium
        | recruitment and retention premium | recruitment & retention premium | recruitment and retention premia
        | recruitment & retention premia | market enhancement | responsibility supplement
        | enhancement | enhancements""",
    "weighting": """
        weighting | london weighting | london weighting allowance | london allowance | inner london weighting
        | outer london weighting | fringe allowance | inner fringe | outer fringe | outer london allowance
        | inner london allowance | fringe | lwa | location allowance | fringe area allowance
        | london area allowance | fringe weighting | location supplement""",
    "bonus": """
        bonus | bonuses | welcome bonus | joining bonus | golden hello | joining incentive | incentive
        | incentives | retention payment | retention bonus | signing bonus | sign on bonus | commission
        | welcome payment | recruitment bonus | reward | recruitment incentive | retention
        | performance related pay | referral | golden handcuffs | incentive payment | welcome benefit | welcomebonus
        | welcome package""",
    "relocation": """
        relocation | relocation package | relocation allowance | relocation expenses | relocation assistance
        | removal expenses""",
    "sleep_in": """
        sleep in | sleep ins | sleepin | sleepins | sleeping in | per sleep in | per sleep | sleep in shift
        | sleep in shifts | sleep in rate | per sleep in shift""",
    "mileage": "mileage | per mile | / mile | pence per mile | a mile",
    "overtime": """
        overtime | overtime rate | holiday pay | per home fixture | per away fixture | bank holiday rate
        | unsocial hours""",
    "ote": "earning potential | potential earnings | potential to earn | earnings of | earnings up to",
    "benefit": """
        pension | voucher | vouchers | e voucher | discounted | worth | worth of | grant | bursary | tax free | health cash plan
        | life assurance | fee | fees | per mile rate | discount | discounts | employer contribution
        | contribution | contribution of | contributing | toward | towards | contributes | benefit in kind
        | taxable benefit | save | save up to | saving | savings | cashback | loan | loans | season ticket | season ticket loan | subsidised
        | death in service | benthyciad""",
    "total": """
        earn | earning | total package | package worth | total remuneration | total earnings | total salary package
        | package of up to""",
    "other": """
        retail value | list price | budget | budgets | turnover | annual turnover | fund | funding | revenue | value of | deposit
        | grant of | contract value | portfolio""",
}

# An amount beside one of these is no pay, though no noun of an extra says what it is.
_DENYING = """
        cost | cost of | at a cost | costs of | price | prices | sold | sold for | rent | rents | rental | renting
        | mortgage | population | population of | income | income of | turnover | spend | spends | spending | spent | invest
        | invested | investment | investing | raised | raising | charge | charged | charges | ticket | membership
        | subscription | registration fee | dbs | dbs check | disclosure | buy | buy you | purchase | accommodation
        | average | an average | on average | refer a friend | recommend a friend | refer | long service
        | service award | long service award | prize | donation | donations | donated | fundraising target
        | sponsorship | cash injection | property | properties | house | houses | home ownership | moving | relocating
        | relocate | move | savings of | deficit | surplus | assets | sales | contracts | project | programme worth
        | equipment | insurance | indemnity | cover up to | fine | fined | penalty | rhent | pris | cost o
        | in expenses | of expenses | in costs | debt | debts | reserves | valued at | grants | fines | penalties
        | surcharge | levy | council tax | bill | bills | invoice | invoices | purchase orders | commissions | subsistence
        | reduce costs | cut costs | dyled | treth y cyngor | poblogaeth | trosiant | cyllideb"""

_GRAMMAR: dict[Tag, str] = {
    tags.SESSIONAL: "sessional",
    tags.OTE: "ote | on target earnings | on target earning",
    tags.PLUS: """
        plus | additional | in addition | as well as | with an additional | an additional | together with
        | along with | alongside""",
    tags.INCLUSIVE: """
        inclusive of | inclusive | including | includes | inc | incl | include | incorporating | which includes
        | included | yn cynnwys | consolidated""",
    tags.ENHANCED: """
        weekend | weekends | sat | sun | sat sun | bh | bank hols | penwythnos | nos | nosweithiau | night | nights | saturday | saturdays | sunday | sundays
        | bank holidays
        | bank holiday | evenings | enhanced | enhanced rate | night rate | night shift | waking night
        | waking nights | weekend rate | nights rate""",
    tags.FUTURE: """
        upon successful completion | on successful completion | on completion | upon completion | once qualified
        | when qualified | on qualification | upon qualification | leading to | following completion
        | after completion | successful completion | on qualifying | once fully qualified | upon qualifying
        | following qualification | after qualifying""",
    tags.TO: """
        to | up to a | through to | thru | until | till | i | hyd | to a maximum of | to a max of | up to max
        | to around | to circa""",
    tags.RISING: """
        rising to | rises to | increasing to | increases to | and increases to | and rising to | progressing to
        | with progression to | moving to | progression to | going up to | to rise to | going to
        | raising to | which rises to | increase to | which increases to | will increase to | will rise to
        | will be rising to | and will increase to | potentially rising to""",
    tags.THEN: "then | and then",
    tags.RISES: """
        rising | increasing | rises | increases | with progression | progressing | rising on
        | with incremental progression""",
    tags.AND: "and | or | & | ac | neu",
    tags.BETWEEN: "between | range of | rhwng",
    tags.BOUND: "min | max | minimum | maximum | mini",
    tags.FILLER: """
        salary of | of | is | currently | salary is | the | will be | at | in | on | for | with | being
        | currently at | are | be | an""",
    tags.PAY: """
        salary | pay | salaries | wage | wages | rate | rates | remuneration | cyflog | salary range | pay range
        | salary rate | basic | basic salary | basic pay | pay rate | rate of pay | starting rate of pay | gross
        | compensation | package | stipend""",
    tags.AUSTRALIAN: "super | superannuation | aud | australian dollars",
}

_SCALES = {
    "NJC": """
        njc | scp | scps | spinal column point | spinal column points | green book | national joint council""",
    "AfC": "afc | agenda for change | nhs band | nhs afc | nhs agenda for change | nhs bands",
    "teachers_ew": """
        mps | ups | mpr | upr | uqt | main pay range | main pay scale | main scale | upper pay range
        | upper pay scale | upper scale | teachers pay scale | teachers main pay scale | teachers pay range
        | teacher pay scale | teacher main pay scale | unqualified | unqualified teacher | unqualified teachers
        | leadership scale | leadership range | leadership pay scale | leadership pay range | leadership spine
        | main pay | main / upper | mps / ups | mpr / upr | lps | teachers scale | teachers main scale
        | teachers main / upper pay scale | classroom teacher pay scale | isr | stpcd | teacher scale
        | teachers main pay range""",
    "SNCT": "snct | teachers main grade scale | main grade scale | main grade",
    "police": """
        police constable | police sergeant | police inspector | constable | sergeant | inspector
        | superintendent | chief inspector | chief superintendent""",
    "fire": """
        firefighter | fire fighter | crew manager | watch manager | station manager | group manager
        | area manager | crew commander | watch commander | station commander | fire control""",
    "civil_service": """
        administrative assistant | administrative officer | executive officer | higher executive officer
        | senior executive officer | scs | senior civil service | scs pay band | scs1 | scs2 | aa | ao | eo | heo
        | seo | grade 6 | grade 7 | g6 | g7 | scs pb1 | scs pb2""",
}

_GRADES = """
        grade | garde | grades | band | bands | scale | scales | point | points | pt | pts | spine point
        | spine points | spinal point | spinal points | spine | level | levels | pay scale | pay scales
        | pay grade | pay band | salary grade | salary scale | scale point | scale points | range | salary point
        | salary points | po | so | path | tier | step | steps | job grade | kr | kent range | gradd
        | pay point | pay points
        | pay spine | salary band | support staff pay scale"""

_PLACES = """
        london | inner london | outer london | national | nationally | regional | croydon | leeds | manchester
        | birmingham | cardiff | bristol | sheffield | newcastle | swansea | edinburgh | glasgow | belfast
        | rest of uk | rest of england | outside london | fringe area | england | scotland | wales
        | northern ireland | inner | outer | liverpool | newport | york | darlington
        | under 18 | over 18 | under 21 | over 21 | other locations | all other locations | national rate
        | national salary | london salary | london rate | all other centres"""

_UNITS = {
    "hours": "hours | hour | hrs | hr | h | hpw | awr | hours a week | hrs pw | hour week | oriau",
    "weeks": "weeks | wks | week | wk | wpy | working weeks | weeks per year | weeks a year | wythnos",
    "days": "days | day | inset days | inset | training days",
    "months": "months | month | mth | mths",
    "years": "years | yrs | years old | year olds",
    "clock": "am | pm | noon | oclock",
    "ordinal": "st | nd | rd | th",
    "percent": "percent | per cent | %",
    "miles": """
        miles | mile | posts | vacancies | positions | people | staff | pupils | children | employees | sessions
        | x""",
    "date": """
        january | february | march | april | may | june | july | august | september | october | november
        | december | jan | feb | apr | aug | sept | sep | oct | nov | dec""",
}

_COUNTS = "one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve"

# Not pay, though they contain a word of pay: they are read as nothing.
_NOTHING = """
        annual leave | annual pay award | pay award | pay award pending | pay review | award pending
        | annual increment | annual increments | annual review | annual hours | hours per annum | hours annually
        | annual bonus scheme | payment type | grant maintained | in line with pay | real living wage | day one
        | day to day | each working day | per week part time | daily duties | sick pay | maternity pay
        | annualised hours | annualised | per week hours | weekly hours | working week | annual appraisal
        | minimum contract | minimum qualification | equal pay | competitive pension | competitive benefits
        | competitive package | competitive annual leave | attractive benefits | attractive pension
        | attractive package | paid weekly | paid monthly | paid fortnightly | paid daily | weekly paid | monthly paid
        | weekly pay | monthly pay | daily pay | weekly bonus | monthly bonus | monthly bonuses
        | weekly bonuses | weekly attendance | weekly accommodation | at a year | after a year
        | after one year | a year fixed term | a year contract | from home | to start | start date
        | working from home | experience required | paid volunteering days each year | paid volunteering
        | a day off | of experience | hours negotiable | negotiable hours | start date negotiable
        | as below | see below | listed below | shown below | detailed below | set out below | as above | see above
        | under review | under the | under 5s | negotiable start date | voluntary sector | voluntary organisation | volunteer coordinator
        | volunteer manager"""


def _phrases(listed: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in listed.split("|")]


def _meanings() -> dict[str, Meaning]:
    """Every phrase with its meaning. Later tables win, so that the more particular meaning of a phrase stays."""
    found: dict[str, Meaning] = {}
    simple = {**_GRAMMAR, **_QUALIFIERS, **_ROLES}
    for tag, listed in simple.items():
        found.update((phrase, (tag, "")) for phrase in _phrases(listed))
    valued: tuple[tuple[Tag, Mapping[str, str]], ...] = (
        (tags.UNIT, _UNITS),
        (tags.SCALE, _SCALES),
        (tags.EXTRA, _EXTRAS),
        (tags.PERIOD, _PERIODS),
        (tags.ROUTE, _ROUTES),
        (tags.STARTING, {"pay": _STARTING_PAY}),
    )
    for tag, tables in valued:
        for value, listed in tables.items():
            found.update((phrase, (tag, value)) for phrase in _phrases(listed))
    found.update((phrase, (tags.DENIES, "")) for phrase in _phrases(_DENYING))
    found.update((phrase, (tags.GRADE, "")) for phrase in _phrases(_GRADES))
    found.update((phrase, (tags.PLACE, "")) for phrase in _phrases(_PLACES))
    found.update((phrase, (tags.DAYTIME, "")) for phrase in _phrases(_DAYTIME))
    found.update((word, (tags.COUNT, str(count))) for count, word in enumerate(_phrases(_COUNTS), 1))
    found.update((phrase, (tags.WORD, "")) for phrase in _phrases(_NOTHING))
    return found


MEANINGS: Mapping[str, Meaning] = _meanings()
