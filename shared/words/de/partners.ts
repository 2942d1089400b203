import type { Catalogue } from '../message';

export const partners: Catalogue['partners'] = {
  save: 'Als Datei speichern …',
  take: 'Aus einer Datei übernehmen …',
  fileName: '{from} nach {to}.partners.json',
  files: 'Entsprechungen',
  chooseTitle: 'Tabelle mit Entsprechungen wählen',
  chooseButton: 'Übernehmen',
  saved:
    '{count, plural, =0 {Eine Tabelle ohne Entsprechungen ist} one {Eine Entsprechung ist} other {# Entsprechungen sind}} in {name}. laurel diff und laurel plan verwenden sie, wo sie im Ordner mit den Badges liegt.',
  taken:
    '{count, plural, =0 {Nichts wurde neu genannt} one {Eine ID wurde neu genannt} other {# IDs wurden neu genannt}}, von {name}; {same, number} standen hier schon.',
  takenMore:
    '{count, plural, =0 {Nichts wurde neu genannt} one {Eine ID wurde neu genannt} other {# IDs wurden neu genannt}}, von {name}; {same, number} standen hier schon. {rest, number}, die hier stehen, sind nicht in der Datei; sie blieben.',
  takenOwn:
    '{own, plural, =0 {Kein Badge ist} one {Ein Badge ist} other {# Badges sind}} neu vermerkt als mit den IDs von {org}.{unknown, plural, =0 {} one { Ein Name, von dem die Datei das sagt, passt auf kein Badge hier oder auf mehrere.} other { # Namen, von denen die Datei das sagt, passen auf kein Badge hier oder auf mehrere.}}',
  noConnection:
    '{file} handelt von Badges aus {from} ({address}), und keine Verbindung hier führt dorthin. Nichts wurde geändert.',
  notJson: '{file} ist kein JSON: {mistake}. Nichts wurde getan.',
  unlike:
    '{file} ist keine Datei mit Entsprechungen: {place} ist nicht so, wie laurel/partners@1 es hat. Nichts wurde getan.',
  unreadable: '{file} lässt sich nicht lesen: {reason}. Nichts wurde getan.',
  twice:
    '{file} nennt {what} von {org} zweimal: Von jeder Art hat eine ID eine Entsprechung und ist die Entsprechung von einer. Nichts wurde getan.',
  oneOrg: '{file} führt von einer Organisation zu ihr selbst. Nichts wurde getan.',
  sameTarget:
    '{one} und {other} sagen beide, wie Dinge in {org} heißen. Lassen Sie nur eine davon stehen, oder nennen Sie eine mit --partners.',
  severalHomes:
    '{one} sagt, dass die Badges die IDs von {org} haben, {other}, dass sie die von {otherOrg} haben. Nennen Sie eine mit --partners.',
  ownTwice:
    '{one} und {other} sagen beide, dass „{name}“ die IDs ihrer Organisation hat. Lassen Sie es nur in einer stehen.',
  keyTwice:
    '{file} hat „{key}“ an einer Stelle zweimal, wie nach einem Zusammenführen von Hand. Lassen Sie es einmal stehen, mit dem, was beide sagen. Nichts wurde getan.',
  ownNowhere:
    '{file} sagt, dass „{name}“ die IDs von {org} hat, und kein Badge heißt so, weder neben der Datei noch im Ordner. Heißt es jetzt anders, schreiben Sie das unter „own“; gibt es das Badge nicht mehr, nehmen Sie es dort heraus. Nichts wurde getan.',
  otherOrg: '{file} handelt von {from} und {to}, und die Organisation hat die Adresse {address}. Nichts wurde getan.',
  advice:
    'Sagen Sie, wie {what} von {home} in {org} heißt: in einer *.partners.json des Ordners oder in einer Datei, die --partners nennt.',
  homeMoved: '„{name}“ hatte die IDs von {org}, als der Plan gemacht wurde, und hat jetzt die von {now}',
  moved: '{what} von {home} war {before} in {org}, als der Plan gemacht wurde, und ist jetzt {now}',
  gone: '{what} von {home} war {before} in {org}, als der Plan gemacht wurde, und niemand sagt mehr, was es dort ist',
};
