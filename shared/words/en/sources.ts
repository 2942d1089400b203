export const sources = {
  pasted: '{count, number} pasted',
  one: 'one customer',
  range: '{from, number} to {to, number}',
  servedIn: 'Customers served in “{name}”',
  succeededIn: 'those who succeeded in request {request}',
} as const;
