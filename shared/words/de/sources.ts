import type { Catalogue } from '../message';

export const sources: Catalogue['sources'] = {
  pasted: '{count, number} eingefügt',
  one: 'ein Kunde',
  range: '{from, number} bis {to, number}',
  servedIn: 'Kunden, die in „{name}“ bedient wurden',
  givenByJob: 'was Auftrag {job} über {badge} vergeben hat',
  succeededIn: 'alle Erfolgreichen der Anfrage {request}',
};
