/** The files of a workspace: why one cannot be opened or written, and what a start has to tell about them. */
export const store = {
  noWorkspace: 'not a Laurel workspace',
  noOrgFile: 'not a Laurel org file',
  damaged:
    'The file {file} cannot be opened: {what}. Nothing in it was changed. Put back one of its backups, in its window or with “laurel backup list” and “laurel backup restore”; where there is none, put back a copy of your own.',
  damagedContent: 'its content is damaged',
  damagedContentAs: 'its content is damaged ({found})',
  endMissing: 'its end is missing',
  pending:
    '{file} was made by an earlier version of Laurel and has not been brought up to date. Nothing in it was changed. Open it once in Laurel, which saves a backup first, then try again.',
  foreign:
    'The file {file} cannot be opened: it is {kind}. Nothing in it was changed. Choose another file. If it was one and is damaged, put back one of its backups, in its window or with “laurel backup list” and “laurel backup restore”.',
  noFolder: 'The folder of {file} does not exist. Choose another place.',
  otherProgram: '{file} is a database, but {kind}. Nothing in it was changed. Choose another file.',
  unreadable: 'The file {file} cannot be read. Allow reading it, or choose another one.',
  linkCircle: '{file} is a link that leads back to itself. Choose the file it was meant for.',
  isFolder: '{file} cannot be read: it is a folder. Choose a file, or a name that is free.',
  noOrdinaryFile: '{file} cannot be read: it is no ordinary file. Choose a file, or a name that is free.',
  hardLink:
    '{file} has a second name in the file system (a hard link), under which it could be opened at the same time and be destroyed. Nothing was changed. Make a copy of it and what stands beside it, and open the copy.',
  replaced:
    '{file} was deleted, moved or replaced while it was open. What was done from then on is not kept in it. Put the file back where it was, then start again.',
  newer:
    '{file} was last opened by a newer Laurel (its format is {found}, this Laurel knows up to {known}). Nothing was changed. Update Laurel, or put back a backup from before the update, in its window or with “laurel backup list” and “laurel backup restore”.',
  dangling:
    'Updating {file} was stopped: {count, number} rows of {table} would have lost what they belong to. The file is as it was. Go on with the Laurel version you had before, and report this.',
  notCopied:
    'A copy of {file} could not be saved before its update, so the update was not begun and nothing was changed. {wayOut}',
  freeSpaceBeside: 'Free some space beside the file, or allow writing to its folder, and start again.',

  inUse:
    '{file} is in use by another program, which does not say what it is. Close other windows and commands of Laurel, and try again. Nothing was changed.',
  beingMoved: '{file} is just being moved to another place. Nothing was changed. Open it there once that has ended.',
  inUseElsewhere:
    '{file} is open in Laurel on the computer {computer}. Close it there and try again. Nothing was changed.',
  inUseByOrphan:
    '{file} is still held by a background process of Laurel whose window has ended (process {process}). It ends when what it was doing is done or taken back: try again in a moment, or end process {process}. Nothing was changed.',
  inUseByWindow:
    '{file} is already open in another Laurel window (process {process}). Go on there, or close it and try again. Nothing was changed.',
  inUseByCommand:
    '{file} is already open in another Laurel command (process {process}). Go on there, or close it and try again. Nothing was changed.',
  inUseByPractice:
    '{file} is already open in another practice org (process {process}). Go on there, or close it and try again. Nothing was changed.',

  failed: '{doing} failed and nothing was changed. {wayOut}',
  unconfirmed:
    '{doing} was at its end when the disk did not confirm what had been written. Whether it is kept shows at the next start; do not repeat it before. {wayOut}',
  interrupted: '{doing} could not be finished. {wayOut} What was saved before is safe.',
  opening: 'Opening {file}',
  issuing: 'Issuing',
  goingOnWithJob: 'Going on with a live job',
  keepingRequest: 'Keeping this request',
  fillingPractice: 'Filling the practice org',
  emptyingPractice: 'Emptying the practice org',
  this: 'This',

  full: 'The disk is full. Free some space and try again.',
  readOnly: 'The file or its folder is read-only. Allow writing to it, or choose another place.',
  forbidden: 'The file or its folder may not be written by you. Allow writing to it, or choose another place.',
  unreachable: 'The folder does not exist, is read-only, or may not be written by you. Choose another place.',
  diskError: 'The disk reported an error. Check that it is still connected and has free space, then try again.',
  moved: 'The file was moved or deleted while it was open. Put it back, then start again.',
  busy: 'Another program is writing to the file. Close that program and try again.',
  lockedByUs: 'Another part of Laurel is writing to the file. Try again in a moment.',
  beingOpened: 'Another program is opening the file at the same time. Try again in a moment.',
  noMemory: 'There is not enough memory. Close other programs and try again.',
  tooLarge: 'It is larger than the file can hold in one piece. Make it smaller and try again.',
  quota: 'Your share of the disk is used up. Free some space and try again.',
  noLarger: 'The file may not become larger here. Choose another place, or raise the limit.',
  protected:
    'The file or its folder is protected, and read-only for everybody. Allow writing to it, or choose another place.',
  gone: 'The file or its folder is not there any more. Put it back, or choose another place.',
  pathIsFile: 'A part of its path is a file, not a folder. Choose another place.',
  folder: 'It is a folder, not a file. Choose a file.',
  circle: 'It is a link that leads back to itself. Choose the file it was meant for.',
  nameTooLong: 'Its name is too long. Choose a shorter one.',
  tooManyOpen: 'Too many files are open. Close other programs and try again.',
  usedByOther: 'Another program is using it. Close that program and try again.',
  putBack:
    'The content of the file is damaged. Put back a backup, in the window or with “laurel backup list” and “laurel backup restore”.',

  workspaceMissing:
    '{file} is missing, but the history that belongs to it is there ({org}). Nothing was changed. Put the workspace back beside it, or move {org} to another folder to begin with an empty workspace.',
  historyMissing:
    '{org}, which holds what was issued in this workspace, is missing. Nothing was changed. Put it back beside the workspace. If it is lost for good, put a text file of that name there which says “{asked}”, and Laurel begins one.',
  historyEmpty:
    '{org}, which holds what was issued in this workspace, is empty. Nothing was changed. Put it back beside the workspace. If it is lost for good, put a text file of that name there which says “{asked}”, and Laurel begins one.',
  otherHistory:
    '{org} is another history than the one this workspace had before. Its requests and counts are shown from now on.',
  newHistory: 'A new, empty history of what is issued was begun, as you asked.',
  notOpened: 'Laurel could not open its workspace: {reason}. Nothing was changed. The log folder has the details.',
  logNotWritten: 'Laurel cannot write its log {file}: {reason}. Nothing was changed. {advice}, and start again.',
  moveAway: 'Move away what stands there',

  broughtUpToDate:
    'The workspace was brought up to date for this version. What it was before is in the list of backups, in Settings.',
  oddSetting:
    'The setting “{name}” holds {stored}, which this version of Laurel does not know. It is kept as it is, and its default is used.',
  noJson: 'no JSON',
  jobEnrolment: 'Enrolment of {badge}, request {request}',
  jobAward: 'Award of {badge}, request {request}',
  jobHadFinished: '{job} had just finished when Laurel ended. Its result is in the history.',
  jobCutShort:
    '{job} was cut short: Laurel ended, or could not write any more, before it was done. Nothing of it was kept; start it again when you are ready.',
  jobNotDone: '{job} was not done: {cause} Nothing of it was kept; start it again when you are ready.',

  oddFilling:
    'What “{org}” fills into custom fields by itself cannot be read. What is stored is kept as it is until the next pull replaces it; pull before you push.',
  oddClaims:
    'The claims of {count, plural, one {live badge {badges}} other {live badges {badges}}} cannot be read and count as none. What is stored is kept as it is until the next pull replaces it; pull before you push.',
  oddPasts:
    'What {count, plural, one {a badge} other {# badges}} had in common with an org at the last sync cannot be read. What is stored is kept as it is; where both sides differ, you are asked.',
  oddLiveJob:
    'In a live job of “{badge}”, why some customers were refused, or what they held before, cannot be read. What is stored is kept as it is; look at those customers in the org before you try them again.',
  oddRules:
    'The rules of {count, plural, one {badge {badges} in the org file cannot be read, so nobody can be given it} other {badges {badges} in the org file cannot be read, so nobody can be given them}}. What is stored is kept as it is, and all other badges work. Issue a copy of the badge under another name, or put back a copy of the file from before.',
  oddTags:
    'The tag definitions of the org file cannot be read and count as none. What is stored is kept as it is until they are set anew.',
  andMore: '{names} and {count, number} more',
  rulesUnreadable:
    'The rules of the badge {badge} are stored in the org file in a form that cannot be read. They are kept as they are; all other badges work. Issue a copy of the badge under another name, or put back a copy of the file from before.',
  ofThatTime: 'of that time',

  connectionGone: 'That connection is no longer here; it was deleted. Nothing was sent.',
  jobGone: 'That job is not in this workspace.',
  resultUnreadable:
    'That kept result cannot be read: it was damaged, or another version wrote it in another form. It stays as it is; run its scenario again.',
  resultGone: 'That result is no longer kept in this workspace. Run its scenario again.',

  ownFile: 'the workspace or a file that belongs to it',
  fileBeingRead: 'a file that Laurel reads from',
  nothingWritten: 'Nothing was written.',
} as const;
