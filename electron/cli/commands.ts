import type { ListedCommand } from './command';

/** All commands, in the order in which they are listed. Each is loaded when it is called: a script calls one of them. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'check',
    summary: 'name every mistake in badge and scenario files, offline',
    load: async () => (await import('./check')).checkCommand,
  },
  {
    name: 'inspect',
    summary: 'say what a table is, which column is what, and what is odd about its rows',
    load: async () => (await import('./inspect')).inspectCommand,
  },
  {
    name: 'issue',
    summary: 'enrol customers in a badge or award it to them, in bulk, in a local workspace',
    load: async () => (await import('./issue')).issueCommand,
  },
  {
    name: 'gateway',
    summary: 'run a practice org that answers like the live gateway',
    load: async () => (await import('./gateway')).gatewayCommand,
  },
  {
    name: 'simulate',
    summary: 'who gets a badge, who is turned away and why, before it is live',
    load: async () => (await import('./simulate')).simulateCommand,
  },
  {
    name: 'merge',
    summary: 'slices of a simulation to what one run of it gives',
    load: async () => (await import('./merge')).mergeCommand,
  },
  {
    name: 'compare',
    summary: 'scenarios on the same draws: what differs, who wins and who loses',
    load: async () => (await import('./compare')).compareCommand,
  },
  {
    name: 'report',
    summary: 'a scenario or a result as one page or PDF for people who do not have Laurel',
    load: async () => (await import('./report')).reportCommand,
  },
  {
    name: 'scorecard',
    summary: 'a forecast against what really came: in band or out of it, since when, and why',
    load: async () => (await import('./scorecard')).scorecardCommand,
  },
  {
    name: 'badges',
    summary: 'badges of a workspace as files, lists, Excel or the bulk template, and back',
    load: async () => (await import('./badges')).badgesCommand,
  },
  {
    name: 'folder',
    summary: 'a workspace and a folder of badge files to each other, as in git',
    load: async () => (await import('./folder')).folderCommand,
  },
  {
    name: 'sheet',
    summary: 'badges as one page or PDF to hand over: words, art, timeline, limits, JSON, commands',
    load: async () => (await import('./sheet')).sheetCommand,
  },
  {
    name: 'art',
    summary: 'pictures of badges: three states from one design, checked, mended and drawn',
    load: async () => (await import('./art')).artCommand,
  },
  {
    name: 'test',
    summary: 'whether what policy files expect of scenarios holds',
    load: async () => (await import('./test')).testCommand,
  },
  {
    name: 'learn',
    summary: 'how customers act, from a file of their transactions, as a scenario',
    load: async () => (await import('./learn')).learnCommand,
  },
  {
    name: 'holidays',
    summary: 'public holidays of a country, for the calendar of a scenario',
    load: async () => (await import('./holidays')).holidaysCommand,
  },
  {
    name: 'goal',
    summary: 'the setting of one value with which a badge meets a goal',
    load: async () => (await import('./goal')).goalCommand,
  },
  {
    name: 'why',
    summary: 'why one customer of a scenario gets a badge or not',
    load: async () => (await import('./why')).whyCommand,
  },
  {
    name: 'diff',
    summary: 'how the badge files of a folder and a live org differ',
    load: async () => (await import('./diff')).diffCommand,
  },
  {
    name: 'plan',
    summary: 'the exact requests that would bring a folder to a live org, as a file to review',
    load: async () => (await import('./plan')).planCommand,
  },
  {
    name: 'apply',
    summary: 'send what a plan holds, or nothing where the org has moved',
    load: async () => (await import('./apply')).applyCommand,
  },
  {
    name: 'backup',
    summary: 'make, list, look into and put back backups of a workspace',
    load: async () => (await import('./backup')).backupCommand,
  },
  {
    name: 'export',
    summary: 'write a whole workspace as plain files',
    load: async () => (await import('./export')).exportCommand,
  },
  {
    name: 'import',
    summary: 'read an export into an empty workspace',
    load: async () => (await import('./export')).importCommand,
  },
  {
    name: 'forget',
    summary: 'erase a customer who asks for it from a workspace, and name the backups that hold them',
    load: async () => (await import('./forget')).forgetCommand,
  },
  {
    name: 'network',
    summary: 'test the way to a gateway: proxy, certificates, hop by hop',
    load: async () => (await import('./network')).networkCommand,
  },
  {
    name: 'audit',
    summary: 'write the audit pack of a live job or a push: who, what, every request, every customer',
    load: async () => (await import('./audit')).auditCommand,
  },
  {
    name: 'verify',
    summary: 'check an audit pack: a changed byte is found',
    load: async () => (await import('./verify')).verifyCommand,
  },
  {
    name: 'record',
    summary: 'make a recording of calls of an org, secrets and customers replaced',
    load: async () => (await import('./record')).recordCommand,
  },
  {
    name: 'replay',
    summary: 'play a recording against a practice org: which answers differ, and which switches explain it',
    load: async () => (await import('./replay')).replayCommand,
  },
  {
    name: 'probe',
    summary: 'learn from a test org which way it answers what the documents leave open',
    load: async () => (await import('./probe')).probeCommand,
  },
  {
    name: 'mcp',
    summary: 'answer programs over the Model Context Protocol: check, explain, simulate, read the library',
    load: async () => (await import('./mcp')).mcpCommand,
  },
  {
    name: 'completions',
    summary: 'a script that lets a shell complete commands, options and values',
    load: async () => (await import('./completions')).completionsCommand,
  },
];
