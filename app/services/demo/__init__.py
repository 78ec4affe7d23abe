"""A database to show: fictional schools, organisations and ECTs in which every case can be seen.

Three ways to fill it:

- `loading.load_fictional`: everything is made up, one story for each case;
- `loading.load_real`: a folder of public data (schools, uplift flags, appropriate bodies, cohorts), with fictional lead
  providers, delivery partners and links added;
- `loading.load_sized`: everything is made up by rule, as many of each as wanted (`national`).

The first two open today’s cohort and the two before it, whatever today is, and can be run again: what is there stays as
it is, and a new year is opened when one has begun since. None touches a database that holds anything else.

- `organisations`: who works with whom, in which year
- `years`: cohorts by rule, and opening them
- `schools`: schools, and the people who sign in
- `money`: schedules, contracts and statements; `offices`: people at lead providers and at DfE; `keys`: API tokens
- `cast`: who is registered where; `stories`: what became of it; `mentors`: who mentors them
- `lives`: what lead providers declared and said of them; `timeline`: that, and the statements, in their order
- `registering`: one registration or one unfinished one, by the journey that schools use
- `moves`: what lead providers and schools did to partnerships afterwards
- `real_data`: the reference folder, and what is fictional around it
- `claims`: what a database is filled with; `loading`: filling it
- `guide`: what a visitor is told to try
"""
