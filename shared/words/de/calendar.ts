import type { Catalogue } from '../message';

/** Tage, an denen die Kunden eines Szenarios öfter oder seltener kommen. */
export const calendar: Catalogue['calendar'] = {
  title: 'Kalender',
  none: 'jeder Tag wie sein Wochentag',
  summary: '{count, plural, one {# Eintrag} other {# Einträge}}',
  hint: 'Schließungen und Aktionen: wie vielmal so oft die Kunden an einigen Tagen kommen. Es sind Tage der Zeitzone des Szenarios.',
  firstDay: 'Erster Tag',
  lastDay: 'Letzter Tag',
  dayExample: '2026-12-24',
  factor: 'So viel mal so oft',
  factorHint: '0: geschlossen. 2: doppelt so oft.',
  entryNamed: 'Kalendereintrag {name}',
  remove: '{name} entfernen',
  unnamed: 'ohne Namen',
  addClosure: 'Schließung hinzufügen',
  addCampaign: 'Aktion hinzufügen',
  closure: 'Geschlossen',
  campaign: 'Aktion',
  replay: 'Was aus einer Datei kommt, hat seinen Kalender schon: Diese Einträge ändern nichts.',
  season: 'So viel mal so oft in jedem Monat',
  seasonOf: '{month}, so viel mal so oft, von {segment}',
  notReadable:
    'Der Kalender dieses Szenarios ist keine Liste. Er bleibt, wie er ist; die Prüfung sagt, was falsch ist.',
  reportDays: '{first} bis {last}',
  reportEntry: '{days}: {effect}',
  reportNamed: '{days} ({name}): {effect}',
  reportWeekdays: 'Wochentage unterscheiden sich, wie es die Segmente angeben.',
  reportClosed: 'geschlossen',
  reportTimes: '{factor, number}-mal so oft',
  reportMethod:
    'Jeder Kunde hat eine eigene Rate, gezogen aus einer Gammaverteilung; seine Einkäufe kommen mit dieser Rate zufällig (ein Poisson-Prozess), an starken Wochentagen mehr, mit Wachstum und so, wie Kalender und Saison oben angeben. Jeder Einkauf, der zählt, wird denselben Regeln unterworfen, die das Gateway der Badges anwendet. Nicht abgebildet: was der Kalender nicht nennt, Mundpropaganda und Kunden, die sich des Badges wegen ändern.',
  reportSeason: 'Saison von {segment}: {months}.',
  reportMonth: '{month} × {factor, number}',
};
