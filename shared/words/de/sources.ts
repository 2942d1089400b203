import type { Catalogue } from '../message';

export const sources: Catalogue['sources'] = {
  pasted: '{count, number} eingefügt',
  one: 'ein Kunde',
  range: '{from, number} bis {to, number}',
  servedIn: 'Kunden, die in „{name}“ bedient wurden',
  succeededIn: 'alle Erfolgreichen der Anfrage {request}',
};
