import { randomUUID } from 'node:crypto';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { withPlainValues } from '../../../shared/ipc/errors';
import { plainWords } from '../../../shared/ipc/plain-words';
import type { PolicyOpening, PolicyText } from '../../../shared/ipc/policies-contract';
import type { Finding } from '../../../shared/simulation/json-path';
import { finding } from '../../../shared/simulation/json-path';
import { message } from '../../../shared/words/message';
import type { GrantedFiles } from '../files/granted-files';
import { fileNamedIn, type NamedByPerson } from './named-files';
import { ENDING, readPolicyFile } from './policies';

/** Policies beside a scenario that are looked into; a folder may hold thousands of files. */
const MOST_BESIDE = 100;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Mistakes quote the file they are in. */
const inWords = (findings: readonly Finding[]): Finding[] =>
  findings.map(({ path: place, message: text, words }) => ({
    path: plainWords(place),
    message: plainWords(text),
    ...(words === undefined ? {} : { words: withPlainValues(words) }),
  }));

/** The policies in a scenario's folder that name it, also those that have mistakes: their judgement tells them. */
export function policiesBeside(file: string): PolicyText[] {
  const folder = path.dirname(file);
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  } catch {
    return [];
  }
  const real = realpathSync.native(file);
  return names
    .sort()
    .slice(0, MOST_BESIDE)
    .flatMap((name) => {
      const { body } = readPolicyFile(path.join(folder, name));
      if (!isObject(body) || typeof body['scenario'] !== 'string') return [];
      const found = fileNamedIn(folder, body['scenario'], { paths: [] });
      return found.ok && found.path === real ? [{ name, body }] : [];
    });
}

/**
 * Opens a policy file, with a token for the scenario that it names in its own folder.
 *
 * @param token of the file a person chose
 * @throws Failure `not-found` when that file is no longer at hand
 */
export function openPolicyFile(files: GrantedFiles, token: string): PolicyOpening {
  const chosen = files.find(token, 'read');
  const { name } = chosen;
  const read = readPolicyFile(chosen.path);
  if (!read.ok) return { ok: false, name, mistakes: inWords(read.findings) };
  if (!isObject(read.body)) return { ok: false, name, mistakes: [finding('', message('scenarios.noFileName'))] };
  const { body, policy } = read;
  const named: NamedByPerson = { paths: files.readable() };
  const found = fileNamedIn(path.dirname(chosen.path), policy.scenario, named);
  if (!found.ok || !statSync(found.path).isFile()) return { ok: true, policy: { name, body }, scenario: null };
  const bytes = statSync(found.path).size;
  const scenario = { token: randomUUID(), name: path.basename(found.path), bytes };
  files.grant(scenario.token, { path: found.path, name: scenario.name, bytes, mode: 'read' });
  return { ok: true, policy: { name, body }, scenario };
}
