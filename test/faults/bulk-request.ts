import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { runFaulted, type Fault, type FaultedEnd } from './fault-library';
import { look } from './look';
import { damage, leftovers, wordsMissing, type FaultScenario, type Programs } from './scenario';
import { badgeText, LIVE } from '../domain/badge-bodies';

const CUSTOMERS = 400;

const call = (folder: string, { cli }: Programs, requestId: string, customers: string, ...more: string[]) => [
  cli,
  'issue',
  `--workspace=${path.join(folder, 'w.laurel')}`,
  `--badge=${path.join(folder, 'given-badge.json')}`,
  `--customers=${path.join(folder, customers)}`,
  '--action=award',
  '--owner=Loyalty:626',
  `--request-id=${requestId}`,
  ...more,
];

/** `laurel issue` on a workspace that has a request already, with every row written to a file. */
export const bulkRequest: FaultScenario = {
  name: 'bulk',
  async prepare(folder, programs) {
    writeFileSync(path.join(folder, 'given-badge.json'), badgeText(LIVE));
    writeFileSync(path.join(folder, 'given-three.csv'), '1\n2\n3\n');
    const many = Array.from({ length: CUSTOMERS }, (_, index) => `${String(index + 1)}\n`).join('');
    writeFileSync(path.join(folder, 'given-many.csv'), many);
    const end = await runFaulted(call(folder, programs, 'before', 'given-three.csv'), folder, null);
    if (end.code !== 0) throw new Error(`The scenario cannot be prepared: ${end.error}`);
  },
  async run(folder, programs, fault) {
    const out = path.join(folder, 'result.csv');
    const end = await runFaulted(call(folder, programs, 'faulted', 'given-many.csv', '--out', out), folder, fault);
    return { end, problems: [...wordsMissing(end), ...(await judge(folder, end, fault))] };
  },
};

async function judge(folder: string, end: FaultedEnd, fault: Fault | null): Promise<string[]> {
  const problems: string[] = [];
  const noted = notedJobs(folder);
  const { notices, failure, requests } = await look(folder);
  if (failure !== null) return [`the next start was refused: ${failure}`];
  problems.push(...damage(folder), ...leftovers(folder));
  const counts = new Map(requests.map(({ requestId, succeeded }) => [requestId, succeeded]));
  if (counts.get('before') !== 3) problems.push('the request before is gone');
  const found = counts.get('faulted');
  if (found !== undefined && found !== CUSTOMERS) problems.push(`the request has ${String(found)} customers`);
  if (requests.length > 2) problems.push(`there are ${String(requests.length)} requests`);
  if (end.code === 0 && found === undefined) problems.push('it said that it was done, and it is not there');
  const said = `${end.out}\n${end.error}`;
  if (found !== undefined && /nothing (?:of it )?was (?:kept|issued|changed)/i.test(said)) {
    problems.push(`it is there, and this was said: ${said.trim().slice(0, 300)}`);
  }
  const told = notices.join(' ');
  if (noted > 0 && found === undefined && !told.includes('cut short'))
    problems.push(`nobody says that it was cut short: ${told}`);
  if (noted > 0 && found !== undefined && !told.includes('had just finished'))
    problems.push(`nobody says that it is done: ${told}`);
  if (end.signal === null && noted > 0 && fault?.lasting !== true)
    problems.push('it ended in order, and is noted as cut short');
  problems.push(...rowsProblems(folder, end));
  return problems;
}

/** Long work that the workspace still notes as under way. */
function notedJobs(folder: string): number {
  try {
    const connection = new Database(path.join(folder, 'w.laurel'));
    try {
      return connection.prepare('SELECT count(*) FROM jobs').pluck().get() as number;
    } finally {
      connection.close();
    }
  } catch {
    return 0;
  }
}

/** A file of results is whole or not there. */
function rowsProblems(folder: string, end: FaultedEnd): string[] {
  const file = path.join(folder, 'result.csv');
  if (!existsSync(file)) return end.code === 0 ? ['the file of results is missing'] : [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
  return lines === CUSTOMERS + 1 ? [] : [`the file of results has ${String(lines)} lines`];
}
