export const replay = {
  tooLong: 'is longer than {bytes, number} bytes',
  fewFields: 'has {count} fields where {needed} are needed',
  noSegment: 'has no segment',
  segmentTooMany: 'is of one segment too many: {most} are the most',
  customersTooMany: 'is of one customer too many',
  textsTooMany:
    'The customers are known by texts that take more than {most, number} bytes together, and more are not kept. Give each customer a number, in a column of the file.',
  numberedEmails:
    '{count, plural, =0 {The e-mail addresses} one {# e-mail address} other {# different e-mail addresses}} in the column of the customers: each gets a number of its own for the simulation, from 1 in the order of the rows',
  numberedPhones:
    '{count, plural, =0 {The telephone numbers} one {# telephone number} other {# different telephone numbers}} in the column of the customers: each gets a number of its own for the simulation, from 1 in the order of the rows',
  numberedTexts:
    '{count, plural, =0 {The texts} one {# text} other {# different texts}} in the column of the customers: each gets a number of its own for the simulation, from 1 in the order of the rows',
  noCustomer: 'has no customer id',
  customer: 'the customer id “{cell}” {fault}',
  noDate: 'has no date',
  date: 'the date {fault}',
  noAmount: 'has no amount',
  amount: 'the amount “{cell}” {fault}',
} as const;
