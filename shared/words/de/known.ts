import type { Catalogue } from '../message';

export const known: Catalogue['known'] = {
  noDifference: '„{measure}“ ist ein Zeitpunkt und hat keine Differenz, wo er nie eintritt. Nennen Sie eine Zahl.',
  noBadge: 'Das Szenario hat kein Badge „{badge}“; seine Badges sind {names}.',
  ofVersion: '{version}: {reason}',
  noSuch: '„{measure}“ ist keine Zahl des Badges: Es gibt {names}.',
  neverMean:
    '„{measure}“ hat kein Mittel, so viele Läufe es auch sind: In manchen tritt es nie ein. Fragen Sie nach p10, p50 oder p90; dort gilt ein solcher Lauf als später als jedes Datum.',
  title: 'Wie viele Läufe',
  fixed: 'So viele',
  untilKnown: 'Bis es bekannt ist',
  measure: 'Bis das bekannt ist',
  width: 'Auf, %',
  widthHint: 'Breite des Bereichs, als Anteil der Zahl.',
  most: 'Höchstens',
  mostUnit: 'Läufe',
  summary: 'bis {measure} auf {width} bekannt ist, Startwert {seed}',
  footCustomers: '{customers, plural, one {# Kunde} other {# Kunden}}, bis es bekannt ist',
  footFile: '{file}, bis es bekannt ist',
  reached:
    '{measure} liegt zwischen {low} und {high}, mit einer Sicherheit von {confidence}: so gut bekannt wie gewünscht, nach {runs, plural, one {# Lauf} other {# Läufen}}.',
  missed:
    '{measure} liegt zwischen {low} und {high}, mit einer Sicherheit von {confidence}: nicht so gut bekannt wie gewünscht, nach {runs, plural, one {# Lauf} other {# Läufen}}.',
  each: '{measure}: {low} in jedem von {runs, plural, one {# Lauf} other {# Läufen}}. Was seltener als einmal in {often, plural, one {# Lauf} other {# Läufen}} vorkommt, zeigen sie vielleicht nicht.',
  same: '{measure}: {low}, mit einer Sicherheit von {confidence}, nach {runs, plural, one {# Lauf} other {# Läufen}}.',
  atLeast:
    '{measure} liegt mindestens bei {low}, mit einer Sicherheit von {confidence}; nur {runs, number} Läufe sagen nicht, wie hoch es sein kann.',
  atMost:
    '{measure} liegt höchstens bei {high}, mit einer Sicherheit von {confidence}; nur {runs, number} Läufe sagen nicht, wie niedrig es sein kann.',
  nothing: '{measure} lässt sich mit einer Sicherheit von {confidence} aus nur {runs, number} Läufen nicht sagen.',
};
