import type { Catalogue } from '../message';

export const lookAhead: Catalogue['lookAhead'] = {
  owner: '{kind} {referenceId}',
  noBadge: '{org} hat dieses Badge nicht mehr.',
  nobody: 'Keine Zeile nennt einen Kunden, der gesendet werden könnte.',
  onlyDirect: 'Dieses Badge wird direkt vergeben: Niemand kann eingeschrieben werden.',
  inactive: 'Das Badge ist in {org} ausgeschaltet.',
  upcoming: 'Das Badge ist nicht vor {from} live.',
  over: 'Das Badge ist seit {to} abgelaufen. Nur was in seiner Laufzeit geschah, lässt sich noch eintragen: Geben Sie das Datum des Ereignisses an.',
  eventOutside: 'Das Datum des Ereignisses liegt außerhalb der Laufzeit des Badges, von {from} bis {to}.',
  eventAhead: 'Das Datum des Ereignisses liegt mehr als 24 Stunden in der Zukunft.',
  ownerNotAllowed:
    '{owner} hat keinen Anspruch auf das Badge und darf keinen haben: Das Badge lässt andere Besitzer zu.',
  noReference:
    '{owner} hat ohne Referenznummer keinen Anspruch: Nennen Sie diese, oder wählen Sie einen Besitzer, der Anspruch auf das Badge hat.',
  unclaimed: '{owner} hat keinen Anspruch auf das Badge: Ohne ihn wird nichts vergeben.',
  enrolsAnyway:
    '{owner} ist kein Besitzer, den das Badge zulässt. Kunden werden trotzdem eingeschrieben; Vergaben in diesem Namen werden abgelehnt.',
  limitZero: 'Die Obergrenze des Badges ist 0: Niemand kann es je bekommen.',
  full: 'Das Badge darf {limit, number} Mal vergeben werden, und {org} zählt {used, plural, one {# Vergabe} other {# Vergaben}}. Nur widerrufene Vergaben können seither Platz gemacht haben.',
  cycleFull:
    'Das laufende Fenster des Badges erlaubt {limit, plural, one {# Vergabe} other {# Vergaben}}, und {org} zählt {used, number}. Platz gibt es, wenn das nächste Fenster beginnt.',
  tooMany:
    'Das Badge darf {limit, number} Mal vergeben werden, und {org} zählt {used, plural, one {# Vergabe} other {# Vergaben}}: Höchstens {left, number} von {sent, number} Kunden bekommen es.',
  tooManyForCycle:
    'Das laufende Fenster des Badges erlaubt {limit, plural, one {# Vergabe} other {# Vergaben}}, und {org} zählt {used, number}: Höchstens {left, number} von {sent, number} Kunden bekommen es, bevor das nächste Fenster beginnt.',
  windowTooSmall:
    'Ein Fenster des Badges erlaubt {limit, plural, one {# Vergabe} other {# Vergaben}}: Höchstens {limit, number} von {sent, number} Kunden bekommen es, bevor das Fenster weiterrückt.',
  windowUncounted:
    'Ein Fenster des Badges erlaubt {limit, plural, one {# Vergabe} other {# Vergaben}}; wie viele davon verbraucht sind, sagt {org} nicht.',
  nobodyEnrolled: 'Kunden müssen zuerst eingeschrieben sein, und {org} zählt noch niemanden.',
  fewEnrolled:
    'Kunden müssen zuerst eingeschrieben sein, und {org} zählt {issued, plural, one {# Einschreibung} other {# Einschreibungen}}: Höchstens {issued, number} von {sent, number} Kunden bekommen es.',
  unreadable:
    '{org} gibt dieses Badge so aus, dass es hier nicht gelesen werden kann; zu seinen Regeln lässt sich nichts sagen.',
  notLooked: 'Das Badge konnte in {org} nicht angesehen werden: {reason}',
  refusedHere: '{org} würde jede Zeile ablehnen: {reason} Nichts wurde gesendet.',
  askedHere: '{reason} Nichts wurde gesendet; sehen Sie sich den Auftrag vor dem Start an und entscheiden Sie dort.',
  moved:
    'Was {org} von dem Badge hat, hat sich geändert, seit es angesehen wurde. Nichts wurde gesendet; sehen Sie an, was jetzt gefunden wird.',
  claimed: 'Anspruch für {owner} erhoben.',
  claimRefused: 'Der Anspruch wurde nicht erhoben: {reason}',
  claimUnknown: 'Ob der Anspruch erhoben wurde, ist nicht bekannt: {reason} Sehen Sie noch einmal nach.',

  title: 'Vor der ersten Anfrage',
  looking: 'Das Badge wird in der Organisation angesehen …',
  counting: 'Die Zeilen werden gezählt …',
  lookAgain: 'Noch einmal ansehen',
  startAnyway: 'Trotzdem starten',
  notLookedYet: 'Warten Sie, bis das Badge angesehen ist.',
  wouldRefuse: 'Die Organisation würde jede Zeile ablehnen: {reason}',
  decideFirst: 'Entscheiden Sie, ob trotzdem gestartet wird.',
  allWell: 'Nichts steht im Weg.',
  rowsSent: 'Kunden zu senden',
  rowsDoubtful: 'Fraglich',
  rowsBad: 'Fehlerhaft',
  rowsDuplicate: 'Noch einmal genannt',
  requests:
    '{requests, plural, one {# Anfrage} other {# Anfragen}} mit bis zu {chunk, number} Kunden; bei {perSecond, number} je Sekunde mindestens {duration}.',
  code: 'Code {code}',
  claimFor: 'Anspruch für {owner} erheben',
  takeOwner: 'Im Namen von {owner}',
  takeAction: 'Stattdessen einschreiben',
  takeAward: 'Stattdessen vergeben',
  takeStart: 'Den Beginn des Badges nehmen',
  badgeAs: 'Wie {org} es hat:',
  counted: 'eingeschrieben {issued}, vergeben {earned}',
  unknownCount: 'nicht genannt',
  until: 'bis',
  from: 'ab',
  startOver: 'Neu beginnen',
  draftKept: 'Bleibt als Entwurf, bis er gestartet wird.',
  fileGone:
    '„{name}“ lässt sich nicht mehr lesen: Die Datei wurde verschoben oder gelöscht. Wählen Sie sie noch einmal.',
};
