"""A database to show: fictional schools, organisations and ECTs in which every case can be seen.

Two ways to fill it:

- `loading.load_fictional`: everything is made up;
- `loading.load_real`: a folder of public data (schools, uplift flags, appropriate bodies, cohorts), with fictional lead
  providers, delivery partners and links added.

Both open today’s cohort and the two before it, whatever today is. Both can be run again: what is there stays as it is,
and a new year is opened when one has begun since. Neither touches a database that holds anything else.

- `organisations`: who works with whom, in which year
- `years`: cohorts by rule, and opening them
- `schools`: schools, and the people who sign in
- `stories`: who has been registered where, and what became of it
- `registering`: one registration or one unfinished one, by the journey that schools use
- `moves`: what lead providers and schools did to partnerships afterwards
- `real_data`: the reference folder, and what is fictional around it
- `guide`: what a visitor is told to try
"""
