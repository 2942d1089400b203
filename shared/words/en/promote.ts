export const promote = {
  couponSeries: 'coupon series {id}',
  program: 'program {id}',
  promotion: 'promotion {id}',
  allocationStrategy: 'allocation strategy {id}',
  expirationStrategy: 'expiry strategy {id}',
  till: 'till {id}',
  claim: 'claim {id} of {owner}',
  held: '{count, plural, one {Its id is one of {home}, and nobody has said what {org} calls it} other {# of its ids are those of {home}, and nobody has said what {org} calls them}}: {what}. Nothing of the badge is sent until that is said.',
  heldSeveral:
    'It is in several orgs, and nobody has said of which of them its ids are. Choose under Promote… where {org} takes badges from.',
  takenUntold:
    '{org} has ids there that nobody has told for {home}: {what}. Say under Promote… what {home} calls them; nothing was changed.',
  noId: '{what} cannot be: an id is a whole number, and the reference of a claim has no spaces around it. Nothing was changed.',
  twice: '{org} has {what} once: two ids cannot be the same thing there. Nothing was changed.',
  sameOrg: 'Badges cannot come to {org} from {org}. Nothing was changed.',
  changedSince: 'What things are called in {org} was changed after the plan was made. Nothing was sent; plan again.',
} as const;
