"""Invents companies and cases in the real format: a test bed for statistics, speed and design.

`setting` says what a story is told of and by whom. A `story` unfolds (`unfolding`: `asking`, `answering`,
`handling`, `money`) from the numbers in `assumptions`, is put into words (`wording`, from the stock) and
told (`telling`); `cases.invent_case` does all of it. `crowds.outage` and `campaign.campaign` make many
cases at once. `world.invent_world` makes companies with their cases, `writing.write_world` a folder.
"""
