"""Case logs in, a public customer-service scorecard out."""

import zoneinfo

# What o'clock it was is told by the package tzdata, which is locked: with the machine's own time zones,
# of whatever year, the same content would be other pages on another machine.
zoneinfo.reset_tzpath(())
