import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { interruptedFailure } from '../../db/failures';
import { realFile } from '../../db/real-file';
import { storeFiles } from '../../db/store-files';
import { OK } from '../../db/org/outcomes';
import { outlineOf } from '../../db/workspace/outline';
import { placeOf, requireOutput } from '../disk/output-place';
import { closeRegular, openRegular } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import type { Backend } from '../backend/backend';
import { bytesOfTable, isPattern, pathsOfTable } from '../backend/tables/table-files';
import { quoted } from '../backend/tables/date-format';
import type { ReadingChoices } from '../backend/tables/table-reading';
import { readInstant, toIso, type Instant } from '../../shared/domain/instant';
import type { CustomerSource, CustomersReading, RequestSummary } from '../../shared/ipc/issuance-contract';
import { Failure } from '../../shared/ipc/errors';
import { readBadgeFile } from './badge-file';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { progressLine } from './progress-line';
import { readTableOptions, TABLE_OPTIONS } from './table-options';
import { withProfile, withProfiles } from './table-profiles';
import { openWorkspace } from './open-workspace';
import { plainFailure } from './plain-failure';
import { inEnglish } from '../../shared/words/english';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  badge: { type: 'string', completes: 'files' },
  customers: { type: 'string', completes: 'files' },
  action: { type: 'string', completes: ['enrol', 'award'] },
  owner: { type: 'string' },
  at: { type: 'string' },
  'event-date': { type: 'string' },
  'request-id': { type: 'string' },
  workspace: { type: 'string', completes: 'files' },
  out: { type: 'string', completes: 'files' },
  ...TABLE_OPTIONS,
  profile: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Enrols customers in a badge, or awards it to them, in the local workspace: nothing is sent anywhere.

Usage: laurel issue --badge FILE --customers FILE --action enrol|award [OPTIONS]

  --badge FILE       body of a create call, *.badge.json
  --customers FILE   table or list of customer ids, up to 10,000,000 rows: CSV and its kin, packed or not, .xlsx,
                     .xls, .xlsb, .ods or Parquet; a folder or a pattern in quotes, such as 'sales/2025-*.csv.gz', for several files
                     (laurel inspect FILE says how it is read)
  --column customer=NAME  column of the customer ids; of two with one name the second is NAME#2, #3 is the third column
  --sheet NAME       sheet of a workbook
  --profile NAME     read the table as was said before and saved in the workspace (laurel inspect --save-profile); what is
                     said beside it counts more
  --action WORD      enrol (issueBulk) or award (earnBulk)
  --owner TYPE:REF   on whose behalf, such as Loyalty:626; the badge is claimed for it first. An award needs it;
                     an enrolment without it is made on behalf of the badge's first owner
  --at ISO           the clock of the request, such as 2026-05-01T00:00:00Z; default: now
  --event-date ISO   explicit event date; default: none is sent
  --request-id TEXT  default: a fresh one; repeating one in a workspace is refused (809)
  --workspace FILE   keep badge and result in this workspace, which may exist; default: a temporary one
  --out FILE         write every customer's result as CSV, bad rows with their line of the file; never over a file that is
                     read or the workspace. /dev/stdout and pipes work, and the words go to standard error then
  --json             the summary (laurel/request@1) as JSON

The badge may have started long ago, as if it had been created with the X-CAP-BADGES-MIGRATION header. A badge of that
name in the workspace is brought to what the file says.
Files that are read must be files: a pipe or a device is refused. A line may have up to 1 MiB.
Exit code: 0 done (customers may have been refused one by one), 1 the badge has mistakes, nobody got anything, the
request was refused as a whole or was cancelled, or a file could not be read or written; 2 called wrongly.`;

interface IssueOptions {
  badge: string;
  customers: string;
  action: 'enrol' | 'award';
  owner: { ownerType: string; referenceId: string } | null;
  at: Instant | null;
  eventDate: Instant | null;
  requestId: string | null;
  workspace: string | null;
  out: string | null;
  json: boolean;
  reading: ReadingChoices;
  profile: string | null;
}

function readOptions(args: readonly string[]): IssueOptions {
  const { values } = parseArgs({
    args: [...args],
    options: OPTIONS,
  });
  const { badge, customers, action } = values;
  if (badge === undefined) throw new UsageError('Say which badge: --badge FILE.');
  if (customers === undefined) throw new UsageError('Say for whom: --customers FILE.');
  if (action !== 'enrol' && action !== 'award')
    throw new UsageError('Say what to do: --action enrol or --action award.');
  const owner = values.owner === undefined ? null : readOwner(values.owner);
  if (action === 'award' && owner === null) {
    throw new UsageError('Say on whose behalf the badge is awarded: --owner Loyalty:626.');
  }
  return {
    badge,
    customers,
    action,
    owner,
    at: readDate('--at', values.at),
    eventDate: readDate('--event-date', values['event-date']),
    requestId: values['request-id'] ?? null,
    workspace: values.workspace ?? null,
    out: values.out ?? null,
    json: values.json,
    reading: readTableOptions(values),
    profile: values.profile ?? null,
  };
}

/** Refuses an output that would destroy what is read, or cannot be written, before anything is issued. */
function requireOut(terminal: Terminal, options: IssueOptions): void {
  const { out, badge, customers, workspace } = options;
  if (out === null) return;
  const at = (name: string): string => path.resolve(terminal.cwd, name);
  const keep = [
    { path: at(badge), what: 'the badge file' },
    ...[at(customers), ...pathsOfTable(at(customers))].map((path) => ({ path, what: 'the customer file' })),
    ...(workspace === null ? [] : [storeFiles(realFile(at(workspace)))]),
  ];
  requireOutput(at(out), out, keep, 'Nothing was issued.');
  if (options.json && isStandardOutput(at(out))) {
    throw new UsageError('--json and --out /dev/stdout would both write to standard output. Name a file.');
  }
}

function isStandardOutput(target: string): boolean {
  const place = placeOf(target);
  return place.kind === 'stream' && place.descriptor === 1;
}

function readOwner(text: string): { ownerType: string; referenceId: string } {
  const colon = text.indexOf(':');
  if (colon <= 0 || colon === text.length - 1)
    throw new UsageError(`--owner is TYPE:REF, such as Loyalty:626, not “${text}”.`);
  return { ownerType: text.slice(0, colon), referenceId: text.slice(colon + 1) };
}

function readDate(option: string, text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const reading = readInstant(text);
  if (!reading.ok) throw new UsageError(`${option}: the date ${text} ${reading.reason}.`);
  return reading.instant;
}

/** The draft of the file: the one of its name in the workspace brought up to date, or a new one. */
async function putDraft(backend: Backend, text: string): Promise<string> {
  const { handlers } = backend;
  const migration = true;
  const { name: outlined } = outlineOf(text);
  const name = outlined === '' ? null : outlined;
  const sort = { by: 'changedOn', descending: true } as const;
  const filter = { search: name ?? '', status: [], earnType: [], owner: [], tag: [], withProblems: false };
  const found =
    name === null ? null : await handlers['badges.list']({ filter, sort, offset: 0, limit: 500, withFacts: false });
  const known = found?.rows.find((row) => row.name === name);
  if (!known)
    return (await handlers['badges.create']({ body: text, migration, label: 'From the command line', language: 'en' }))
      .id;
  const { id, body, revision, migration: sent } = await handlers['badges.get']({ id: known.id });
  if (body === text && sent === migration) return id;
  const label = 'From the command line';
  return (await handlers['badges.save']({ id, baseRevision: revision, body: text, migration, label })).id;
}

/** An enrolment needs some owner and no claim (semantics I1): without one named, the badge's first stands in. */
async function ownerOf(
  backend: Backend,
  id: string,
  options: IssueOptions,
): Promise<NonNullable<IssueOptions['owner']>> {
  const { handlers } = backend;
  const { summary, problems } = await handlers['badges.get']({ id });
  if (problems.length > 0) {
    throw plainFailure(
      'rejected-by-gateway',
      `${options.badge} has ${problems.length === 1 ? 'a mistake' : `${String(problems.length)} mistakes`}, so nothing was issued.`,
      problems.map(({ code, message, reference, path: field }) => ({
        code,
        message,
        reference: field === '' ? reference : field,
      })),
    );
  }
  if (options.owner === null) return { ownerType: summary.owners[0] ?? '', referenceId: '' };
  if (options.action === 'award' && options.owner.ownerType !== 'Membercare') {
    await handlers['badges.claim']({ id, ...options.owner });
  }
  return options.owner;
}

async function issue(backend: Backend, options: IssueOptions, terminal: Terminal): Promise<ExitCode> {
  const id = await putDraft(backend, readBadgeFile(terminal.cwd, options.badge).text);
  const owner = await ownerOf(backend, id, options);
  const { action, at, eventDate, requestId } = options;
  const customers = grantCustomers(backend, terminal, options);
  const name = path.basename(options.customers);
  const { reading, ...summary } = await backend.handlers['issuance.run'](
    { badgeId: id, action, customers, owner, at, eventDate, requestId },
    { signal: terminal.signal, progress: (report) => terminal.draw(progressLine(name, report)) },
  );
  let written: number | null = null;
  // The request is answered and kept: a list that cannot be written must not hide that.
  let unwritten: Error | null = null;
  try {
    written = options.out === null ? null : await writeRows(backend, terminal, summary, options.out);
  } catch (error) {
    const failure = interruptedFailure(error, `The list of the rows (${options.out ?? ''})`);
    if (!(failure instanceof Failure)) throw failure;
    unwritten = failure;
  }
  const say = options.out !== null && isStandardOutput(path.resolve(terminal.cwd, options.out)) ? 'error' : 'out';
  if (options.json)
    terminal.document(JSON.stringify({ ...summaryDocument(summary), reading: readingDocument(reading) }, null, 2));
  else {
    const lines = await faultyLines(backend, summary);
    for (const line of describe(summary, options, written, lines, readingLines(reading))) terminal[say](line);
  }
  if (unwritten !== null) terminal.error(`${unwritten.message} ${whatWasKept(summary, options)}`);
  return summary.state === 'answered' && summary.succeeded > 0 && unwritten === null ? 0 : 1;
}

/** Which column was read, and what was taken off its cells; nothing where a plain list left nothing to say. */
function readingLines(reading: CustomersReading | null): string[] {
  if (reading === null) return [];
  const { column, why, columns, reasons, notes } = reading;
  const cleaned = reasons.filter(({ verdict }) => verdict !== 'bad');
  return [
    ...(column === null || columns === 1
      ? []
      : [`Customers from the column ${quoted(column)}${why === null ? '' : `: ${inEnglish(why)}`}.`]),
    ...cleaned.map(({ count, verdict, words }) => `  ${count.toLocaleString('en')} ${verdict}: ${inEnglish(words)}.`),
    ...notes.map((note) => `  ${inEnglish(note)}.`),
  ];
}

function readingDocument(reading: CustomersReading | null): unknown {
  if (reading === null) return null;
  const { kind, sheet, column, cleaned, reasons, notes } = reading;
  return {
    ...{ kind, sheet, column, cleaned },
    reasons: reasons.map(({ words, ...reason }) => ({ ...reason, words: inEnglish(words) })),
    notes: notes.map((note) => inEnglish(note)),
  };
}

function grantCustomers(
  backend: Backend,
  terminal: Terminal,
  { customers: name, reading }: IssueOptions,
): CustomerSource & { kind: 'file' } {
  const file = path.resolve(terminal.cwd, name);
  const bytes = sizeOf(file, name);
  backend.grantFile('customers', { path: file, name: path.basename(name), bytes, mode: 'read' });
  const { sheet, columns } = reading;
  const choices = { sheet, column: columns?.customer };
  return { kind: 'file', token: 'customers', choices };
}

/** @throws Failure `not-found` when a file cannot be read, or is none */
function sizeOf(file: string, name: string): number {
  try {
    if (isPattern(file) || statSync(file).isDirectory()) return bytesOfTable(file);
    const { handle, size } = openRegular(file);
    closeRegular(handle);
    return size;
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw plainFailure('not-found', `${name} cannot be read: ${reasonOf(error)}. Nothing was issued.`);
  }
}

/** What stands although the file of the results could not be written. */
function whatWasKept(summary: RequestSummary, { workspace }: IssueOptions): string {
  if (summary.state !== 'answered' || summary.succeeded === 0) return 'Nobody got anything.';
  const done = summary.action === 'enrol' ? 'enrolments' : 'awards';
  return workspace === null
    ? `The ${done} were made in a temporary workspace, which is gone: run it again.`
    : `The ${done} are kept in ${workspace}, as request ${summary.requestId}; running it again would make them twice.`;
}

async function writeRows(backend: Backend, terminal: Terminal, summary: RequestSummary, name: string): Promise<number> {
  backend.grantFile('out', {
    path: path.resolve(terminal.cwd, name),
    name: path.basename(name),
    bytes: 0,
    mode: 'write',
  });
  const { rows } = await backend.handlers['requests.export'](
    { id: summary.id, filter: { outcomes: [], customer: '' }, target: 'out' },
    {
      signal: terminal.signal,
      progress: ({ done, total }) =>
        terminal.draw(`Writing ${done.toLocaleString('en')} of ${total.toLocaleString('en')} rows …`),
    },
  );
  return rows;
}

/** The summary as scripts read it: instants in ISO-8601. */
function summaryDocument(summary: RequestSummary): object {
  const iso = (instant: Instant | null): string | null => (instant === null ? null : toIso(instant, 'UTC'));
  return {
    schema: 'laurel/request@1',
    ...summary,
    sentence: inEnglish(summary.sentence),
    errors: summary.errors.map((error) => ({ ...error, advice: inEnglish(error.advice) })),
    outcomes: summary.outcomes.map((outcome) => ({ ...outcome, label: inEnglish(outcome.label) })),
    processedOn: iso(summary.processedOn),
    madeOn: iso(summary.madeOn),
    eventDate: iso(summary.eventDate),
    expiresOn: iso(summary.expiresOn),
  };
}

/** Where the rows stand that name no customer, by outcome: the first lines of each, as an editor counts them. */
async function faultyLines(backend: Backend, summary: RequestSummary): Promise<ReadonlyMap<string, string>> {
  const lines = new Map<string, string>();
  for (const { outcome, count } of summary.outcomes) {
    if (outcome === OK || isCode(outcome)) continue;
    const { rows } = await backend.handlers['requests.rows']({
      id: summary.id,
      filter: { outcomes: [outcome], customer: '' },
      offset: 0,
      limit: SHOWN_LINES,
    });
    const named = rows.flatMap(({ line }) => (line === null ? [] : [line.toLocaleString('en')]));
    if (named.length > 0) lines.set(outcome, `line ${named.join(', ')}${count > named.length ? ' …' : ''}`);
  }
  return lines;
}

const SHOWN_LINES = 5;
const isCode = (outcome: string): boolean => /^\d+$/.test(outcome);

function describe(
  summary: RequestSummary,
  options: IssueOptions,
  written: number | null,
  lines: ReadonlyMap<string, string>,
  reading: readonly string[],
): string[] {
  const said = [`${summary.badgeName}: ${inEnglish(summary.sentence)}`];
  for (const { advice } of summary.errors) said.push(`  ${inEnglish(advice)}`);
  const whereOf = (outcome: string): string => {
    const where = isCode(outcome) ? outcome : lines.get(outcome);
    return where === undefined ? '' : ` (${where})`;
  };
  for (const { label, count, outcome } of summary.outcomes) {
    said.push(`  ${count.toLocaleString('en').padStart(12)}  ${inEnglish(label)}${whereOf(outcome)}`);
  }
  said.push(...reading);
  const seconds = Math.max(0.001, summary.durationMilliseconds / 1000);
  if (summary.state === 'answered') {
    said.push(
      `${seconds.toFixed(1)} s, ${Math.round(summary.total / seconds).toLocaleString('en')} customers/s. Request id ${summary.requestId}.`,
    );
  }
  if (written !== null) said.push(`${written.toLocaleString('en')} rows written to ${options.out ?? ''}.`);
  if (options.workspace === null) said.push('The workspace was a temporary one; --workspace FILE keeps the result.');
  return said;
}

/** What was answered is kept by then: a disk that fails at the end must neither hide it nor turn it into a failure. */
async function closeQuietly(backend: Backend, workspace: string | null, terminal: Terminal): Promise<void> {
  try {
    await backend.close();
  } catch (error) {
    const failure = interruptedFailure(error, 'Closing the workspace', workspace === null ? [] : [workspace]);
    for (const line of (failure instanceof Error ? failure.message : String(failure)).split('\n')) terminal.error(line);
  }
}

/** `laurel issue`. */
export const issueCommand: Command = {
  options: OPTIONS,
  operands: [],
  help: HELP,
  run: async (args, terminal) => {
    const called = readOptions(args);
    requireOut(terminal, called);
    const { profile } = called;
    const reading =
      profile === null
        ? called.reading
        : await withProfiles(terminal, called.workspace ?? undefined, (profiles) =>
            withProfile(profiles, profile, called.reading),
          );
    const options = { ...called, reading };
    const temporary = options.workspace === null ? mkdtempSync(path.join(tmpdir(), 'laurel-')) : null;
    try {
      const backend = await openWorkspace(
        terminal,
        path.resolve(terminal.cwd, options.workspace ?? path.join(temporary ?? '', 'temporary.laurel')),
      );
      try {
        for (const notice of backend.notices) terminal.error(inEnglish(notice));
        backend.noteTold();
        return await issue(backend, options, terminal);
      } finally {
        await closeQuietly(backend, options.workspace, terminal);
      }
    } finally {
      if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
    }
  },
};
