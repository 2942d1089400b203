import type { Catalogue } from '../message';

/** Szenarien, die ein Arbeitsbereich behält. */
export const keptScenarios: Catalogue['keptScenarios'] = {
  title: 'Szenarien dieses Arbeitsbereichs',
  manage: 'Szenarien dieses Arbeitsbereichs…',
  keywords: 'behalten öffnen gespeichert Datei Ordner Team',
  about:
    'Ein Szenario wird hier mit seinen Policies behalten. Mit einem Ordner des Arbeitsbereichs ist jedes dort eine Datei, für Git und alle, die ihn teilen.',
  none: 'Noch ist keines behalten. Datei › In diesem Arbeitsbereich behalten behält das im Editor.',
  keep: 'In diesem Arbeitsbereich behalten',
  keepKeywords: 'speichern sichern teilen Ordner',
  kept: '{name} ist in diesem Arbeitsbereich behalten.',
  keptMoved:
    '{name} bleibt in diesem Arbeitsbereich und nimmt {count, plural, one {sein Badge} other {seine Badges}} weiter aus {files}, was sich geändert hat, seit es hier geöffnet wurde. Der Editor hat, was vorher dort stand; öffnen Sie das Szenario noch einmal, um zu sehen, was jetzt dort steht.',
  isKept: 'In diesem Arbeitsbereich behalten als {file}',
  otherwise: 'Es wurde anderswo geändert, seit es hier geöffnet wurde.',
  openOther: 'Öffnen, was jetzt dort steht',
  open: 'Öffnen',
  openNamed: '{name} öffnen',
  remove: '{name} nicht mehr behalten',
  removed: '{name} ist nicht mehr behalten.',
  policies: '{count, plural, =0 {keine Policy} one {# Policy} other {# Policies}}',
  changedTitle: 'Es wurde anderswo geändert',
  changedMessage:
    'Was als {file} behalten ist, ist nicht, was hier geöffnet wurde: Ein Pull, ein anderes Programm oder ein anderes Fenster hat es geändert. Was im Editor steht, bleibt, wie es ist.',
  replace: 'Meines an seiner Stelle behalten',
  asNew: 'Meines daneben behalten',
  moved: 'Das Szenario wurde anderswo geändert, seit es geöffnet wurde. Es wurde nichts geschrieben.',
  gone: 'Dieses Szenario ist hier nicht mehr behalten.',
  noFolder: 'es gibt keinen Ordner des Arbeitsbereichs, in dem sie liegen könnte',
  tooMany: 'Ein Arbeitsbereich behält {most, number} Szenarien. Entfernen Sie zuerst einige.',
};
