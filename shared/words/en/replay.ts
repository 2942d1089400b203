export const replay = {
  tooLong: 'is longer than {bytes, number} bytes',
  fewFields: 'has {count} fields where {needed} are needed',
  noSegment: 'has no segment',
  segmentTooMany: 'is of one segment too many: {most} are the most',
  noCustomer: 'has no customer id',
  customer: 'the customer id “{cell}” {fault}',
  noDate: 'has no date',
  date: 'the date {fault}',
  noAmount: 'has no amount',
  amount: 'the amount “{cell}” {fault}',
} as const;
