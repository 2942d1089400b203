/** Learning which way an org answers the points that the documents leave open, and whose way is used here. */
export const orgRules = {
  production:
    '{org} is in production, and badges that were made there stay for ever. Nothing was sent. Learn from a test org of the same cluster instead.',
  nothingLearned: 'Nothing was learned of {org} yet. Nothing was changed.',

  tab: 'Rules',
  introTitle: 'Learn the rules of {org}',
  introText:
    'The published documents leave {count, plural, one {# point} other {# points}} open, and Laurel reads each in the way it holds to be likely. Some two dozen calls tell which way {org} answers. They make two badges, called Laurel probe …, award customers from 900000001 on, and switch the badges off at the end: nothing can be deleted from an org.',
  productionTitle: '{org} is never asked',
  show: 'Show what would be sent',
  planTitle: '{count, plural, one {# call would be sent} other {# calls would be sent}}',
  planText:
    "Nothing was sent yet. Ids that {org} gives stand as '{badge 1}'. Where it answers otherwise than expected some calls more are sent, and the times of the imported awards are those of that moment.",
  learn: 'Learn',
  typeName: 'Type {org} to send these calls there',
  typeFirst: 'Type the name of the org first.',
  learning: 'Learning the rules of {org}',
  sent: '{sent, number} of {planned, number} calls sent',
  cancelled:
    'Cancelled. Nothing was learned. The badges that were made, called Laurel probe …, were switched off as far as {org} still answered; their calls stand in Activity.',
  learnedTitle: 'How {org} answers',
  learnedOn: 'Learned on {date} by {count, plural, one {# call} other {# calls}}.',
  allKnown: 'Every point is known.',
  someKnown:
    '{known, number} of {all, number} points are known; the others could not be decided, and nothing is guessed.',
  allDocumented: 'What is known is as Laurel reads the documents.',
  otherwise:
    '{count, plural, one {# point is answered otherwise than Laurel reads the documents} other {# points are answered otherwise than Laurel reads the documents}}.',
  again: 'Learn again',
  colPoint: 'Point the documents leave open',
  colAnswer: 'The org',
  colCompared: 'Laurel’s reading',
  colCalls: 'Told by',
  same: 'the same',
  other: 'otherwise: {value}',
  undecided: 'not decided',
  openCall: 'Show call {call}',
  callsTitle: 'Calls, in order',
  answer: 'Answer',
  request: 'Request',
  notDone: 'not carried out, sent again',
  lost: 'no answer that can be read',
  status: 'answered {status}',
  badgesOff:
    '{count, plural, one {The badge that was made is} other {The # badges that were made are}} switched off: {names}.',
  badgesOn:
    '{count, plural, one {A badge that was made could not be switched off} other {# badges that were made could not be switched off}}: {names}. Do that in {org} by hand.',
  turnPractice: 'Set the practice org so',
  useHere: 'Use these rules here',
  nothingKnown: 'No point is known.',
  turned: 'The practice org now answers like {org}: {rules}.',
  turnedDocumented: 'The practice org now answers like {org}, which is as Laurel reads the documents.',
  usedNow: 'Issue and Simulate now judge by the rules of {org}: {rules}. Settings leads back to the documents.',
  usedDocumented: 'Issue and Simulate now judge by the rules of {org}, which are as Laurel reads the documents.',
  rule: '{rule}: {value}',
  andBetween: '{one}; {other}',
  yes: 'yes',
  no: 'no',
  raw: '{text}',

  settingsTitle: 'Whose rules are used here',
  settingsDocumented:
    'Issue and Simulate judge as Laurel reads the documents. An org’s own rules are learned on its page in Sync, under Rules.',
  settingsFrom: 'Issue and Simulate judge by the rules of {org}, learned on {date}.',
  settingsFromPartly:
    'Issue and Simulate judge by the rules of {org}, learned on {date}, and by what was set by hand since.',
  settingsByHand: 'Issue and Simulate judge by rules that were set by hand.',
  settingsSame: 'They are as Laurel reads the documents.',
  byHand: 'by hand',
  back: 'Back to the documents',
  backDone: 'Issue and Simulate judge as Laurel reads the documents again.',

  judgedFrom: 'Judged by the rules of {org}, learned on {date}: {rules}.',
  judgedPartly: 'Judged by the rules of {org}, learned on {date}, and by what was set by hand since: {rules}.',
  judgedByHand: 'Judged by rules that were set by hand: {rules}.',
  judgedTitle: 'Rules',
} as const;
