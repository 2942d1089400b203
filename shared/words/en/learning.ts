/** Learning how customers act from a file of their transactions. */
export const learning = {
  noRows: '{file} has no row with a date that can be read, so there is nothing to learn from. Nothing was written.',
  emptyPeriod: 'The period to learn from ends before it begins. Nothing was written.',
  noColumns:
    '{file} needs a column of customers and one of dates: laurel inspect shows what each column is taken for. Nothing was written.',
  noSegments: '{file} has no column of segments. Name it, or let groups be made. Nothing was written.',
  tooLittle:
    '{file} has fewer than two customers with an event in the period: nothing can be learned from that. Nothing was written.',
} as const;
