/** Badges that leave as files and come as files. */
export const transfer = {
  pasted: 'What was pasted',
  place: '{source}, badge {place, number}',
  line: '{source}, line {line, number}',
  cancelled: 'Cancelled.',
  stoppedEarly: 'The rest could not be written. What had come is here, and undo takes it back.',
  movedMeanwhile: 'The files, or the badges that are here, changed since you looked. Nothing was imported; look again.',
  isNoBadges: '{name} is {what}. Badges come from JSON, Excel or CSV.',
  isNoBadge: 'This is no object, and so no badge.',
  nothingInIt: 'There is no badge in it.',
  noColumns:
    'It has none of the columns of a table of badges. Export one badge as Excel, or as the bulk template, to see them.',
  badRow: 'The row is longer than a megabyte, or a quote in it is never closed.',
  tooMany: 'That is more than {most, number} badges. Import them in parts.',
  severalOfName: 'Several badges here are called so.',
  printedNote:
    '{count, plural, one {One badge was} other {# badges were}} printed by a gateway: ids, counts and claims of the org are not taken over.',
  leftOutNote:
    '{count, plural, one {One comes from a list answer, which says nothing about its} other {# come from a list answer, which says nothing about their}} limits, tags and benefits. Read a badge by its id to have them.',
  templateNote:
    'This is the bulk template. It has no columns for an enrolment’s expiry, images, custom fields, tills, fixed windows, and the date or period of an expiry: badges that come new lack them.',
  templateOpen:
    'This file has the header of the vendor’s bulk template for creating badges, one row a badge. The public page shows the header and one row and says nothing about the cells; what follows is read from that row.',
  templateLimits:
    'Limits of the badge: the k-th BADGE_ROLLING_WINDOW belongs to rolltype k, rollvalue k and max earn limit k. The limit in all stands in “maxEarnLimit for badge” and in “badge max earn limit4”, because it is not said which one counts. “earnType” stands twice in the header and says the same twice.',
  templateDates: 'Dates are seconds since 1970. Owners stand in one cell, separated by commas.',
  templateApostrophe:
    'A cell that a spreadsheet would take for a formula begins with an apostrophe. Take it off where the file goes to the org.',
  lostClaims: 'Claims are not in it.',
  lostArt: 'The design of the art is not in it; save it as a file of its own.',
  lostMigration: 'That it is sent with the migration header is not in it.',
  lostCharacters: 'Characters in “{column}” that act instead of being shown, or an apostrophe at its start, are not as they were.',
  lostFraction: 'The fraction of a second of “{column}” is not in it.',
  lostEmptyTag: 'An empty tag, or the difference between an empty value and none, is not in it.',
  lostEmptyGroup: 'An empty group id is not in it.',
  lostTags: '{count, plural, one {One tag is} other {# tags are}} not in it: the template has three.',
  lostIssuedExpiry: 'When an enrolment ends is not in it.',
  lostExpiryDate: 'The date on which an award ends is not in it.',
  lostExpiryPeriod: 'How long an award lasts is not in it.',
  lostImages: 'Images are not in it.',
  lostTill: 'The till is not in it.',
  lostBenefitTill: 'The till of a benefit is not in it.',
  lostBenefits:
    '{count, plural, one {One benefit is} other {# benefits are}} not in it: the template has three, two of them coupons and one points.',
  lostCustomFields: 'Custom fields are not in it.',
  lostCustomerLimits:
    '{count, plural, one {One limit of each customer is} other {# limits of each customer are}} not in it: who creates the badge from it creates it without.',
  lostBadgeLimits:
    '{count, plural, one {One limit of all customers together is} other {# limits of all customers together are}} not in it: who creates the badge from it creates it without.',
  leftNoObject: 'Its text is no JSON object; export it as a file of its own.',
  leftTooLong: 'One of its fields is longer than a cell of Excel may be; export it as JSON.',
  leftUnreadable: 'It has mistakes with which the template cannot be filled; mend them first, or export it as JSON.',
  leftOne: '“{name}” is not in it. {reason}',
  otherEnding: '{name} has to end in {ending}. Nothing was written.',
} as const;
