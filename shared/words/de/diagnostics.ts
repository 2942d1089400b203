import type { Catalogue } from '../message';

export const diagnostics: Catalogue['diagnostics'] = {
  heading: 'Diagnose',
  lead: 'Was ein Supportfall braucht: Versionen, was den Hintergrundprozess beherbergt, Einstellungen, ob die Dateien vollständig sind, und das Protokoll. Sie sehen alles, bevor Sie es speichern.',
  whatIsIn:
    'Zugangsdaten, Namen, Adressen, Kunden und Texte Ihrer Arbeit sind nicht darin. Genau das hier wird gespeichert.',
  show: 'Diagnose zeigen',
  saveAll: 'Diagnose speichern …',
  save: 'Speichern …',
  saved: 'Die Diagnose wurde in {name} gespeichert.',
  notShown: 'Sehen Sie sich die Diagnose an, bevor sie gespeichert wird. Es wurde nichts geschrieben.',
};
