/** Audit packs of live jobs and pushes: what was done, by whom, and with which answers. */
export const audit = {
  pack: 'Audit pack …',
  packPushName: 'audit push to {org}.zip',
  packPushNote:
    'Who, when, which plan, the badges as they were, and every request with its answer. laurel verify finds a changed byte.',
  noPush: 'There is no such push in this workspace. No pack was written.',
  pushGivenUp:
    'The requests of this push are no longer kept: how long activity stays is set in Settings. No pack was written.',
  packName: 'audit {badge} in {org}.zip',
  packNote:
    'Who, when, which file, the badge as it was, every request with its answer, and each customer with the request that served them. laurel verify finds a changed byte.',
  settingsHeading: 'Audit packs',
  settingsLead:
    'The packs of live jobs and pushes name who started them: your account on this computer, and this name.',
  name: 'Your name',
  nameHint: 'For example “Ada Example, Loyalty team”. It counts for jobs and pushes that are started from now on.',
  nameSave: 'Save',
  nameSaved: 'Jobs and pushes that are started from now on name {name}.',
  nameEmpty: 'Jobs and pushes that are started from now on name your account only.',
  packed: 'The audit pack was written to {name}.',
  notPacked: 'The audit pack could not be written: {reason}. Nothing was left behind.',
  stopped: 'Cancelled. The audit pack was not verified to the end.',
  reading: 'The customers of this job are being read. Wait until its first request was sent, and pack it then.',
  tooLarge:
    'One zip cannot hold this audit pack. No file was written. Pack it into a folder, which laurel audit does on the command line.',
  changed: 'its bytes are not what the manifest says',
  missing: 'it is missing',
  unexpected: 'it is one too many: the manifest does not name it',
  link: 'it is no file of its own, but a link, a folder or a device',
  noManifest: 'it cannot be read as a manifest of an audit pack, or is not as Laurel wrote it',
  noArchive: 'the archive is damaged, or is none that Laurel wrote',
  archiveBytes: 'the bytes of the archive around its files are not what Laurel wrote',
  tooLong: 'it is longer than any manifest of an audit pack',
  unreadable: 'it cannot be read ({reason})',
} as const;
