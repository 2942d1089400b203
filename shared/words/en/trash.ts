/** The trash: deleted drafts, brought back or removed for good. */
export const trash = {
  title: 'Deleted badges',
  open: 'Deleted badges…',
  openCount: 'Deleted badges ({count, number})…',
  keywords: 'trash bin restore undelete bring back recover empty',
  about: 'A deleted badge is kept for 30 days, with its claims and everything it said before.',
  list: 'Deleted badges, the last one first',
  line: 'Deleted {when} · {days, plural, one {# day} other {# days}} left',
  choose: 'Choose {name}',
  chooseAll: 'Choose all shown',
  unnamed: 'Without a name',
  empty: 'Nothing was deleted in the last 30 days.',
  more: '{count, plural, one {Show # more} other {Show # more}}',
  bringBack: '{count, plural, =0 {Bring back} one {Bring back # badge} other {Bring back # badges}}',
  remove: '{count, plural, =0 {Remove for good…} one {Remove # badge for good…} other {Remove # badges for good…}}',
  emptyAll: 'Empty the trash…',
  removeTitle: '{count, plural, one {Remove # badge for good?} other {Remove # badges for good?}}',
  removeText:
    '{count, plural, one {Nothing brings it back, except a backup made before.} other {Nothing brings them back, except a backup made before.}} Badges in the list are not touched.',
  removeConfirm: 'Remove for good',
  removed: '{count, plural, one {# badge was} other {# badges were}} removed for good.',
} as const;
