import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { writeWhole } from '../../disk/whole-file';
import type { OpenedScenario, ScenarioBody, ScenarioOpening } from '../../../shared/ipc/simulation-contract';
import { numberTexts } from '../../../shared/domain/json';
import type { Finding } from '../../../shared/simulation/json-path';
import { withPlainValues } from '../../../shared/ipc/errors';
import { plainWords } from '../../../shared/ipc/plain-words';
import { readScenario } from '../../../shared/simulation/scenario';
import { serialiseScenario } from '../../../shared/simulation/scenario-file';
import type { GrantedFiles } from '../files/granted-files';
import { readScenarioFile, type ScenarioFile } from './load-scenario';
import type { PolicyText } from '../../../shared/ipc/policies-contract';
import { bytesOfTable } from '../tables/table-files';
import { fileNamedIn, type NamedByPerson } from './named-files';
import { policiesBeside } from './policy-files';
import { message } from '../../../shared/words/message';

type Events = NonNullable<OpenedScenario['events']>;

/** Mistakes quote the file they are in. */
export function inWords(findings: readonly Finding[]): Finding[] {
  return findings.map(({ path, message, words }) => ({
    path: plainWords(path),
    message: plainWords(message),
    ...(words === undefined ? {} : { words: withPlainValues(words) }),
  }));
}

/** The files that a person chose or dropped: a scenario may name those wherever they lie. */
function chosenBy(files: GrantedFiles): NamedByPerson {
  return { paths: files.readable() };
}

/** The transactions a scenario names, granted to the page by a token, or why they cannot be read. */
function grantEvents(csv: string, folder: string | null, files: GrantedFiles): Events {
  if (folder === null) {
    const reason = message('scenarios.ofFile', { file: csv, reason: message('keptScenarios.noFolder') });
    return { found: false, name: path.basename(csv), reason };
  }
  const found = fileNamedIn(folder, csv, chosenBy(files));
  const name = path.basename(path.resolve(folder, csv));
  if (!found.ok)
    return { found: false, name, reason: message('scenarios.ofFile', { file: csv, reason: found.reason }) };
  const file = found.path;
  const bytes = bytesOfTable(file);
  const token = randomUUID();
  files.grant(token, { path: file, name, bytes, mode: 'read' });
  return { found: true, file: { token, name, bytes } };
}

/**
 * Opens a scenario file as the command line does: badge files and transactions are relative to its folder.
 *
 * A file that is no scenario is refused with everything that is wrong in it. Mistakes of its badges are no reason: the
 * check of the scenario tells them.
 *
 * @param token of the file a person chose
 * @throws Failure `not-found` when that file is no longer at hand
 */
export function openScenarioFile(files: GrantedFiles, token: string): ScenarioOpening {
  const chosen = files.find(token, 'read');
  const { name } = chosen;
  const read = readScenarioFile(chosen.path, chosenBy(files));
  if (!read.ok) return { ok: false, name, mistakes: inWords(read.findings) };
  return openedScenario(files, name, read, policiesBeside(chosen.path));
}

/** A scenario that was read; `folder` null: there is none in which its transactions could lie. */
export type ReadScenario = Omit<ScenarioFile & { ok: true }, 'folder'> & { folder: string | null };

/**
 * A scenario that was read, as the page works with it.
 *
 * @param name of its file
 * @param policies beside it
 */
export function openedScenario(
  files: GrantedFiles,
  name: string,
  read: ReadScenario,
  policies: readonly PolicyText[],
): ScenarioOpening {
  const reading = readScenario(read.body);
  if (!reading.ok) return { ok: false, name, mistakes: inWords(reading.findings) };
  const body = read.body as ScenarioBody;
  const { events: named } = reading.scenario;
  if (named === null)
    return {
      ok: true,
      scenario: { name, body, numbers: numberTexts(body), badgeFiles: read.badgeFiles, events: null, policies },
    };
  const events = grantEvents(named.csv, read.folder, files);
  // The page works with the file's name; where it lies is known behind its token.
  const shown = events.found ? { ...body, events: { ...(body['events'] as object), csv: events.file.name } } : body;
  const { badgeFiles } = read;
  return { ok: true, scenario: { name, body: shown, numbers: numberTexts(shown), badgeFiles, events, policies } };
}

/** How a file in one folder names another: with slashes everywhere, and never as a path from the root. */
export function namedFrom(folder: string, file: string): string {
  const relative = path.relative(folder, file);
  return path.isAbsolute(relative) ? path.basename(file) : relative.split(path.sep).join('/');
}

/**
 * Writes a scenario so that the command line runs it to the same bytes: its transactions named relative to the new file.
 *
 * @param csv absolute path of the transactions; null: there are none, or they are not at hand
 * @throws Failure in plain words when the file cannot be written
 */
export async function saveScenarioFile(target: string, body: ScenarioBody, csv: string | null): Promise<void> {
  const written =
    csv === null
      ? body
      : { ...body, events: { ...(body['events'] as object), csv: namedFrom(path.dirname(target), csv) } };
  await writeWhole(target, serialiseScenario(written));
}
