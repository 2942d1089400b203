/** Files that Laurel is asked to open: by its command line, the system, or the menu. */
export const opening = {
  missing: '{file} is not in {folder}. Nothing was opened.',
  recentGone: '{file} is not there any more. It was taken off the recent files.',
  folder: '{file} is a folder. Laurel opens files called *.badge.json or *.scenario.json. Nothing was opened.',
  unknown:
    '{file} was not opened: Laurel opens files called *.badge.json or *.scenario.json. A badge of another name can be imported on Badges, a scenario opened on Simulate.',
  unreadable: '{file} cannot be read: {reason}. Nothing was opened.',
  noText: '{file} is neither UTF-8 nor UTF-16 text: save it as UTF-8. Nothing was opened.',
  moreRefused: '{count, plural, one {# more file was} other {# more files were}} not opened: {files}',
  oneScenario: 'Simulate holds one scenario at a time: {opened} is open. Not opened: {files}',
  dialogFirst: 'A file waits to be opened. Close the dialog first.',
  recent: 'Open Recent',
  clearRecent: 'Clear Recent Files',
} as const;
