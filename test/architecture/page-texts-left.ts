/** Folders and files of the page whose texts are not in the catalogue yet. */
export const NOT_YET: readonly string[] = [
  'renderer/App.svelte',
  'renderer/components/',
  'renderer/customers/',
  'renderer/features/activity/',
  'renderer/features/badges/',
  'renderer/features/issue/',
  'renderer/features/simulate/',
  'renderer/features/sync/',
  'renderer/orgs/',
  'renderer/shell/',
];

/** Texts that look like words for people and are none: names of formats, of the product, of the gateway's fields. By file. */
export const EXEMPT: Readonly<Record<string, readonly string[]>> = {
  // What is read, in English as in the days before there were other languages.
  'renderer/lib/date-text.ts': ['^(\\d+|[a-z]+) … (?:from now|later|ahead)$'],
  // Named the same everywhere.
  'renderer/lib/format.ts': ['… UTC'],
};
