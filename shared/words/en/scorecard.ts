/** A forecast held against what really came. */
export const scorecard = {
  hint: 'After the launch: what really came, laid over the bands of this forecast week by week. The scenario is run again for it.',
  awardsFile: 'Awards that were made',
  awardsHint: 'A table of this badge’s awards: customer and date',
  salesFile: 'Purchases since the launch',
  salesHint: 'May be left out. With it, rate and amounts are held against the scenario too',
  controlFile: 'Purchases of customers who were kept out',
  controlHint: 'A table of their own, as the other one',
  chooseFile: 'Choose…',
  removeFile: 'Leave {name} out',
  howRead: 'How it is read',
  looking: 'being looked at',
  knownUntil: 'All awards are known until',
  knownUntilHint: 'Empty: the day of the last row',
  untilWrong: 'Write a day such as 2026-12-24.',
  noAwards: 'Choose the awards that were made, or the org that counts them, first.',
  noControl: 'Choose the purchases of customers who were kept out first.',
  noSegmentNamed: 'Say which group of the file was kept out.',
  noControlSize: 'Say how many customers were kept out.',
  keptOut: 'Control group',
  keptNone: 'None',
  keptSegment: 'A group of the file',
  keptFile: 'A file of its own',
  segmentName: 'Group that was kept out',
  controlSize: 'Customers kept out',
  sizeHint: 'All of them, those who never came too',
  size: 'Customers who could get it',
  sizeReachedHint: 'Those who never came too, without those kept out',
  sizeOfScenario:
    'Those who never came too, without those kept out: the scenario has {all, number} customers; if those kept out are among them, take them off',
  noSizeSaid: 'Say how many customers could get the badge.',
  compare: 'Compare',
  comparing: 'Laying over the forecast',
  forecast: 'Forecast, P50',
  came: 'What came',
  why: 'What would explain it',
  uplift: 'Uplift',
  leftOut:
    '{name}: {skipped, number} rows outside of the period and {badRows, number} that cannot be read were left out.',
  allOutside:
    '{count, plural, one {The only readable row of {file} does not lie} other {None of the {count, number} readable rows of {file} lies}} in the scenario’s period, {from} to {to}: nothing can be held against the forecast.{badRows, plural, =0 {} one { # more row cannot be read.} other { # more rows cannot be read.}} Was it the right file?',
  noRow:
    '{file} has a heading and no row: nothing can be held against the forecast. Was it the right file, and was everything exported?',
  allUnreadable:
    '{count, plural, one {The only row of {file} cannot} other {None of the {count, number} rows of {file} can}} be read, so that nothing can be held against the forecast. Line {line, number}: {reason}',
  noneOfThem: 'No award of the file is of a badge that is judged: nothing can be held against the forecast.',
  learnAgain: 'Learn again from the purchases',
  learnNext: 'The purchases stand under Customers: press Learn.',
  learnNextFrom: 'The purchases stand under Customers, to be learned from {day} on: press Learn.',
  saveCsv: 'Weeks as CSV',
  saveExcel: 'Weeks as Excel',
  chartTotal: 'Awards so far, and the forecast',
  chartWeeks: 'Awards of each week, and the forecast',
  chartNote: 'The band is P10 to P90 of {runs, number} runs.',
  title: 'Scorecard',
  noSize:
    'How many customers could get the badge is not known: those who never came are in no file. Count them in, and those kept out not.',
  noSizeOf:
    'How many customers could get the badge is not known: those who never came are in no file. The scenario has {all, number} customers: it is these if those kept out are none of them, and {less, number} if they are among them.',
  tooFew: '{seen, number} customers of the file bought something, and {size, number} is said to be all of them.',
  noSegment: 'The file has no group “{segment}”. It has {names}.',
  noGroups:
    'A group that was kept out is told by its purchases: choose those of the others too, and say how many customers were kept out.',
  beforeStart: 'All awards are known until a day before the scenario begins.',
  tooEarly: 'Not even the first week is over: nothing can be said yet.',
  placeIn:
    'In band: {actual, number} awards until {day}; forecast {low, number} to {high, number}, middle {middle, number}.',
  placeBelow:
    'Below the band since the week of {since}: {actual, number} awards until {day}; forecast {low, number} to {high, number}, middle {middle, number}.',
  placeAbove:
    'Above the band since the week of {since}: {actual, number} awards until {day}; forecast {low, number} to {high, number}, middle {middle, number}.',
  weeksOut:
    '{out, number} of {count, plural, one {# week} other {# weeks}} {out, plural, one {is out} other {are out}} of the band of their own; of a forecast that is right {expected, plural, =0 {hardly any} one {about #} other {about #}} would be, since a band is P10 to P90.',
  rateMore:
    'Customers buy {percent, number}% more often than the scenario says: {actual, number} purchases where {expected, number} were expected.',
  rateLess:
    'Customers buy {percent, number}% less often than the scenario says: {actual, number} purchases where {expected, number} were expected.',
  amountsMore:
    'A purchase is worth {percent, number}% more than the scenario says: {actual, number} on average where {expected, number} was expected.',
  amountsLess:
    'A purchase is worth {percent, number}% less than the scenario says: {actual, number} on average where {expected, number} was expected.',
  seasonMore:
    '{month} is {percent, number}% above what the level of all weeks lets expect: a season, a holiday or a campaign that the scenario does not have.',
  seasonLess:
    '{month} is {percent, number}% below what the level of all weeks lets expect: a season, a closure or a holiday that the scenario does not have.',
  sinceMore:
    'Until then weeks were as forecast; since the week of {since} they are {percent, number}% above, alike: something changed there. A season or a campaign passes again; where it stays, learn again from there.',
  sinceLess:
    'Until then weeks were as forecast; since the week of {since} they are {percent, number}% below, alike: something changed there. A season or a closure passes again; where it stays, learn again from there.',
  evenMore:
    'It is {percent, number}% above alike in all weeks: so not a season, but how often customers buy, or for how much. A file of their purchases tells which.',
  evenLess:
    'It is {percent, number}% below alike in all weeks: so not a season, but how often customers buy, or for how much. A file of their purchases tells which.',
  unclearMore:
    'It is {percent, number}% above, not alike in all weeks, and no month stands out: several things may have come together. The weeks below show when; a file of the purchases tells more.',
  unclearLess:
    'It is {percent, number}% below, not alike in all weeks, and no month stands out: several things may have come together. The weeks below show when; a file of the purchases tells more.',
  otherCause:
    'Purchases came as they were expected, and awards did not: look at what earns, at enrolment and at the limits.',
  upliftMore:
    'Customers who could get the badge bought {percent, number}% more often than those kept out ({low, number} to {high, number}%, in 90 of 100 cases): {reached, number} against {control, number} purchases each.',
  upliftLess:
    'Customers who could get the badge bought {percent, number}% less often than those kept out ({low, number} to {high, number}%, in 90 of 100 cases): {reached, number} against {control, number} purchases each.',
  upliftAmountsMore:
    'In money they spent {percent, number}% more ({low, number} to {high, number}%, in 90 of 100 cases): {reached, number} against {control, number} each, returns taken off.',
  upliftAmountsLess:
    'In money they spent {percent, number}% less ({low, number} to {high, number}%, in 90 of 100 cases): {reached, number} against {control, number} each, returns taken off.',
  upliftAmountsNone: 'In money no uplift can be told: one of the groups spent nothing in all.',
  upliftChance: 'Chance alone may explain that difference.',
  upliftNone: 'An uplift cannot be told: one of the groups bought nothing, or has fewer than two customers.',
  upliftNoDays: 'An uplift cannot be told: the purchases of the two groups have no day in common.',
  compared:
    'Counted are purchases from {from} to {to}, over {reached, number} customers who could get the badge and {control, number} kept out.',
  scenarioHas:
    'The forecast of awards is of the scenario’s {scenario, number} customers, and {reached, number} could get the badge: to judge awards, give the scenario that many.',
  controlEnds:
    'Those kept out have no purchase after {day}, where about {expected, number} more would be expected: later ones seem not to be in the file, so later days count for neither group.',
  controlBegins:
    'Those kept out have no purchase before {day}, where about {expected, number} would be expected: earlier ones seem not to be in the file, so earlier days count for neither group.',
  reachedEnds:
    'Those who could get the badge have no purchase after {day}, where about {expected, number} more would be expected: later ones seem not to be in the file, so later days count for neither group.',
  reachedBegins:
    'Those who could get the badge have no purchase before {day}, where about {expected, number} would be expected: earlier ones seem not to be in the file, so earlier days count for neither group.',
  badgeColumn: 'Badges in the file',
  badgeColumnHint: 'A file of several badges says in a column of which each award is',
  badgeColumnNone: 'This badge alone',
  badgeColumnIs: 'Column “{name}”',
  noColumn: '{file} has no column “{column}”.',
  unmatched:
    'In the file and of no badge of the scenario: {names}. Awards are told by a badge’s key, its name, or its id in the org that is asked.',
  unmatchedOne: '“{value}” ({awards, number})',
  unmatchedMore: '{count, plural, one {# other} other {# others}}',
  valueIs: '“{value}” is',
  valueIsNone: 'None of these',
  org: 'Counts of an org',
  orgHint: 'It is asked for its badge of the same name, and what it said before is used, too. Nothing is changed there',
  orgNone: 'None',
  orgTitle: 'By the counts of {org}',
  orgIn:
    'By the count of {org}, in band: {actual, number} awards when it was asked; forecast {low, number} to {high, number}, middle {middle, number}.',
  orgBelow:
    'By the count of {org}, below the band: {actual, number} awards when it was asked; forecast {low, number} to {high, number}, middle {middle, number}.',
  orgAbove:
    'By the count of {org}, above the band: {actual, number} awards when it was asked; forecast {low, number} to {high, number}, middle {middle, number}.',
  orgHasNone: '{org} has no badge of this name.',
  orgNotCounted: '{org} does not say how many awards there are of this badge.',
  orgBeganBefore:
    'The badge began in {org} before the forecast does: its count of {awards, number} holds awards of which the forecast knows nothing, and is not judged.',
  orgReadAfter:
    'The forecast is over and the badge goes on in {org}: its count of {awards, number} holds later awards, and is not judged.',
  orgTooEarly: 'The forecast begins later than {org} was asked: nothing can be said yet.',
  orgCycles:
    '{out, number} of {count, plural, one {# cycle} other {# cycles}} of its windows {out, plural, one {is out} other {are out}} of the band of their own; of a forecast that is right {expected, plural, =0 {hardly any} one {about #} other {about #}} would be.',
  orgFileSame: 'The file of awards agrees with it.',
  orgFileDiffers:
    'The file of awards and {org} disagree: {file, number} awards are in the file until then, and {org} counts {awards, number}. Look whether the file is whole, and of this badge alone.',
  orgLaterIn:
    'Since the last day of the file {org} made {actual, number} more; forecast {low, number} to {high, number}.',
  orgLaterOut:
    'Since the last day of the file {org} made {actual, number} more, and that is out of the band of {low, number} to {high, number}: either it changed then, or the file is not whole.',
  orgCyclesDiffer:
    'In {count, plural, one {# cycle} other {# cycles}} file and org disagree, first from {from} to {to}: {file, number} in the file, {awards, number} in {org}. Its cycles leave out awards that were revoked.',
  orgChart: 'Awards of each cycle as {org} counts them, and the forecast',
  orgCycle: 'Cycle from',
  orgSince: 'Out of it since the count of {since}; by that of {before} it was in.',
  orgSinceFirst: 'Out of it each time that it was counted, first on {since}.',
  orgHistoryIn:
    'By what {org} counted from {from} to {day}, in band: {actual, number} awards; forecast {low, number} to {high, number}, middle {middle, number}.',
  orgHistoryBelow:
    'By what {org} counted from {from} to {day}, below the band: {actual, number} awards; forecast {low, number} to {high, number}, middle {middle, number}.',
  orgHistoryAbove:
    'By what {org} counted from {from} to {day}, above the band: {actual, number} awards; forecast {low, number} to {high, number}, middle {middle, number}.',
  orgSpans:
    '{out, number} of {count, plural, one {# stretch} other {# stretches}} from one count of it to the next {out, plural, one {is out} other {are out}} of the band of their own; of a forecast that is right {expected, plural, =0 {hardly any} one {about #} other {about #}} would be.',
  orgSpanMore:
    'From {from} to {to} {percent, number}% more came than the level of all counts lets expect: a season, a holiday or a campaign that the scenario does not have.',
  orgSpanLess:
    'From {from} to {to} {percent, number}% fewer came than the level of all counts lets expect: a season, a closure or a holiday that the scenario does not have.',
  orgSinceMore:
    'Until the count of {since} all came as forecast, and since then {percent, number}% more, alike: something changed there. A season or a campaign passes again; where it stays, learn again from there.',
  orgSinceLess:
    'Until the count of {since} all came as forecast, and since then {percent, number}% fewer, alike: something changed there. A season or a closure passes again; where it stays, learn again from there.',
  orgEvenMore:
    'The counts are {percent, number}% above alike, from each to the next: so not a season, but how often customers buy, or for how much. A file of their purchases tells which.',
  orgEvenLess:
    'The counts are {percent, number}% below alike, from each to the next: so not a season, but how often customers buy, or for how much. A file of their purchases tells which.',
  orgUnclearMore:
    'The counts are {percent, number}% above, not alike, and none stands out: several things may have come together. A file of awards and one of purchases tell more.',
  orgUnclearLess:
    'The counts are {percent, number}% below, not alike, and none stands out: several things may have come together. A file of awards and one of purchases tell more.',
  orgFell:
    '{org} counted {before, number} awards on {from} and {after, number} on {to}. A count of all awards ever made cannot fall, since revoked ones stay in it: the org was put back, or it counts otherwise now. What it said before is not used.',
  orgNamesake:
    '{org} had another badge of this name, with {awards, number} awards on {day}. It was made anew, and the earlier one is left out.',
  orgReadings: 'Awards by each count of {org}, and the forecast',
  orgCounted: 'Counted',
  orgDay: 'Day',
  orgCountOf: 'Count of',
  orgCountSaid: 'Awards counted',
  orgSpanCame: 'Awards since the count before',
  saveCountsCsv: 'Counts as CSV',
  saveCountsExcel: 'Counts as Excel',
  week: 'Week of',
  until: 'Until',
  actual: 'Awards that came',
  place: 'Place',
  totalActual: 'Awards so far',
  in: 'in',
  below: 'below',
  above: 'above',
} as const;
