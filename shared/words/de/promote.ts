import type { Catalogue } from '../message';

export const promote: Catalogue['promote'] = {
  couponSeries: 'Gutscheinserie {id}',
  program: 'Programm {id}',
  promotion: 'Aktion {id}',
  allocationStrategy: 'Zuteilungsstrategie {id}',
  expirationStrategy: 'Verfallsstrategie {id}',
  till: 'Kasse {id}',
  claim: 'Anspruch {id} von {owner}',
  held: '{count, plural, one {Seine ID ist eine von {home}, und niemand hat gesagt, wie sie in {org} heißt} other {# seiner IDs sind solche von {home}, und niemand hat gesagt, wie sie in {org} heißen}}: {what}. Bis das gesagt ist, wird von dem Badge nichts gesendet.',
  heldSeveral:
    'Es ist in mehreren Organisationen, und niemand hat gesagt, von welcher seine IDs sind. Wählen Sie unter „Überführen …“, woher {org} Badges nimmt.',
  takenUntold:
    '{org} hat dort IDs, die niemand für {home} genannt hat: {what}. Sagen Sie unter „Überführen …“, wie sie in {home} heißen; nichts wurde geändert.',
  noId: '{what} kann nicht sein: Eine ID ist eine ganze Zahl, und der Verweis eines Anspruchs hat keine Leerzeichen außen. Nichts wurde geändert.',
  twice: '{org} hat {what} einmal: Zwei IDs können dort nicht dasselbe sein. Nichts wurde geändert.',
  sameOrg: 'Badges können nicht aus {org} nach {org} kommen. Nichts wurde geändert.',
  changedSince:
    'Wie Dinge in {org} heißen, wurde nach dem Plan geändert. Nichts wurde gesendet; planen Sie noch einmal.',
};
