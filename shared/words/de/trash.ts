import type { Catalogue } from '../message';

export const trash: Catalogue['trash'] = {
  title: 'Gelöschte Badges',
  open: 'Gelöschte Badges …',
  openCount: 'Gelöschte Badges ({count, number}) …',
  keywords: 'Papierkorb wiederherstellen zurückholen leeren',
  about: 'Ein gelöschtes Badge bleibt 30 Tage erhalten, mit seinen Ansprüchen und allem, was es früher sagte.',
  list: 'Gelöschte Badges, das letzte zuerst',
  line: 'Gelöscht {when} · noch {days, plural, one {# Tag} other {# Tage}}',
  choose: '{name} wählen',
  chooseAll: 'Alle gezeigten wählen',
  unnamed: 'Ohne Namen',
  empty: 'In den letzten 30 Tagen wurde nichts gelöscht.',
  more: '{count, plural, one {# weiteres zeigen} other {# weitere zeigen}}',
  bringBack: '{count, plural, =0 {Zurückholen} one {# Badge zurückholen} other {# Badges zurückholen}}',
  remove:
    '{count, plural, =0 {Endgültig entfernen …} one {# Badge endgültig entfernen …} other {# Badges endgültig entfernen …}}',
  emptyAll: 'Papierkorb leeren …',
  removeTitle: '{count, plural, one {# Badge endgültig entfernen?} other {# Badges endgültig entfernen?}}',
  removeText:
    '{count, plural, one {Nichts bringt es zurück, außer einer früheren Sicherung.} other {Nichts bringt sie zurück, außer einer früheren Sicherung.}} Badges in der Liste bleiben, wie sie sind.',
  removeConfirm: 'Endgültig entfernen',
  removed: '{count, plural, one {# Badge wurde} other {# Badges wurden}} endgültig entfernt.',
};
