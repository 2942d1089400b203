export const sources = {
  pasted: '{count, number} pasted',
  one: 'one customer',
  range: '{from, number} to {to, number}',
  servedIn: 'Customers served in “{name}”',
  givenByJob: 'what job {job} over {badge} gave',
  succeededIn: 'those who succeeded in request {request}',
} as const;
