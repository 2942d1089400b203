import type { Catalogue } from '../message';

export const replay: Catalogue['replay'] = {
  tooLong: 'ist länger als {bytes, number} Bytes',
  fewFields: 'hat {count} Felder, wo {needed} nötig sind',
  noSegment: 'hat kein Segment',
  segmentTooMany: 'gehört zu einem Segment zu viel: Höchstens {most} sind möglich',
  noCustomer: 'hat keine Kundennummer',
  customer: 'die Kundennummer „{cell}“ {fault}',
  noDate: 'hat kein Datum',
  date: 'das Datum {fault}',
  noAmount: 'hat keinen Betrag',
  amount: 'der Betrag „{cell}“ {fault}',
};
