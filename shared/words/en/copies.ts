/** Badges of a scenario as copies of the library's. */
export const copies = {
  limits: 'Turn or add limits',
  limitsOf: 'Limits of “{badge}”',
  unlimited: 'No limits.',
  limitsUnread: 'Limits with a mistake, which keeps them from being read.',
  unreadable: 'The badge here or the one in the library has a mistake that keeps it from being read. Mend that first.',
  differsHere: 'Turned here: {fields, plural, one {# field} other {# fields}} not as in the library.',
  changedThere:
    'The library’s badge was changed since it was copied: {fields, plural, one {# field differs} other {# fields differ}} here.',
  sameName:
    'The library has a badge of this name in which {fields, plural, one {# field is} other {# fields are}} different.',
  notCompared: 'Whether it is as in the library cannot be told while one of the two has a mistake.',
  update: 'Update from library',
  takeBack: 'As in the library',
  keep: 'Keep',
  use: 'Use in the badge',
  useTooltip: 'Bring what is different here into the library’s draft, as one step that can be undone',
  showDifference: 'Show difference',
  hideDifference: 'Hide difference',
  differences: 'Differences of “{name}” from the library',
  inLibrary: 'Library',
  here: 'Here',
  refused: 'Stays in the library as it is. {org} would refuse it: {said} ({code}). {advice}',
  nothingToUse: 'A live org would refuse all of it, so there is nothing to bring into the badge.',
  openBadge: 'Open “{name}” in Badges',
  used: '{name}: {fields} taken into the draft of the library.',
  usedWithProblems:
    '{name}: {fields} taken into the draft of the library, which has {problems, plural, one {# problem} other {# problems}} now.',
  usedButLeft:
    '{name}: {fields} taken into the draft of the library. Left as it was there, because {org} would refuse it: {left}.',
  fields: '{first}, {rest}',
  updated: '“{name}” is here as in the library.',
  customersKept: 'with the customers of the scenario before',
  customersLastRun: 'with the customers of the last run',
  customersExample: 'with 10,000 customers as an example',
  exampleCustomers:
    'An example, because nobody said yet who the customers are: describe them here, or drop last year’s transactions.',
} as const;
