import type { Catalogue } from '../message';

export const opening: Catalogue['opening'] = {
  missing: '{file} ist nicht in {folder}. Es wurde nichts geöffnet.',
  recentGone: '{file} ist nicht mehr da und steht nicht mehr unter den zuletzt geöffneten Dateien.',
  folder:
    '{file} ist ein Ordner. Laurel öffnet Dateien namens *.badge.json oder *.scenario.json. Es wurde nichts geöffnet.',
  unknown:
    '{file} wurde nicht geöffnet: Laurel öffnet Dateien namens *.badge.json oder *.scenario.json. Ein Badge mit anderem Namen lässt sich unter Badges importieren, ein Szenario unter Simulieren öffnen.',
  unreadable: '{file} kann nicht gelesen werden: {reason}. Es wurde nichts geöffnet.',
  noText: '{file} ist weder UTF-8- noch UTF-16-Text: Speichern Sie die Datei als UTF-8. Es wurde nichts geöffnet.',
  moreRefused: '{count, plural, one {# weitere Datei wurde} other {# weitere Dateien wurden}} nicht geöffnet: {files}',
  oneScenario: 'Es ist immer nur ein Szenario offen: {opened} ist es jetzt. Nicht geöffnet: {files}',
  dialogFirst: 'Eine Datei wartet darauf, geöffnet zu werden. Schließen Sie zuerst den Dialog.',
  recent: 'Zuletzt geöffnet',
  clearRecent: 'Liste leeren',
};
