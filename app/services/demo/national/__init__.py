"""A demonstration of any size, up to the whole country: made up by rule from a seed, and stored in bulk.

The same size on the same day gives the same records. They obey what the services would have refused to break: states
follow from dates, each payable declaration is on the statement that was open when it was made, and what a paid
statement came to is worked out from its lines. Single changes have no events: only payments do, for their figures.

- `sizes`: how many of everything
- `dice`: the one source of chance, ids and stamps included
- `tables`, `storing`: rows by table, and the bulk way into the database
- `naming`: names of schools, people and organisations
- `founding`: organisations, who works with whom, cohorts, people who sign in
- `ledgers`: the statements of each lead provider and cohort, what is on them, and what they come to
- `world`: what everybody shares; `persons`: schools, agreements, people and their training, on their way to rows
- `agreeing`, `people`, `mentoring`, `declaring`, `recording`: a batch of schools with everybody in it, step by step
- `seats`: people who sign in for the first schools
- `showing`: what each lead provider sees of each person
- `filling`: batch after batch, until everything is there
"""
