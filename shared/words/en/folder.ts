/** The workspace folder. */
export const folder = {
  tooMany: 'There are more than {most, number} files of badges in it. Choose the folder of the badges alone.',
  noText: 'it is neither UTF-8 nor UTF-16 text',
  stillWritten: 'it is just being written',
  artInTheWay: 'the file of another design lies where the one of this badge would go. Rename or remove that file.',
  label: 'From the folder: {file}',
  noLongerDiffers: 'Draft and file no longer differ there. Look again.',
  leaveFirst: 'This workspace works with another folder. Stop working with that one first.',
  unread: '{folder} cannot be used: {reason}.',
  wholeDrive: 'it is a whole drive. Choose a folder on it',
  notTrashed: '{name} stays here: {reason}',
  key: 'Field “{key}”',
  design: 'A design',
  art: 'Design',
} as const;
