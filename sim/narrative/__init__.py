"""Narrative: one run narrated, week by week, in words.

Read from one week to the page
    narrator     one run, simulated alone and narrated
    week_view    one week as narrators see it
    moves        what actors did; levers, talks, state_changes and scheduled_events narrate the rest
    story        the run as a list of events
    names        names as a sentence needs them; wording finds the sentence in sim/i18n/<code>/stories.json
    ballots      who said yes or no, and how near a week came; digest keeps it
    items        what a short story tells; turning_points and votes make it
    short_story  the run on one page
"""
