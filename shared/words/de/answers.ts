import type { Catalogue } from '../message';

export const answers: Catalogue['answers'] = {
  capLasts: 'Die Obergrenze von {cap, number} wird in dem Zeitraum nicht aufgebraucht.',
  capLastsInRuns: 'Die Obergrenze von {cap, number} wird in keinem von {runs, number} Läufen aufgebraucht.',
  capRunsOut: 'Die Obergrenze von {cap, number} ist am {day} aufgebraucht.',
  capGoneInAll: 'Die Obergrenze von {cap, number} ist in jedem Lauf bis zum {day} aufgebraucht.',
  capGoneInHalf: 'Die Obergrenze von {cap, number} ist in der Hälfte der Läufe bis zum {day} aufgebraucht.',
  capGoneInHalfLater:
    'Die Obergrenze von {cap, number} ist in der Hälfte der Läufe bis zum {day} aufgebraucht und in {ever, number} bis zum Ende des Zeitraums.',
  capGoneInSome:
    'Die Obergrenze von {cap, number} ist in {count, number} von {runs, number} Läufen bis zum {day} aufgebraucht.',
  capGoneInSomeLater:
    'Die Obergrenze von {cap, number} ist in {count, number} von {runs, number} Läufen bis zum {day} aufgebraucht und in {ever, number} bis zum Ende des Zeitraums.',
  nobodyTries: 'Niemand versucht es in diesem Zeitraum mit „{name}“.',
  onlyOneGets: 'Der einzige Kunde, der es mit „{name}“ versucht, bekommt es.',
  onlyOneTurnedAway: 'Der einzige Kunde, der es mit „{name}“ versucht, geht leer aus.',
  allGet: 'Alle {count, number} Kunden, die es mit „{name}“ versuchen, bekommen es.',
  noneGet: 'Keiner der {count, number} Kunden, die es mit „{name}“ versuchen, bekommt es.',
  shareTurnedAway:
    '{share, number, ::percent .#} der {count, number} Kunden, die es mit „{name}“ versuchen, gehen leer aus.',
  nobodyNotActive: 'Niemand kann „{name}“ bekommen: Es ist nicht aktiv, darum wird jeder Versuch abgelehnt (815).',
  nobodyNotClaimed:
    'Niemand kann „{name}“ bekommen: Es ist nicht beansprucht, darum wird jeder Versuch abgelehnt (810). Kurz: {reason}.',
  nobodyStartsLater:
    'Niemand kann „{name}“ in diesem Zeitraum bekommen: Es beginnt am {day}, und dann ist der Zeitraum vorbei.',
  nobodyEndedBefore:
    'Niemand kann „{name}“ in diesem Zeitraum bekommen: Es endete am {day}, bevor der Zeitraum beginnt.',
  nobodyEnrolled:
    'Niemand kann „{name}“ bekommen: Es braucht zuerst eine Einschreibung, und niemand ist eingeschrieben (811).',
  nobodyEnrolledRefused:
    'Niemand kann „{name}“ bekommen: Es braucht zuerst eine Einschreibung, und niemand ist eingeschrieben, weil jede Einschreibung abgelehnt wird oder niemanden erfasst (811).',
  nobodyQualifies: 'Niemand kann „{name}“ bekommen: Kein Ereignis zählt, weil die Wahrscheinlichkeit 0 ist.',
  nobodyZeroLimit: 'Niemand kann „{name}“ bekommen: Eine seiner Grenzen ist null.',
  noRowInPeriod: 'Keine Zeile der Datei liegt im Zeitraum: Ihre Zeilen reichen von {first} bis {last}.',
  limitInAll: '{limit, number} insgesamt',
  limitEachCycle: '{limit, number} je Zyklus',
  limitLastDay: '{limit, number} am letzten Tag',
  limitLastWeek: '{limit, number} in der letzten Woche',
  limitLastMonth: '{limit, number} im letzten Monat',
  limitLastDays: '{limit, number} in den letzten {value, number} Tagen',
  limitLastWeeks: '{limit, number} in den letzten {value, number} Wochen',
  limitLastMonths: '{limit, number} in den letzten {value, number} Monaten',
  neverLimitIsZero: 'Die Grenze ist null, also kommt nie etwas hindurch.',
  neverForEver: 'Jede Vergabe zählt das ganze Leben des Badges lang; nur eine widerrufene gibt ihren Platz zurück.',
  neverLastCycle: 'Dies ist der letzte Zyklus des Badges; kein weiterer folgt.',
  neverBadgeEnds: 'Das Badge endet, bevor unter dieser Grenze ein Platz frei würde.',
  neverEnrolmentEnds: 'Die Einschreibung des Kunden endet, bevor unter dieser Grenze ein Platz frei würde.',
};
