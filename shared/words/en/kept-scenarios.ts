/** Scenarios that a workspace keeps. */
export const keptScenarios = {
  title: 'Scenarios of this workspace',
  manage: 'Scenarios of this workspace…',
  keywords: 'kept open saved file folder team',
  about:
    'A scenario is kept here with its policies. With a workspace folder each is a file there, for git and everybody who shares it.',
  none: 'None is kept yet. File › Keep in this workspace keeps the one in the editor.',
  keep: 'Keep in this workspace',
  keepKeywords: 'save store share folder',
  kept: '{name} is kept in this workspace.',
  keptMoved:
    '{name} is kept in this workspace, and still takes {count, plural, one {its badge} other {its badges}} from {files}, which changed since it was opened here. The editor has what was there before; open the scenario again to see what is there now.',
  isKept: 'Kept in this workspace as {file}',
  otherwise: 'It was changed elsewhere since it was opened here.',
  openOther: 'Open what is there now',
  open: 'Open',
  openNamed: 'Open {name}',
  remove: 'Take {name} away',
  removed: '{name} is no longer kept.',
  policies: '{count, plural, =0 {no policy} one {# policy} other {# policies}}',
  changedTitle: 'It was changed elsewhere',
  changedMessage:
    'What is kept as {file} is not what was opened here: a pull, another program or another window changed it. What is in the editor stays as it is.',
  replace: 'Keep mine in its place',
  asNew: 'Keep mine beside it',
  moved: 'The scenario was changed elsewhere since it was opened. Nothing was written.',
  gone: 'This scenario is not kept here any more.',
  noFolder: 'there is no workspace folder in which it could lie',
  tooMany: 'A workspace keeps {most, number} scenarios. Take some away first.',
} as const;
