/** Folders and files of the page whose texts are not in the catalogue yet. */
export const NOT_YET: readonly string[] = [];

/** Texts that look like words for people and are none: names of formats, of the product, of the gateway's fields. By file. */
export const EXEMPT: Readonly<Record<string, readonly string[]>> = {
  // The id of a running job.
  'renderer/features/issue/screen.svelte.ts': ['issue …'],
  // Names of headers and of the protocol, and the gateway's own messages.
  'renderer/features/sync/sync-commands.ts': ['sync.open.…'],
  'renderer/features/sync/practice/CallDetail.svelte': ['HTTP …', 'ms'],
  'renderer/features/sync/practice/curl-lines.ts': [
    'Content-Type: application/json',
    'Loyalty',
    'X-CAP-BADGES-MIGRATION: MIGRATION',
    'X-CAP-API-OAUTH-TOKEN: ACCESS_TOKEN',
  ],
  'renderer/features/sync/practice/switch-wording.ts': [
    'Only ISSUE_EARN type badge can be issued.',
    'Badge is not live.',
    'Event date is not in duration of badge meta.',
    'Only active badge can be issued.',
  ],
  // What is read, in English as in the days before there were other languages.
  'renderer/lib/date-text.ts': ['^(\\d+|[a-z]+) … (?:from now|later|ahead)$'],
  'renderer/lib/german-dates.ts': ['… … ago', 'next …'],
  // Fields of the gateway and its own message.
  'renderer/limits/LimitFields.svelte': ['Days', 'Weeks', 'Months', 'rollFor…', 'maxEarnFor…'],
  'renderer/features/badges/editor.svelte.ts': ['JSON parse error'],
  // Looks, the name of a place in the browser's store, and the frame of a file.
  'renderer/components/SplitPane.svelte': ['laurel.pane.…'],
  'renderer/components/charts/chart-export.ts': [
    '<?xml version="1.0" encoding="UTF-8"?> … ',
    'data:image/svg+xml;charset=utf-8,…',
  ],
  'renderer/components/json-look.ts': [
    'color-mix(in oklch, var(--text) 4%, transparent)',
    'color-mix(in oklch, var(--accent) 24%, transparent)',
    '1px solid var(--accent-line)',
    'underline wavy var(--error)',
    '3px solid var(--error)',
  ],
  // The name of the product.
  'renderer/shell/Sidebar.svelte': ['Laurel'],
  // Named the same everywhere.
  'renderer/lib/format.ts': ['… UTC'],
  // A place in the scenario's JSON, and the id of a job.
  'renderer/features/simulate/SegmentEditor.svelte': ['customers.segments[…]'],
  'renderer/features/simulate/screen.svelte.ts': ['simulate …'],
};
