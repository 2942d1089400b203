/** Updates of Laurel itself: asked for, looked for, refused, installed. */
export const updates = {
  heading: 'Updates',
  lead: 'Laurel looks for new versions only if you want it to. Nothing of your work is sent.',
  none: 'This Laurel knows no address for updates. New versions come the way you got this one.',
  managedOff:
    'Whoever looks after this computer has turned updates off ({file}). Laurel looks for none, and installs none.',
  managedUnread:
    'There is a setting for this computer in {file}, and it cannot be read. Updates are off until it can: ask whoever looks after this computer.',
  automatic: 'Look for updates once a day',
  automaticHint: 'A version that is found is shown. It is downloaded only when you say so.',
  running: 'You have version {version}.',
  lastCheck: 'Last look',
  never: 'Nobody has looked yet.',
  checkNow: 'Check now',
  checking: 'Looking for a new version …',
  download: 'Download and install on quit',
  downloadHint: 'Version {version}, {size} MB. Your workspace is backed up before the new version opens it.',
  notInstallable:
    'Version {version} is there. This copy of Laurel was not installed by a package that can renew itself: get it the way you got this one.',
  downloading: 'Downloading: {done} of {total} MB',
  waiting: 'Version {version} is ready. It is installed when you quit Laurel.',
  ask: 'Shall Laurel look for new versions once a day? It asks only for the list of versions; nothing of your work is sent.',
  askYes: 'Yes, once a day',
  askNo: 'No',
  bannerOffered: 'Version {version} of Laurel is there.',
  show: 'Show',
  command: 'Check for updates',
  keywords: 'version new upgrade release',
  newest: 'You have the newest version, {version}.',
  offered: 'Version {version} is there.',
  downloaded: 'Version {version} was downloaded.',
  installed: 'Laurel was updated to version {version}.',
  notInstalled:
    'Version {waiting} was downloaded, but this is still version {version}: it was not installed. Check again, or install it by hand.',
  notForHere: 'Version {version} is there, but not yet for this computer.',
  wrongSignature:
    'What {host} says about new versions is not signed by whoever makes Laurel. Nothing was downloaded. If this comes again, tell them.',
  unsigned:
    '{host} has no signature beside what it says about new versions. It was not believed, and nothing was downloaded.',
  unreadable: 'What {host} says about new versions cannot be read. Nothing was downloaded; try again tomorrow.',
  elsewhere: 'What {host} says about new versions points to another place. It was refused, and nothing was downloaded.',
  older:
    'The newest version named is {offered}, older than your {version}. It was refused: an older version is never installed over a newer one.',
  unreachable: '{host} cannot be reached ({detail}). Nothing was downloaded; try again later.',
  cut: 'What {host} sent broke off in the middle. It was thrown away; try again later.',
  redirected: '{host} points to another place. Laurel does not follow, and nothing was downloaded.',
  notThere: '{host} has nothing about versions for this computer (404). Try again tomorrow.',
  badStatus: '{host} answered {status}. Nothing was downloaded; try again later.',
  wrongHash:
    'What {host} sent is not the version that was signed: its check sum is another. It was thrown away, and nothing was installed. Try again later.',
  otherSize: '{host} sent another number of bytes than was said. It was thrown away; try again later.',
  notWritten: 'The update could not be written to this computer ({reason}). Make room, then download it again.',
  noPackage: 'This version has no package for this computer. Get it the way you got this one.',
  stopped: 'The download was stopped. Nothing was installed.',
  notPrepared: 'The update was not downloaded ({reason}). Nothing was installed; try again later.',
  noEngine:
    'Updates are fetched by the network settings of the open workspace, and none is open. Nothing was asked for; try again when it is.',
  feedUnusable: 'The address for updates cannot be used.',
  openedBy: '{said} The last Laurel to open it was version {version}.',
  failed: 'Looking for updates failed. Nothing was changed; try again later.',
} as const;
