export const imports = {
  unchecked:
    'The org checks nothing of an import: no claim, no owner, no enrolment, no limit, and not whether the badge is live.',
  nothingElse: 'No points, coupons or messages follow from it.',
  counts: 'What is imported counts as earned on its date: in limits for ever and in the fixed windows of that day.',
  undone:
    'Nothing undoes an import but taking its awards back one by one, and awards that have expired cannot be taken back.',
  noSuchBadge:
    '{org} has no such badge, and would refuse every row (1054). Nothing was sent; pull to see what is there.',
  sayWhich: '{name}: {question} Say which first. Nothing was sent.',
  noColumns:
    '{name} is a list of customers without dates. Nothing was sent; an import needs a table with columns of customers, dates and expiries.',
  open: 'Import past awards…',
  title: 'Import past awards into {org}',
  close: 'Close without importing',
  intro:
    'Awards that customers have from before, such as from an earlier programme, are written as the file gives them: customer, date and expiry. Nothing is sent before you start.',
  file: 'Table of the awards',
  fileHint: 'CSV, Excel or Parquet with a column of customer ids, one of the date of each award and one of its expiry.',
  pick: 'Choose a table…',
  sameAward: 'Awards that a customer has already',
  leaveOut: 'Leave out',
  writeAgain: 'Write again',
  leaveOutHint: 'A row whose customer, date and expiry stand in an earlier row, or at the org, is not written.',
  writeAgainHint: 'Every row is written, so that a customer may have the same award several times.',
  answerFirst: 'Answer what is asked about the table.',
  lookingAtTable: 'The table is being looked at.',
  chooseFile: 'Choose the table.',
  nothing: 'There is nothing to import.',
  looking: 'Going through the rows…',
  preview: 'What would be imported',
  willWrite:
    '{count, plural, =0 {No award is left to import.} one {# award of “{badge}” is written in {org}.} other {# awards of “{badge}” are written in {org}.}}',
  spans: 'Dates from {from} to {to}.',
  repeated:
    '{count, plural, one {# of them stands in an earlier row, too, and is written again.} other {# of them stand in an earlier row, too, and are written again.}}',
  doubtful:
    '{count, plural, one {# row of the table is read, though it is odd. “How it is read” says why.} other {# rows of the table are read, though they are odd. “How it is read” says why.}}',
  takes:
    '{requests, plural, one {One request writes} other {# requests write}}, and {reads, plural, one {one request reads} other {# requests read}} before that what customers have: {duration} at least.',
  why: 'Customers are read because the org does not tell a repeated import from a new one: only so can Laurel settle a lost answer without giving anything twice.',
  firstOnes: 'The first of them',
  customer: 'Customer',
  date: 'Date',
  expiry: 'Expiry',
  leftOut: 'Left out',
  again: 'Look again',
  start: '{count, plural, one {Import # award into {org}} other {Import # awards into {org}}}',
} as const;
