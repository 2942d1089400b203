import type { Catalogue } from '../message';

export const practiceStates: Catalogue['practiceStates'] = {
  noFile: 'diese Datei gibt es nicht',
  unreadable: 'Der Stand {name} lässt sich nicht lesen: {reason}. Nichts wurde geändert.',
  notJson: '{name} ist kein Stand einer Übungsorganisation: {mistake}. Nichts wurde geändert.',
  noState: '{name} ist kein Stand einer Übungsorganisation. Nichts wurde geändert.',
  newer:
    'Ein neueres Laurel hat den Stand {name} gesichert. Nichts wurde geändert. Aktualisieren Sie Laurel, um ihn zu verwenden.',
  newerOrg:
    'Ein neueres Laurel hat diesen Stand gesichert. Nichts wurde geändert. Aktualisieren Sie Laurel, um ihn zu verwenden.',
  broken:
    'Der Stand {name} ist bei {place} beschädigt. Nichts wurde geändert. Sichern Sie ihn neu, oder nehmen Sie eine andere Kopie.',
  unusable: 'Der Stand „{name}“ lässt sich nicht verwenden: {what}. Nichts wurde geändert.',
  otherColumns: 'seine Tabelle {table} ist nicht so, wie Laurel sie schreibt',
  noTable: 'seine Tabelle {table} fehlt',
  oddRow: 'Zeile {row} von {table} ist nicht so, wie Laurel sie schreibt',
  oddValue: '{column} in Zeile {row} von {table} ist nicht so, wie Laurel es schreibt',
  oddBadge: 'das Badge {badge} lässt sich nicht lesen',
  tooLarge:
    'Die Übungsorganisation hat {rows, number} Zeilen, und ein Stand hat höchstens {most, number}. Nichts wurde gesichert. Lassen Sie sie ihre Daten stattdessen in ihrer eigenen Datei aufbewahren.',
  restoring: 'Das Wiederherstellen des Stands',
  gone: 'Diesen Stand gibt es nicht mehr.',
  nameMissing: 'Geben Sie dem Stand einen Namen. Nichts wurde gesichert.',
  nameTaken: 'Es gibt schon einen Stand namens „{name}“. Nichts wurde gesichert. Wählen Sie einen anderen Namen.',
  otherPort:
    'Port {before} ist von einem anderen Programm belegt, daher antwortet die Übungsorganisation diesmal unter {url}. Clients und Verbindungen, die die frühere Adresse kennen, warten, bis sie bei einem Start frei ist.',
  ownPull: '„{name}“ ist diese Übungsorganisation selbst. Nichts wurde geändert. Wählen Sie eine andere Verbindung.',
  neverPulled: '„{name}“ wurde noch nie abgerufen. Nichts wurde geändert. Rufen Sie sie zuerst ab.',
  groupsUnread: 'Die Namen der Gruppen ließen sich nicht lesen: {reason} Sie heißen nach ihren Ids.',
  groupCalled: 'Gruppe {id}',
};
