/** States of the practice org: saved, restored, and filled from what was pulled. */
export const practiceStates = {
  noFile: 'there is no such file',
  unreadable: 'The state {name} cannot be read: {reason}. Nothing was changed.',
  notJson: '{name} is no state of a practice org: {mistake}. Nothing was changed.',
  noState: '{name} is no state of a practice org. Nothing was changed.',
  newer: 'A newer Laurel saved the state {name}. Nothing was changed. Update Laurel to use it.',
  newerOrg: 'A newer Laurel saved this state. Nothing was changed. Update Laurel to use it.',
  broken: 'The state {name} is broken at {place}. Nothing was changed. Save it anew, or use another copy of it.',
  unusable: 'The state “{name}” cannot be used: {what}. Nothing was changed.',
  otherColumns: 'its table {table} is not as Laurel writes it',
  noTable: 'its table {table} is missing',
  oddRow: 'row {row} of {table} is not as Laurel writes it',
  oddValue: '{column} in row {row} of {table} is not as Laurel writes it',
  oddBadge: 'the badge {badge} cannot be read',
  tooLarge:
    'The practice org holds {rows, number} rows, and a state has at most {most, number}. Nothing was saved. Let it keep its data in its own file instead.',
  restoring: 'Restoring the state',
  gone: 'That state is no longer there.',
  nameMissing: 'Give the state a name. Nothing was saved.',
  nameTaken: 'There is a state called “{name}” already. Nothing was saved. Choose another name.',
  otherPort:
    'Port {before} is taken by another program, so the practice org answers at {url} this time. Clients and connections that know the former address wait until it is free at a start.',
  ownPull: '“{name}” is this practice org itself. Nothing was changed. Choose another connection.',
  neverPulled: '“{name}” was never pulled. Nothing was changed. Pull it first.',
  groupsUnread: 'The names of groups could not be read: {reason} They are called by their ids.',
  groupCalled: 'Group {id}',
} as const;
