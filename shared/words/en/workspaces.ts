/** Workspaces as files: made, opened, moved. */
export const workspaces = {
  menuNew: 'New Workspace…',
  menuOpen: 'Open Workspace…',
  menuMove: 'Move Workspace…',
  recent: 'Recent Workspaces',
  clearRecent: 'Clear Recent Workspaces',
  newWorkspace: 'New workspace…',
  openWorkspace: 'Open a workspace…',
  moveWorkspace: 'Move this workspace…',
  keywords: 'file folder store database second window',
  newTitle: 'Where is the new workspace to lie?',
  newButton: 'Make it',
  newName: 'Badges.laurel',
  openTitle: 'Open a workspace',
  openButton: 'Open',
  moveTitle: 'Where is this workspace to lie?',
  moveButton: 'Move it',
  files: 'Laurel workspaces',
  placeTaken:
    'There is something called {name} in that folder already. Nothing was changed: choose another name or folder.',
  notMoved: '{name} was not moved: {reason}. It is where it was, with all that is in it.',
  changedMeanwhile:
    '{name} was not moved: another program changed it while it was copied. It is where it was, with all that is in it, that change too. Close what works with it, then move it again.',
  leftBehind:
    'The workspace was moved. What could not be removed from {folder} are copies, which you can delete: {files}',
  moveUndone:
    '{name} was not moved to {folder}: Laurel ended meanwhile. It is where it was, with all that is in it. What had been copied was removed.',
  moveFinished:
    '{name} was moved to {folder}. Laurel ended before everything was removed from the old place. That is done now.',
  moveUnclear:
    'Laurel ended while it moved a workspace, and since then one of the two places was changed. {kept} is used. {other} was left as it is: look into it before you delete it.',
  movePieces:
    'Laurel ended while it moved a workspace. {kept} is whole and is used. What could not be removed from {folder} are copies, which you can delete: {files}',
  named: 'Workspace {name}',
  group: 'Workspace',
  firstTitle: 'Welcome to Laurel',
  step: 'Step {step, number} of {steps, number}',
  next: 'Next',
  back: 'Back',
  skip: 'Skip',
  begin: 'Begin',
  languageTitle: 'Which language?',
  languageText: 'Laurel speaks both everywhere. Settings changes it at any time.',
  zoneTitle: 'In which time zone does your programme live?',
  zoneText:
    'A day of a limit begins at midnight there, and every time is shown in it. It should be the zone of your org.',
  zoneFound: 'This computer is in {zone}. Where this step is skipped, the workspace is, too.',
  zoneKept: 'This computer is in {zone}. Where this step is skipped, the workspace stays in {kept}.',
  newZoneHere: 'This workspace counts days in {zone}, the time zone of this computer. Settings changes it.',
  newZoneLike:
    'This workspace counts days in {zone}, the time zone of the workspace that was in front. Settings changes it.',
  placeTitle: 'Where is your work to lie?',
  placeText:
    'All badges, requests and scenarios are kept in one workspace on this computer. Nothing of it is sent anywhere.',
  placeUsual: 'Laurel has a folder of its own for it. That is right for most people.',
  placeOther: 'Choose another place…',
  placeOpen: 'Open one that I have…',
} as const;
