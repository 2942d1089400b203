/** Partners as a file: what things of one org are called in another. */
export const partners = {
  save: 'Save as a file…',
  take: 'Take from a file…',
  fileName: '{from} to {to}.partners.json',
  files: 'Partners',
  chooseTitle: 'Choose a table of partners',
  chooseButton: 'Take',
  saved:
    '{count, plural, =0 {A table without partners is} one {One partner is} other {# partners are}} in {name}. laurel diff and laurel plan use it where it lies in the folder with the badges.',
  taken:
    '{count, plural, =0 {Nothing was told anew} one {One id was told anew} other {# ids were told anew}} by {name}; {same, number} stood here already.',
  takenMore:
    '{count, plural, =0 {Nothing was told anew} one {One id was told anew} other {# ids were told anew}} by {name}; {same, number} stood here already. {rest, number} that stand here are not in the file; they were left.',
  takenOwn:
    '{own, plural, =0 {No badge is} one {One badge is} other {# badges are}} noted anew as having the ids of {org}.{unknown, plural, =0 {} one { One name that the file says so of fits no badge here, or several.} other { # names that the file says so of fit no badge here, or several.}}',
  noConnection:
    '{file} is about badges of {from} ({address}), and no connection here leads there. Nothing was changed.',
  notJson: '{file} is no JSON: {mistake}. Nothing was done.',
  unlike: '{file} is no file of partners: {place} is not as laurel/partners@1 has it. Nothing was done.',
  unreadable: '{file} cannot be read: {reason}. Nothing was done.',
  twice:
    '{file} names {what} of {org} twice: of each kind an id has one partner, and is the partner of one. Nothing was done.',
  oneOrg: '{file} leads from an org to itself. Nothing was done.',
  sameTarget: '{one} and {other} both say what {org} calls things. Leave one of them, or name one with --partners.',
  severalHomes:
    '{one} says that the badges have the ids of {org}, {other} that they have those of {otherOrg}. Name one with --partners.',
  ownTwice: '{one} and {other} both say that “{name}” has the ids of their org. Leave it in one.',
  keyTwice:
    '{file} has “{key}” twice in one place, as after a merge by hand. Leave it once, with what both say. Nothing was done.',
  ownNowhere:
    '{file} says that “{name}” has the ids of {org}, and no badge is called so, beside the file or in the folder. If it has another name now, write that under “own”; if it is gone, take it out there. Nothing was done.',
  otherOrg: '{file} is about {from} and {to}, and the org is at {address}. Nothing was done.',
  advice: 'Say what {org} calls {what} of {home}: in a *.partners.json of the folder, or a file named with --partners.',
  homeMoved: '“{name}” had the ids of {org} when the plan was made, and has those of {now} now',
  moved: '{what} of {home} was {before} in {org} when the plan was made, and is {now} now',
  gone: '{what} of {home} was {before} in {org} when the plan was made, and nobody says now what it is',
} as const;
