import type { Catalogue } from '../message';

export const learning: Catalogue['learning'] = {
  noRows:
    '{file} hat keine Zeile mit einem lesbaren Datum, es gibt also nichts, woraus zu lernen wäre. Es wurde nichts geschrieben.',
  emptyPeriod: 'Der Zeitraum, aus dem gelernt werden soll, endet, bevor er beginnt. Es wurde nichts geschrieben.',
  noColumns:
    '{file} braucht eine Spalte mit Kunden und eine mit Daten: laurel inspect zeigt, wofür jede Spalte gehalten wird. Es wurde nichts geschrieben.',
  noSegments:
    '{file} hat keine Spalte mit Segmenten. Nennen Sie sie, oder lassen Sie Gruppen bilden. Es wurde nichts geschrieben.',
  tooLittle:
    '{file} hat im Zeitraum weniger als zwei Kunden mit einem Ereignis: Daraus lässt sich nichts lernen. Es wurde nichts geschrieben.',
};
