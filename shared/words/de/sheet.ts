import type { Catalogue } from '../message';

/** Ein Badge auf einem Blatt Papier, für Leute ohne Laurel. */
export const sheet: Catalogue['sheet'] = {
  kicker: 'Übergabeblatt eines Treue-Badges',
  titleMany: '{count, plural, one {# Badge} other {# Badges}}',
  problems: 'Was daran falsch ist',
  inWords: 'In Worten',
  timeline: 'In der Zeit',
  moment: 'Als würde es am {moment} vergeben; der senkrechte Strich zeigt es.',
  limits: 'Grenzen',
  noLimits: 'Es gibt keine Grenze.',
  example: 'Ein Kunde, der es ab dem Beginn jeden Mittag versucht, während sonst niemand kommt',
  when: 'Wann',
  outcome: 'Was geschieht',
  enrolled: 'Eingeschrieben bis {until}.',
  awarded: 'Vergeben; die Vergabe endet am {until}.',
  limitedUntil: 'Abgelehnt: {limit}. Ein Platz wird {at} frei.',
  limitedEver: 'Abgelehnt: {limit}; {why}.',
  refused: 'Abgelehnt mit Code {code}.',
  claims: 'Ansprüche',
  noClaims: 'Niemand hat es beansprucht. Ohne Anspruch wird nichts vergeben (810).',
  json: 'JSON des Aufrufs zum Anlegen',
  commands: 'Befehle, die es anlegen',
  commandsHint:
    'Setzen Sie die Adresse Ihres Clusters für YOUR-CLUSTER ein, die Kennung aus der Antwort für BADGE-ID, und in die Variable AUTHORIZATION, womit Sie sich ausweisen. Ein Geheimnis steht hier nicht.',
  unearned: 'Nicht verdient',
  inProgress: 'Auf dem Weg',
  earned: 'Verdient',
  open: 'Übergabeblatt …',
  keywords: 'Dokument drucken pdf html teilen übergeben',
  title: '{count, plural, one {Übergabeblatt von # Badge} other {Übergabeblatt von # Badges}}',
  about:
    'Das Badge in Worten, sein Bild, sein Zeitstrahl, Grenzen mit einem Beispielkunden, Ansprüche, JSON und die Befehle, die es anlegen: eine Datei für Leute ohne Laurel.',
  fileName: 'badge-blatt',
  written: 'Das Blatt liegt in {name}.',
  tooMany: 'Höchstens {most, number} Badges stehen auf einem Blatt. Wählen Sie einige.',
  notNow: 'Das Blatt wird geschrieben.',
};
