"""Rules: the verbs of a negotiation - what happens; each rule is written once and read by every engine.

Read in this order; week/ applies them all in the order of the week
    numerics           the few functions rules are made of
    week/steps         the kinds of line the week is made of
    contest_balance    where the contest moves; conflict_cost and aid_and_resilience go with it
    reservation_value  what no agreement is worth
    surplus            how much better than fighting on a package is
    choice             which move an actor makes; moves/ has one file a move
    lever_effects      what an executed lever does; ultimatum, compliance and lever_harm go with it
    stages             how far talks have come; talks_stage moves them
    summit             which package is drafted; consultation and signing decide on it
    agreement          what becomes of what is signed; breakdown, repudiation and collapse end it
    belief_update      how experience moves a belief

`zopa explain RULE` says what a rule reads in a case and who reads what it sets.
"""
