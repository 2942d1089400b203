import { createHash } from 'node:crypto';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { version } from '../../../../package.json';
import type { ExportedFile } from '../../../../db/portable/export';
import { writeFiles, type ExportTarget } from '../../../../db/portable/write-export';
import type { LiveRow } from '../../../../db/workspace/live-job-rows';
import type { LiveJob } from '../../../../db/workspace/live-jobs';
import { readJobs, type JobsReading } from '../../../../db/workspace/read-jobs';
import { toIsoExact, type Instant } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import { csvCell } from '../../files/csv';
import { jobOrigin, type JobOrigin } from '../origin/origin';
import { ABOUT, MANIFEST, manifestText, type AuditManifest } from './manifest';
import { LinesOfRecords, RequestsOfCustomers, sentIn } from './requests-of-customers';
import { takesBack } from '../../../../shared/ipc/take-back-contract';

/** Lines of the ledger, and rows, that are written at a time. */
const PORTION = 500;

/** How a pack is put into an archive: the same files are the same bytes, so that a change of any is found. */
export const PACKING = { packing: 'stored', tooLarge: message('audit.tooLarge') } as const;

const README = `This is the audit pack of a live job of Laurel.

about.json      who started it and when, on which badge of which org, and which files its customers came from
badge.json      the badge as the org showed it when the job was started
requests.jsonl  every request of the job, a line each: its id, when it left, what was answered; without secrets
customers.csv   each customer, the request that served or refused them, and the id of the record that was made; where the
                job took back, the line of requests.jsonl instead, and the record that was to be revoked
manifest.json   size and SHA-256 of every file

laurel verify PACK names every file that is not as it was written.
`;

/** As packs spell an instant. */
export const iso = (instant: Instant | null): string | null => (instant === null ? null : toIsoExact(instant));
/** As packs spell JSON. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function aboutOf(job: LiveJob, reading: JobsReading, origin: JobOrigin | null, now: Instant): object {
  const { key, uid, action, badgeName, remoteBadgeId, ownerType, referenceId, connectionName } = job;
  const { waiting, sent: underWay, unknown, done, refused } = reading.jobs.counts(key);
  return {
    schema: 'laurel/audit@1',
    madeOn: iso(now),
    laurel: version,
    who: origin === null ? null : { user: origin.user, computer: origin.computer, name: origin.name },
    job: {
      ...{ id: key, uid, action, state: job.state, note: job.note },
      ...{ startedOn: iso(job.startedOn), endedOn: iso(job.endedOn) },
      org: connectionName,
      badge: { id: remoteBadgeId, name: badgeName },
      // Revoking and importing are in nobody's name.
      owner: takesBack(action) || action === 'import' ? null : { ownerType, referenceId },
      eventDate: iso(job.eventDate),
      source: job.source,
      customers: { total: job.total, done, refused, waiting, underWay, unknown },
    },
    files: origin?.files ?? null,
  };
}

/** A badge as the org showed it; null where it never did. */
export function seenText(seen: JobOrigin['badge']): unknown {
  if (seen === null) return null;
  const { body, claims, seenOn } = seen;
  let read: unknown = body;
  try {
    read = JSON.parse(body) as unknown;
  } catch {
    // As the org sent it, whatever that was.
  }
  return { seenOn: iso(seenOn), claims, badge: read };
}

/** Tells which request decided about a customer, or about the record of a take-back. */
interface Deciders {
  requests: RequestsOfCustomers;
  lines: LinesOfRecords;
}

async function* requestLines(
  { ledger }: JobsReading,
  job: LiveJob,
  { requests, lines: revokes }: Deciders,
): AsyncGenerator<string> {
  for (let after = 0; ;) {
    const lines = ledger.ofJob(job.key, after, PORTION);
    const last = lines.at(-1);
    if (!last) return;
    after = last.key;
    for (const { key, connectionKey: _, taskKey: _task, connectionName, sentOn, answeredOn, ...line } of lines) {
      const contents = ledger.contents(key);
      const named = line.purpose === job.action ? sentIn(contents.requestBody) : null;
      if (named !== null) requests.note(named);
      else if (line.purpose === job.action) revokes.note(key, contents.requestBody);
      const facts = { line: key, requestId: named?.requestId ?? null, org: connectionName, ...line };
      yield `${JSON.stringify({ ...facts, sentOn: iso(sentOn), answeredOn: iso(answeredOn), ...contents })}\n`;
    }
    await othersTurn();
  }
}

function rowText(
  { ordinal, customer, state, issuedId, code, ...rest }: LiveRow,
  request: string,
  isImport: boolean,
): string {
  const { message: said, terms } = rest;
  const cells = [String(ordinal + 1), customer, state, request, issuedId ?? ''];
  const dates = isImport ? [iso(terms?.eventDate ?? null) ?? '', iso(terms?.expiresOn ?? null) ?? ''] : [];
  return `${[...cells, code === null ? '' : String(code), said ?? '', ...dates].map(csvCell).join(',')}\r\n`;
}

async function* customerLines(
  { rows }: JobsReading,
  job: LiveJob,
  { requests, lines }: Deciders,
  written: (rows: number) => void,
): AsyncGenerator<string> {
  const isImport = job.action === 'import';
  yield `row,customer,state,request,record,code,message${isImport ? ',date,expiry' : ''}\r\n`;
  let text = '';
  let count = 0;
  for (const { row, chunk } of rows.placed(job.key)) {
    const isSent = chunk !== null && row.state !== 'waiting';
    const decided = (): string => {
      if (row.terms !== null) return lines.ofAward(row.customer, row.terms);
      return takesBack(job.action) ? lines.of(row.issuedId) : requests.of(chunk ?? 0, Number(row.customer));
    };
    const request = isSent ? decided() : '';
    text += rowText(row, request, isImport);
    count += 1;
    if (count % PORTION !== 0) continue;
    yield text;
    text = '';
    written(count);
    await othersTurn();
  }
  yield text;
  written(count);
}

/** What is written of a live job, and where it is told how far that is. */
export interface AuditOrder {
  /** Absolute real path; it may be open, and the job may run. */
  workspaceFile: string;
  jobKey: number;
  now: Instant;
  progress(report: { done: number; total: number }): void;
}

/**
 * Writes the audit pack of a live job, as a folder or a zip, all of one instant of the workspace.
 *
 * @returns how many customers and lines are in it
 * @throws Failure `not-found`, `conflict` while the customers are still being read, or why nothing was written
 */
export async function writeAuditPack(order: AuditOrder, target: ExportTarget): Promise<number> {
  const { workspaceFile, jobKey, now, progress } = order;
  const reading = readJobs(workspaceFile);
  try {
    const job = reading.jobs.get(jobKey);
    if (job.state === 'reading') throw new Failure('conflict', message('audit.reading'));
    const kept = jobOrigin.safeParse(reading.settings.kept(`jobOrigin:${jobKey}`));
    const origin = kept.success ? kept.data : null;
    const deciders = { requests: new RequestsOfCustomers(job.uid), lines: new LinesOfRecords() };
    let rows = 0;
    const written = (count: number): void => {
      rows = count;
      progress({ done: count, total: Math.max(count, job.total) });
    };
    const contents: [string, Iterable<string> | AsyncIterable<string>][] = [
      ['readme.txt', [README]],
      [ABOUT, [jsonText(aboutOf(job, reading, origin, now))]],
      ['badge.json', [jsonText(seenText(origin?.badge ?? null))]],
      // Before the customers, who are told by what is found in them.
      ['requests.jsonl', requestLines(reading, job, deciders)],
      ['customers.csv', customerLines(reading, job, deciders, written)],
    ];
    await writeFiles(withManifest(contents), target, {
      ...PACKING,
      failed: (reason) => message('audit.notPacked', { reason }),
    });
    return rows;
  } finally {
    reading.close();
  }
}

/** Files as they are written, and behind them their manifest. */
export function* withManifest(
  contents: readonly (readonly [string, Iterable<string> | AsyncIterable<string>])[],
): Generator<ExportedFile> {
  const manifest: AuditManifest = { schema: 'laurel/audit-manifest@1', files: [] };
  for (const [name, content] of contents) {
    yield { name, content: measured(content, (bytes, sha256) => manifest.files.push({ name, bytes, sha256 })) };
  }
  yield { name: MANIFEST, content: measured([manifestText(manifest)], () => undefined) };
}

async function* measured(
  content: Iterable<string> | AsyncIterable<string>,
  done: (bytes: number, sha256: string) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const text of content) {
    const bytes = Buffer.from(text, 'utf8');
    hash.update(bytes);
    length += bytes.length;
    yield bytes;
  }
  done(length, hash.digest('hex'));
}
