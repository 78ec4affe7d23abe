"""Questions about another lead provider that trains a mentor. Its delivery partner is asked for as for an ECT.

The lists, rules and errors are those of an ECT’s training; only words that speak of ECTs are a mentor’s own.
"""

from app.domain.names import Fact, Place, Remark, Subject
from app.engine.conditions import fact
from app.engine.vocabulary import Banner, Comparison, LinkTo, Para, Question
from journeys.questions.partnership import NOT_LISTED, UNKNOWN_PARTNER
from journeys.questions.training import LEAD_PROVIDER

MENTORS_LEAD_PROVIDER = Question(
    name="lead_provider",
    heading="Which lead provider will be training {mentor}?",
    banners=(
        Banner(
            "{LP before} does not train mentors in {year}",
            "This changed while you were choosing training for {mentor}. Nothing has been sent. Choose another lead "
            "provider. We kept your other answers.",
            remark=Remark.LEAD_PROVIDER_GONE,
        ),
        Banner(
            "{LP before} does not train mentors in {year}",
            "{ECT} trains in {year} now, and so does {mentor}. Choose a lead provider for that year.",
            remark=Remark.LEAD_PROVIDER_NOT_IN_YEAR,
        ),
    ),
    fields=LEAD_PROVIDER.fields,
    notes=(Subject.LEAD_PROVIDER_AND_YEAR,),
    after=(Comparison(),),
)

MENTORS_PARTNER_TO_BE_CONFIRMED = Question(
    name="partner_to_be_confirmed",
    heading="{LP} will confirm the delivery partner",
    before=(
        Para(
            "{LP} has not told us which delivery partners it works with in {year}.",
            when=fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS),
        ),
        Para(
            "The list has every delivery partner that works with {LP} in {year}. If yours is missing, {mentor} may "
            "have a different lead provider.",
            when=NOT_LISTED,
        ),
        Para("You do not need to know this yet.", when=UNKNOWN_PARTNER),
        Para(
            "You can go on now. We pass your choice to {LP}, and it agrees a delivery partner with your school. The "
            "name will then show on your mentors page. To find out sooner, contact {LP}: {LP contact}."
        ),
        LinkTo("Check the lead provider", page="lead_provider", when=NOT_LISTED),
        LinkTo(
            "How to find out who your delivery partner is", place=Place.FIND_OUT_WHO, when=UNKNOWN_PARTNER
        ),
    ),
    subject=Subject.PARTNER_QUESTION,
)
