export const sources = {
  pasted: '{count, number} pasted',
  one: 'one customer',
  range: '{from, number} to {to, number}',
} as const;
