export const explanations = {
  hadAndNext: '{had} {next}',
  customerHad:
    'The customer had {count, plural, one {# award} other {# awards}} counting at {at}, and {allowed} ({type}).',
  customerHadInCycle:
    'The customer had {count, plural, one {# award} other {# awards}} counting at {at} in the cycle from {from} to {to}, and {allowed} ({type}).',
  customerHadInWindow:
    'The customer had {count, plural, one {# award} other {# awards}} counting at {at} in the window from {from} to {to}, and {allowed} ({type}).',
  badgeHad: 'The badge had {count, plural, one {# award} other {# awards}} counting at {at}, and {allowed} ({type}).',
  badgeHadInCycle:
    'The badge had {count, plural, one {# award} other {# awards}} counting at {at} in the cycle from {from} to {to}, and {allowed} ({type}).',
  badgeHadInWindow:
    'The badge had {count, plural, one {# award} other {# awards}} counting at {at} in the window from {from} to {to}, and {allowed} ({type}).',
  isAllowed: '{limit} is allowed',
  areAllowed: '{limit} are allowed',
  frees: 'The next place frees on {at}, if nothing else is awarded meanwhile.',
  faulty: '{label}. {place}; all other rows were judged without it.',
  faultySays: '{label}, and it says “{line}”. {place}; all other rows were judged without it.',
  rowOfRequest: 'It is row {row, number} of the request, header and blank lines not counted',
  lineOfText: 'It is line {line, number} of the text, header and blank lines counted',
  enrolled: 'Enrolled from {from} until {until}; no earlier enrolment of the customer stood in the way.',
  awarded: 'Got the badge for {from} and holds it until {until}; no limit stood in the way.',
  gotAndRevoked: '{got} It was revoked on {on}.',
  neverEnrolled:
    'The customer had never been enrolled in this badge, and an award needs an enrolment that covers {when}.',
  noneCovered:
    '{count, plural, one {The customer’s only enrolment} other {The latest of the customer’s # enrolments}} ran from {from} to {to}; none covered {when}, for which the award was asked.',
  noneCoveredRevoked:
    '{count, plural, one {The customer’s only enrolment} other {The latest of the customer’s # enrolments}} ran from {from} to {to} and was revoked on {on}; none covered {when}, for which the award was asked.',
  holdsEarlier: 'The customer still holds an earlier award of this badge.',
  holdsUntil:
    'The customer holds this badge until {until} already, and this workspace refuses an award while an earlier one lasts.',
  namedInRow: 'The customer is named before in row {row, number} in the same request; only the first row counts.',
  namedBefore: 'The customer is named before in the same request; only the first row counts.',
  overlaps: 'The customer is enrolled from {from} to {to}, and a second enrolment may not overlap with that.',
  neverFrees: 'The badge ends before that or with it, so it never frees.',
  repeatedInRow:
    'The customer is named before in row {row, number} in the same request. Only the first row counts, so that a doubled line never awards twice.',
  repeated:
    'The customer is named before in the same request. Only the first row counts, so that a doubled line never awards twice.',
} as const;
