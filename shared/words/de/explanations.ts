import type { Catalogue } from '../message';

export const explanations: Catalogue['explanations'] = {
  hadAndNext: '{had} {next}',
  customerHad:
    'Der Kunde hatte am {at} {count, plural, one {# zählende Vergabe} other {# zählende Vergaben}}, und {allowed} ({type}).',
  customerHadInCycle:
    'Der Kunde hatte am {at} im Zyklus von {from} bis {to} {count, plural, one {# zählende Vergabe} other {# zählende Vergaben}}, und {allowed} ({type}).',
  customerHadInWindow:
    'Der Kunde hatte am {at} im Zeitraum von {from} bis {to} {count, plural, one {# zählende Vergabe} other {# zählende Vergaben}}, und {allowed} ({type}).',
  badgeHad:
    'Das Badge hatte am {at} {count, plural, one {# zählende Vergabe} other {# zählende Vergaben}}, und {allowed} ({type}).',
  badgeHadInCycle:
    'Das Badge hatte am {at} im Zyklus von {from} bis {to} {count, plural, one {# zählende Vergabe} other {# zählende Vergaben}}, und {allowed} ({type}).',
  badgeHadInWindow:
    'Das Badge hatte am {at} im Zeitraum von {from} bis {to} {count, plural, one {# zählende Vergabe} other {# zählende Vergaben}}, und {allowed} ({type}).',
  isAllowed: 'erlaubt ist {limit}',
  areAllowed: 'erlaubt sind {limit}',
  frees: 'Der nächste Platz wird am {at} frei, wenn inzwischen nichts anderes vergeben wird.',
  faulty: '{label}. {place}; alle anderen Zeilen wurden ohne sie beurteilt.',
  faultySays: '{label}; dort steht „{line}“. {place}; alle anderen Zeilen wurden ohne sie beurteilt.',
  rowOfRequest: 'Es ist Zeile {row, number} der Anfrage, Kopfzeile und leere Zeilen nicht mitgezählt',
  lineOfText: 'Es ist Zeile {line, number} des Textes, Kopfzeile und leere Zeilen mitgezählt',
  enrolled: 'Eingeschrieben vom {from} bis {until}; keine frühere Einschreibung des Kunden stand im Weg.',
  awarded: 'Hat das Badge zum {from} bekommen und behält es bis {until}; keine Obergrenze stand im Weg.',
  gotAndRevoked: '{got} Am {on} wurde es widerrufen.',
  neverEnrolled:
    'Der Kunde war nie in dieses Badge eingeschrieben, und eine Vergabe braucht eine Einschreibung, die {when} einschließt.',
  noneCovered:
    '{count, plural, one {Die einzige Einschreibung des Kunden} other {Die letzte von # Einschreibungen des Kunden}} lief vom {from} bis {to}; keine schloss {when} ein, wofür die Vergabe verlangt war.',
  noneCoveredRevoked:
    '{count, plural, one {Die einzige Einschreibung des Kunden} other {Die letzte von # Einschreibungen des Kunden}} lief vom {from} bis {to} und wurde am {on} widerrufen; keine schloss {when} ein, wofür die Vergabe verlangt war.',
  holdsEarlier: 'Der Kunde hat noch eine frühere Vergabe dieses Badges.',
  holdsUntil:
    'Der Kunde hat dieses Badge schon bis {until}, und dieser Arbeitsbereich lehnt eine Vergabe ab, solange eine frühere gilt.',
  namedInRow: 'Der Kunde steht schon in Zeile {row, number} derselben Anfrage; nur die erste Zeile zählt.',
  namedBefore: 'Der Kunde steht schon weiter oben in derselben Anfrage; nur die erste Zeile zählt.',
  overlaps:
    'Der Kunde ist vom {from} bis {to} eingeschrieben, und eine zweite Einschreibung darf sich damit nicht überschneiden.',
  neverFrees: 'Das Badge endet vorher oder zugleich, also wird nie etwas frei.',
  repeatedInRow:
    'Der Kunde steht schon in Zeile {row, number} derselben Anfrage. Nur die erste Zeile zählt, damit eine doppelte Zeile nie zweimal vergibt.',
  repeated:
    'Der Kunde steht schon weiter oben in derselben Anfrage. Nur die erste Zeile zählt, damit eine doppelte Zeile nie zweimal vergibt.',
};
