import type { Catalogue } from '../message';

export const promote: Catalogue['promote'] = {
  open: 'Überführen …',
  title: 'Badges nach {org} überführen',
  close: 'Überführen schließen',
  paneLabel: 'Wie in {org} heißt, was Badges aus anderen Organisationen mitbringen',
  note: 'Ein Badge nennt Kassen, Programme, Strategien, Gutscheinserien und Ansprüche mit IDs, die nur in einer Organisation gelten. Sagen Sie einmal, wie sie in {org} heißen: Das bleibt in diesem Arbeitsbereich und gilt, wann immer ein solches Badge mit {org} verglichen oder übertragen wird. Nichts geht mit einer ID hinaus, die niemand genannt hat.',
  groupsNote: 'Gruppen und eigene Felder werden am Namen erkannt; siehe „Gruppen und eigene Felder“.',
  from: 'Badges kommen aus',
  noSource: 'Es gibt keine andere Organisation, aus der Badges kommen könnten. Legen Sie zuerst ihre Verbindung an.',
  noBadges:
    'Kein Badge hier kam aus {home}. Rufen Sie {home} ab und machen Sie Entwürfe, oder übertragen Sie zuerst dorthin.',
  noReferences:
    '{count, plural, one {Das eine Badge, das aus {home} kam, nennt} other {Die # Badges, die aus {home} kamen, nennen}} nichts mit einer ID dieser Organisation.',
  untold: '{count, plural, =0 {Alle sind genannt.} one {# ist noch nicht genannt.} other {# sind noch nicht genannt.}}',
  onlyUntold: 'Nur die, die nicht genannt sind',
  there: '{what} ist in {org}',
  inBadges: 'bei {names}',
  more: '{names} und {count, plural, one {# weiteren} other {# weiteren}}',
  idThere: 'ID in {org}',
  same: 'Dieselbe',
  clear: 'Leeren',
  sameLabel: '{what} ist dieselbe in {org}',
  allSame: 'In beiden dieselbe, für {count, plural, one {die eine leere} other {alle # leeren}}',
  save: 'Speichern',
  saveAgain: 'Speichern und neu planen',
  nothingChanged: 'Nichts wurde geändert.',
  fillFirst: 'Tragen Sie zuerst eine ID ein.',
  stop: 'Keine mehr aus {home} nehmen',
  choose: 'Badges aus {home} nehmen',
  chooseNote:
    'Ein Badge könnte aus mehreren Organisationen kommen. Ist eine gewählt, haben Badges, die in mehreren sind, deren IDs.',
  notUsedNote: 'Aus {home} wird noch nichts genommen: Badges, die dort sind, gehen nach {org}, wie sie sind.',
  apartNote:
    'Aus {home} wird noch nichts genommen: Badges, die dort sind, werden für {org} zurückgehalten, bis ihre IDs hier genannt sind.',
  unnamed: 'kein Badge hier nennt es mehr',
  clearUnnamed:
    '{count, plural, one {Die eine leeren, die kein Badge nennt} other {Alle # leeren, die kein Badge nennt}}',
  stopTitle: 'Keine Badges mehr aus {home} nehmen?',
  stopMessage:
    '{count, plural, =0 {Keine ID war genannt.} one {Die eine genannte ID wird vergessen.} other {Alle # genannten IDs werden vergessen.}} Speichern Sie sie vorher als Datei, um sie zu behalten. Badges mit IDs von {home} werden zurückgehalten, bis diese wieder genannt oder ersetzt sind.',
  stopConfirm: 'Vergessen',
  unsaid:
    '{count, plural, one {Niemand hat gesagt, von welcher Organisation die IDs in {name} sind: Es kam als Datei oder wurde hier geschrieben.} other {Niemand hat gesagt, von welcher Organisation die IDs in # Badges sind, zuerst {name}: Sie kamen als Dateien oder wurden hier geschrieben.}} Sie gehen so an {org}, wie sie dastehen.',
  unsaidOf: '{count, plural, one {Seine IDs sind die von} other {Ihre IDs sind die von}}',
  idsOf: 'Seine IDs sind die von',
  idsUnsaid: 'Niemand kann es sagen',
  idsNote:
    'Kassen, Programme, Strategien, Gutscheinserien und Ansprüche des Entwurfs gelten als Dinge dieser Organisation und werden zu denen anderer durch das, was genannt wurde.',
  untoldThere: 'Wie in {home} heißt, was {org} dort hat',
  untoldThereNote: 'Ist das genannt, lässt sich die Seite von {org} übernehmen.',
  missingTitle: 'Wie in {org} heißt, was diese Badges aus {home} mitbringen',
  couponSeries: 'Gutscheinserie {id}',
  program: 'Programm {id}',
  promotion: 'Aktion {id}',
  allocationStrategy: 'Zuteilungsstrategie {id}',
  expirationStrategy: 'Verfallsstrategie {id}',
  till: 'Kasse {id}',
  claim: 'Anspruch {id} von {owner}',
  held: '{count, plural, one {Seine ID ist eine von {home}, und niemand hat gesagt, wie sie in {org} heißt} other {# seiner IDs sind solche von {home}, und niemand hat gesagt, wie sie in {org} heißen}}: {what}. Bis das gesagt ist, wird von dem Badge nichts gesendet.',
  heldSeveral:
    'Es ist in mehreren Organisationen, und niemand hat gesagt, von welcher seine IDs sind. Wählen Sie unter „Überführen …“, woher {org} Badges nimmt, oder im Vergleich, wessen seine IDs sind.',
  heldStray:
    '{count, plural, one {Eine seiner IDs kam aus einer Organisation, aus der {org} keine Badges mehr übernimmt} other {# seiner IDs kamen aus einer Organisation, aus der {org} keine Badges mehr übernimmt}}: {what}. Setzen Sie im Badge ein, was {org} dafür hat; bis dahin wird nichts von ihm gesendet.',
  takenUntold:
    '{org} hat dort IDs, die niemand für {home} genannt hat: {what}. Sagen Sie unten im Vergleich, wie sie in {home} heißen; nichts wurde geändert.',
  noId: '{what} kann nicht sein: Eine ID ist eine ganze Zahl, und der Verweis eines Anspruchs hat keine Leerzeichen außen. Nichts wurde geändert.',
  twice: '{org} hat {what} einmal: Zwei IDs können dort nicht dasselbe sein. Nichts wurde geändert.',
  sameOrg: 'Badges können nicht aus {org} nach {org} kommen. Nichts wurde geändert.',
  changedSince:
    'Wie Dinge in {org} heißen, wurde nach dem Plan geändert. Nichts wurde gesendet; planen Sie noch einmal.',
};
