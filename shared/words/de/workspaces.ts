import type { Catalogue } from '../message';

export const workspaces: Catalogue['workspaces'] = {
  menuNew: 'Neuer Arbeitsbereich …',
  menuOpen: 'Arbeitsbereich öffnen …',
  menuMove: 'Arbeitsbereich verschieben …',
  recent: 'Letzte Arbeitsbereiche',
  clearRecent: 'Letzte Arbeitsbereiche vergessen',
  newWorkspace: 'Neuer Arbeitsbereich …',
  openWorkspace: 'Einen Arbeitsbereich öffnen …',
  moveWorkspace: 'Diesen Arbeitsbereich verschieben …',
  keywords: 'Datei Ordner Speicher Datenbank zweites Fenster',
  newTitle: 'Wo soll der neue Arbeitsbereich liegen?',
  newButton: 'Anlegen',
  newName: 'Badges.laurel',
  openTitle: 'Einen Arbeitsbereich öffnen',
  openButton: 'Öffnen',
  moveTitle: 'Wo soll dieser Arbeitsbereich liegen?',
  moveButton: 'Verschieben',
  files: 'Laurel-Arbeitsbereiche',
  placeTaken:
    'In diesem Ordner gibt es schon etwas namens {name}. Nichts wurde geändert: Wählen Sie einen anderen Namen oder Ordner.',
  notMoved: '{name} wurde nicht verschoben: {reason}. Er liegt mit allem, was darin ist, wo er lag.',
  changedMeanwhile:
    '{name} wurde nicht verschoben: Ein anderes Programm hat ihn geändert, während er kopiert wurde. Er liegt mit allem, was darin ist, wo er lag, auch mit dieser Änderung. Schließen Sie, was mit ihm arbeitet, und verschieben Sie ihn dann noch einmal.',
  leftBehind:
    'Der Arbeitsbereich wurde verschoben. Was sich nicht aus {folder} entfernen ließ, sind Kopien, die Sie löschen können: {files}',
  moveUndone:
    '{name} wurde nicht nach {folder} verschoben: Laurel endete währenddessen. Er liegt mit allem, was darin ist, wo er lag. Was schon kopiert war, wurde entfernt.',
  moveFinished:
    '{name} wurde nach {folder} verschoben. Laurel endete, bevor am alten Ort alles entfernt war. Das ist jetzt geschehen.',
  moveUnclear:
    'Laurel endete, während es einen Arbeitsbereich verschob, und seitdem wurde einer der beiden Orte geändert. {kept} wird verwendet. {other} blieb, wie es ist: Sehen Sie hinein, bevor Sie es löschen.',
  movePieces:
    'Laurel endete, während es einen Arbeitsbereich verschob. {kept} ist vollständig und wird verwendet. Was sich nicht aus {folder} entfernen ließ, sind Kopien, die Sie löschen können: {files}',
  named: 'Arbeitsbereich {name}',
  group: 'Arbeitsbereich',
  firstTitle: 'Willkommen bei Laurel',
  step: 'Schritt {step, number} von {steps, number}',
  next: 'Weiter',
  back: 'Zurück',
  skip: 'Überspringen',
  begin: 'Beginnen',
  languageTitle: 'Welche Sprache?',
  languageText: 'Laurel spricht überall beide. In den Einstellungen lässt sich das jederzeit ändern.',
  zoneTitle: 'In welcher Zeitzone lebt Ihr Programm?',
  zoneText:
    'Ein Tag einer Obergrenze beginnt dort um Mitternacht, und alle Zeiten werden in ihr gezeigt. Es sollte die Zone Ihrer Organisation sein.',
  zoneFound: 'Dieser Rechner ist in {zone}. Wird dieser Schritt übersprungen, ist es der Arbeitsbereich auch.',
  zoneKept: 'Dieser Rechner ist in {zone}. Wird dieser Schritt übersprungen, bleibt der Arbeitsbereich in {kept}.',
  newZoneHere:
    'Dieser Arbeitsbereich zählt Tage in {zone}, der Zeitzone dieses Rechners. Das lässt sich in den Einstellungen ändern.',
  newZoneLike:
    'Dieser Arbeitsbereich zählt Tage in {zone}, der Zeitzone des Arbeitsbereichs, der vorn war. Das lässt sich in den Einstellungen ändern.',
  placeTitle: 'Wo soll Ihre Arbeit liegen?',
  placeText:
    'Alle Badges, Anfragen und Szenarien liegen in einem Arbeitsbereich auf diesem Rechner. Nichts davon wird irgendwohin gesendet.',
  placeUsual: 'Laurel hat dafür einen eigenen Ordner. Das passt für die meisten.',
  placeOther: 'Einen anderen Ort wählen …',
  placeOpen: 'Einen öffnen, den ich habe …',
};
