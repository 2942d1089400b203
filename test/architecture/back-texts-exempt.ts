/** Places that speak English on purpose, whoever reads them. By the beginning of their path. */
export const SPEAKS_ENGLISH: Readonly<Record<string, string>> = {
  'electron/cli/':
    'The command line speaks English: scripts read it, and people help each other across languages (0093).',
  'electron/backend/practice/server/': 'Answers over HTTP, in the language of the gateway, to programs.',
  'electron/backend/transfer/template-row.ts': 'The headings of the vendor’s bulk template.',
  'electron/backend/simulation/policies.ts': 'Policies are run by the command line only.',
};

interface Exempt {
  why: string;
  texts: readonly string[];
}

/** Texts that nobody reads in a window. By file. */
export const EXEMPT: Readonly<Record<string, Exempt>> = {
  'db/portable/export.ts': {
    why: 'The note inside an export, which people share across languages.',
    texts: [
      'This folder is a Laurel workspace as plain files. badges/ each badge as it is now, the body of a create call scenarios/ each kept scenario results/ what came out, and answers beside it workspace/ drafts, their earlier states, claims, settings, connections (without credentials), the ledger, live jobs org/ what was issued: requests, enrolments, awards, and the rows that were refused The CSV files hold texts in quotes and everything else without; instants are microseconds since 1970 (UTC). Import the whole into an empty workspace: laurel import FOLDER --workspace FILE, or in the settings. manifest.json holds the digest of every file, so that a changed one is noticed.',
    ],
  },
  'electron/backend/sync/audit/pack.ts': {
    why: 'The note inside an audit pack, which people share across languages.',
    texts: [
      'This is the audit pack of a live job of Laurel. about.json who started it and when, on which badge of which org, and which files its customers came from badge.json the badge as the org showed it when the job was started requests.jsonl every request of the job, a line each: its id, when it left, what was answered; without secrets customers.csv each customer, the request that served or refused them, and the id of the record that was made; where the job took back, the line of requests.jsonl instead, and the record that was to be revoked manifest.json size and SHA-256 of every file laurel verify PACK names every file that is not as it was written.',
    ],
  },
  'electron/backend/sync/audit/push-pack.ts': {
    why: 'The note inside an audit pack, which people share across languages.',
    texts: [
      'This is the audit pack of a push of Laurel. about.json who pushed and when, to which org, from which file of a plan, and what came of it badges.json each badge as the org had shown it when the push began; null where the org had none, or it was never read requests.jsonl every request of the push, reads too, a line each: when it left, its body, what was answered; without secrets changes.csv each request that changes something: on which badge, what it does, what became of it, and its line above manifest.json size and SHA-256 of every file laurel verify PACK names every file that is not as it was written.',
    ],
  },
  'db/workspace/draft-history.ts': {
    why: 'The label of a revision: kept in English and worded where it is read (0093).',
    texts: ['Back to revision …'],
  },
  'db/workspace/inspect-draft.ts': {
    why: 'The gateway’s own message for a body that is no JSON.',
    texts: ['JSON parse error: …', 'the text is not JSON'],
  },
  'electron/backend/report/handlers.ts': {
    why: 'A line that is typed in a shell.',
    texts: ['laurel simulate … --json --seed … --replications …'],
  },
  'electron/main/print-page.ts': {
    why: 'The markup below each printed page; it has numbers and no words.',
    texts: [
      '<div style="width:100%;padding:0 15mm;display:flex;justify-content:space-between;font:8px system-ui,sans-serif;color:#4a5157"><span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>',
    ],
  },
  'electron/main/updates/update-source.ts': {
    why: 'A folder of macOS.',
    texts: ['Application Support'],
  },
  'electron/backend/files/workbook-output.ts': {
    why: 'Formats of cells.',
    texts: ['yyyy-mm-dd hh:mm:ss', 'yyyy-mm-dd hh:mm:ss.000'],
  },
  'electron/backend/issuance/job.ts': { why: 'For the log.', texts: ['The worker ended without an answer.'] },
  'electron/backend/issuance/work.ts': {
    why: 'The gateway’s own message for a body that it cannot read.',
    texts: ['customerId must be a whole number'],
  },
  'electron/backend/practice/calls.ts': {
    why: 'Answers over HTTP to programs that set the practice org up.',
    texts: ['the body must be an object', 'is mandatory'],
  },
  'electron/backend/store/org-pair.ts': {
    why: 'What a person writes into a file; it is quoted as it has to be written.',
    texts: ['new history'],
  },
  'electron/backend/sync/badges/push.ts': {
    why: 'The purpose of a request, by which the ledger is searched.',
    texts: ['read before writing'],
  },
  'electron/backend/sync/badges/resolve.ts': {
    why: 'The label of a revision: kept in English and worded where it is read (0093).',
    texts: ['Taken over from …'],
  },
  'electron/backend/network/socks-tunnel.ts': { why: 'A detail for the log.', texts: ['too long'] },
  'electron/backend/network/way-fault.ts': { why: 'A detail for the log.', texts: ['the proxy answered …'] },
  'electron/backend/tables/text-bytes.ts': {
    why: 'Never read: whoever catches it says it in words of his own.',
    texts: ['its compressed bytes are damaged or end too early; copy or export the file again'],
  },
  'electron/backend/tables/decode-table.ts': {
    why: 'An option, for the command line; and what is never read, because whoever catches it names its cause.',
    texts: ['--sheet NAME', 'A sheet could not be written as a text'],
  },
  'electron/backend/tables/inspect-table.ts': {
    why: 'Options, for the command line; the window shows its own controls.',
    texts: [
      '--date-format day-month-year or --date-format month-day-year',
      '--date-format day-number@DATE OF DAY 1',
      '--zone ZONE, such as --zone Europe/Berlin',
    ],
  },
  'electron/backend/tables/text-row-tail.ts': { why: 'States of a reader.', texts: ['cell start', 'quote in quoted'] },
  'electron/disk/last-death.ts': {
    why: 'A file for a support case, and the terminal.',
    texts: [
      '(nothing on stderr)',
      '… The background process ended …. … ',
      'without an exit code, as a signal ends a process',
      ', as … ends a process',
      'with exit code ……',
    ],
  },
  'electron/main/backend-process.ts': { why: 'The name of a process, for the system.', texts: ['Laurel backend'] },
  'electron/main/screenshot.ts': {
    why: 'A script for the page.',
    texts: ['new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))))'],
  },
  'electron/main/recovery-page.ts': {
    why: 'A document whose words are said.',
    texts: [
      '<!doctype html> <html lang="…"> <head> <meta charset="utf-8" /> <meta name="color-scheme" content="light dark" /> <title>Laurel</title> </head> <body> <main> <h1>…</h1> <p>…</p> <p><a href="…">…</a></p> <p>…</p> </main> </body> </html> ',
    ],
  },
  'electron/main/secrets.ts': { why: 'For the terminal.', texts: ['the keychain refused'] },
  'electron/main/system-script.ts': {
    why: 'A place in the registry of Windows.',
    texts: ['HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings'],
  },
};
