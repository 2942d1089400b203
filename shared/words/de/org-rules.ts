import type { Catalogue } from '../message';

export const orgRules: Catalogue['orgRules'] = {
  production:
    '{org} ist in Produktion, und dort angelegte Badges bleiben für immer. Nichts wurde gesendet. Lernen Sie stattdessen von einer Testorganisation desselben Clusters.',
  nothingLearned: 'Von {org} wurde noch nichts gelernt. Nichts wurde geändert.',

  tab: 'Regeln',
  introTitle: 'Die Regeln von {org} lernen',
  introText:
    'Die veröffentlichten Dokumente lassen {count, plural, one {# Punkt} other {# Punkte}} offen, und Laurel liest jeden so, wie es ihn für wahrscheinlich hält. Etwa zwei Dutzend Aufrufe zeigen, wie {org} antwortet. Sie legen zwei Badges an, die Laurel probe … heißen, vergeben an Kunden ab 900000001 und schalten die Badges am Ende aus: Löschen lässt sich in einer Organisation nichts.',
  productionTitle: '{org} wird nie gefragt',
  show: 'Zeigen, was gesendet würde',
  planTitle: '{count, plural, one {# Aufruf würde gesendet} other {# Aufrufe würden gesendet}}',
  planText:
    "Noch wurde nichts gesendet. Nummern, die {org} vergibt, stehen als '{badge 1}'. Antwortet es anders als erwartet, werden einige Aufrufe mehr gesendet, und die Zeiten der importierten Vergaben sind die jenes Augenblicks.",
  learn: 'Lernen',
  typeName: '{org} eingeben, um diese Aufrufe dorthin zu senden',
  typeFirst: 'Geben Sie zuerst den Namen der Organisation ein.',
  learning: 'Die Regeln von {org} werden gelernt',
  sent: '{sent, number} von {planned, number} Aufrufen gesendet',
  cancelled:
    'Abgebrochen. Nichts wurde gelernt. Die angelegten Badges, die Laurel probe … heißen, wurden ausgeschaltet, soweit {org} noch antwortete; ihre Aufrufe stehen unter Aktivität.',
  learnedTitle: 'Wie {org} antwortet',
  learnedOn: 'Gelernt am {date} durch {count, plural, one {# Aufruf} other {# Aufrufe}}.',
  allKnown: 'Jeder Punkt ist bekannt.',
  someKnown:
    '{known, number} von {all, number} Punkten sind bekannt; die anderen ließen sich nicht entscheiden, und nichts wird geraten.',
  allDocumented: 'Was bekannt ist, ist so, wie Laurel die Dokumente liest.',
  otherwise:
    '{count, plural, one {# Punkt wird anders beantwortet, als Laurel die Dokumente liest} other {# Punkte werden anders beantwortet, als Laurel die Dokumente liest}}.',
  again: 'Noch einmal lernen',
  colPoint: 'Punkt, den die Dokumente offen lassen',
  colAnswer: 'Die Organisation',
  colCompared: 'Lesart von Laurel',
  colCalls: 'Gezeigt durch',
  same: 'ebenso',
  other: 'anders: {value}',
  undecided: 'nicht entschieden',
  openCall: 'Aufruf {call} zeigen',
  callsTitle: 'Aufrufe, der Reihe nach',
  answer: 'Antwort',
  request: 'Anfrage',
  notDone: 'nicht ausgeführt, noch einmal gesendet',
  lost: 'keine lesbare Antwort',
  status: '{status} geantwortet',
  badgesOff:
    '{count, plural, one {Das angelegte Badge ist} other {Die # angelegten Badges sind}} ausgeschaltet: {names}.',
  badgesOn:
    '{count, plural, one {Ein angelegtes Badge ließ sich nicht ausschalten} other {# angelegte Badges ließen sich nicht ausschalten}}: {names}. Tun Sie das in {org} von Hand.',
  turnPractice: 'Übungsorganisation so einstellen',
  useHere: 'Diese Regeln hier verwenden',
  nothingKnown: 'Kein Punkt ist bekannt.',
  turned: 'Die Übungsorganisation antwortet jetzt wie {org}: {rules}.',
  turnedDocumented: 'Die Übungsorganisation antwortet jetzt wie {org}, also so, wie Laurel die Dokumente liest.',
  usedNow:
    'Ausgeben und Simulieren urteilen jetzt nach den Regeln von {org}: {rules}. In den Einstellungen geht es zurück zu den Dokumenten.',
  usedDocumented:
    'Ausgeben und Simulieren urteilen jetzt nach den Regeln von {org}, und diese sind so, wie Laurel die Dokumente liest.',
  rule: '{rule}: {value}',
  andBetween: '{one}; {other}',
  yes: 'ja',
  no: 'nein',
  raw: '{text}',

  settingsTitle: 'Wessen Regeln hier gelten',
  settingsDocumented:
    'Ausgeben und Simulieren urteilen so, wie Laurel die Dokumente liest. Die eigenen Regeln einer Organisation lernt Laurel auf ihrer Seite in Abgleich, unter Regeln.',
  settingsFrom: 'Ausgeben und Simulieren urteilen nach den Regeln von {org}, gelernt am {date}.',
  settingsFromPartly:
    'Ausgeben und Simulieren urteilen nach den Regeln von {org}, gelernt am {date}, und nach dem, was seither von Hand eingestellt wurde.',
  settingsByHand: 'Ausgeben und Simulieren urteilen nach Regeln, die von Hand eingestellt wurden.',
  settingsSame: 'Sie sind so, wie Laurel die Dokumente liest.',
  byHand: 'von Hand',
  back: 'Zurück zu den Dokumenten',
  backDone: 'Ausgeben und Simulieren urteilen wieder so, wie Laurel die Dokumente liest.',

  judgedFrom: 'Beurteilt nach den Regeln von {org}, gelernt am {date}: {rules}.',
  judgedPartly:
    'Beurteilt nach den Regeln von {org}, gelernt am {date}, und nach dem, was seither von Hand eingestellt wurde: {rules}.',
  judgedByHand: 'Beurteilt nach Regeln, die von Hand eingestellt wurden: {rules}.',
  judgedTitle: 'Regeln',
};
