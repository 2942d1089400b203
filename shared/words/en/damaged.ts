/** What stands in the place of kept things that cannot be read any more, or were not kept whole. */
export const damaged = {
  reasons: 'The reasons are stored in a form that cannot be read. They are kept as they are.',
  headersName: '(headers)',
  headers: 'These are stored in a form that cannot be read.',
  codes: 'Its error codes are stored in a form that cannot be read, and are kept as they are.',
  codesAfter: '{sentence} Its error codes are stored in a form that cannot be read, and are kept as they are.',
  body: '(This body is stored in a form that cannot be read.)',
  bodyCut: '{text}\n(the first {kept, number} of {length, number} characters)',
  noValue: '{text} is no value',
  quoteInside: 'a quote stands inside a value',
  afterText: 'something follows a text',
  noEnd: 'its end is missing',
  rowLength: '{name} has a row of another length',
} as const;
