export const settings = {
  title: 'Settings',
  orgHeading: 'The org',
  orgLead:
    'How this workspace stands in for the live org. A change counts from the next request on; what was given stays as it is.',
  zone: 'Time zone',
  zoneHint: 'Windows of days, weeks and months start at midnight here, and every time is shown in it. Now it is {now}.',
  overlaps: 'Refuse an award while an earlier one is unexpired',
  overlapsHint:
    'Awarding many then answers 1040 for a customer who still holds this badge. Off: only the limits of the badge decide.',
  pastStart: 'Allow badges that start in the past',
  pastStartHint:
    'Off: a start in the past is refused with 722, unless the badge is marked as historical. The live gateway is documented to be strict.',
  savedZone: 'Saved: time zone {zone}.',
  savedOverlapsOn: 'Saved: overlapping awards are refused.',
  savedOverlapsOff: 'Saved: overlapping awards are allowed.',
  savedPastStartOn: 'Saved: past starts are allowed.',
  savedPastStartOff: 'Saved: past starts are refused.',
  lookHeading: 'Look',
  language: 'Language',
  languageHint: 'Of the window. Numbers and dates have a choice of their own.',
  locale: 'Numbers and dates',
  localeHint: 'How they are written, and how what you type is read: {number}, and 3/4 is {day}.',
  asSystem: 'As the system',
  asSystemNamed: 'As the system: {name}',
  dayMonth: '3 April',
  monthDay: 'March 4',
  yearMonthDay: 'asked for: 3 April or March 4',
  theme: 'Theme',
  light: 'Light',
  dark: 'Dark',
  noSuchZone:
    'There is no time zone called {timeZone}. The settings are as they were. Choose one such as Europe/Berlin or UTC.',
} as const;
