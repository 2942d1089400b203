/** Exporting a workspace as plain files, and importing it. */
export const portable = {
  heading: 'Everything as plain files',
  lead: 'The whole workspace in one archive: badges, claims, scenarios and results as JSON, requests with each outcome and the ledger as CSV. Without credentials. It can be imported into an empty workspace.',
  export: 'Export everything …',
  exporting: 'Exporting: {done, number} of {total, number} rows',
  exported: 'Exported: {files, plural, one {# file} other {# files}} in {name}.',
  import: 'Import …',
  importing: 'Importing: {done, number} of {total, number} rows',
  importTitle: 'Choose an export of Laurel',
  importButton: 'Import',
  importFiles: 'Exports',
  imported: 'The export was imported. The state from before is in the list of backups.',
  importCancelled: 'Cancelled. Nothing was imported.',
  notEmpty:
    'There is something in this workspace already, which an import would replace. Nothing was imported. Import into an empty workspace.',
  folderTaken: '{name} is there already and not empty. Nothing was written. Name a new folder.',
  tooLargeForZip:
    'One zip cannot hold so much. No file was written. Export into a folder: laurel export --workspace FILE --out FOLDER.',
  notExported: 'The workspace could not be exported: {reason}. Nothing was left behind.',
  notImported: 'The export could not be imported: {reason}. The workspace is as it was.',
  noExport: 'That is no export of Laurel, or its manifest is damaged. Nothing was imported.',
  noZip: 'That is no zip that Laurel wrote, or its end is missing. Nothing was imported.',
  newer: 'Laurel {version} made that export, and this one is older. Nothing was imported. Update Laurel first.',
  missing: '{name} is missing from the export. Nothing was imported. Take the whole export.',
  changed:
    '{name} was changed since it was exported. Nothing was imported. Take the export as it was; single badges and scenarios can be opened as files.',
  unreadable: 'The export cannot be read: {what}. Nothing was imported.',
} as const;
