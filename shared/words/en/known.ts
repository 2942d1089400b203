/** How many runs it takes until a number is known. */
export const known = {
  noDifference: '“{measure}” is an instant, which has no difference where it never comes. Name a number.',
  noBadge: 'The scenario has no badge “{badge}”; its badges are {names}.',
  ofVersion: '{version}: {reason}',
  noSuch: '“{measure}” is no number of the badge: {names} are.',
  neverMean:
    '“{measure}” has no mean, however many runs are made: in some of them it never comes. Ask for p10, p50 or p90, of which such a run is later than every date.',
  title: 'How many runs',
  fixed: 'So many',
  untilKnown: 'Until it is known',
  measure: 'Until this is known',
  width: 'To within, %',
  widthHint: 'Width of the interval, as a share of the number.',
  most: 'At most',
  mostUnit: 'runs',
  summary: 'until {measure} is known to {width}, seed {seed}',
  footCustomers: '{customers, plural, one {# customer} other {# customers}}, until it is known',
  footFile: '{file}, until it is known',
  reached:
    '{measure} lies between {low} and {high}, with a certainty of {confidence}: known as well as was wanted after {runs, plural, one {# run} other {# runs}}.',
  missed:
    '{measure} lies between {low} and {high}, with a certainty of {confidence}: not as well known as was wanted, after {runs, plural, one {# run} other {# runs}}.',
  each: '{measure}: {low} in each of {runs, plural, one {# run} other {# runs}}. What comes less often than once in {often, plural, one {# run} other {# runs}} they may not show.',
  same: '{measure}: {low}, with a certainty of {confidence}, after {runs, plural, one {# run} other {# runs}}.',
  atLeast:
    '{measure} is at least {low}, with a certainty of {confidence}; so few runs as {runs, number} do not tell how high it may be.',
  atMost:
    '{measure} is at most {high}, with a certainty of {confidence}; so few runs as {runs, number} do not tell how low it may be.',
  nothing: '{measure} cannot be told with a certainty of {confidence} by so few runs as {runs, number}.',
} as const;
