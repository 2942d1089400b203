import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { readRegularText, strangeKindOf } from '../../../disk/regular-file';
import { reasonOf } from '../../../disk/system-reasons';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { Finding } from '../../../shared/simulation/json-path';
import { prepareScenario, type PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import { lintScenario } from '../../../shared/simulation/lint';
import type { SimulationJob } from './run';
import { setInScenario, type Setting } from '../../../shared/simulation/scenario-value';

/** A scenario file that was read, its badges put in place of their paths. */
export type LoadedScenario =
  | { ok: true; prepared: PreparedScenario; job: SimulationJob; warnings: Finding[] }
  | { ok: false; findings: Finding[] };

/** A scenario file as it stands, the bodies of its badge files in place of their paths. */
export type ScenarioFile =
  { ok: true; body: unknown; folder: string; badgeFiles: string[] } | { ok: false; findings: Finding[] };

/** Bytes. A scenario is some kilobytes long; what is so much longer is another file, and would only take the memory. */
const LARGEST = 64_000_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readJson(file: string): { value: unknown } | { reason: string } {
  try {
    return { value: JSON.parse(readRegularText(file, LARGEST)) as unknown };
  } catch (error) {
    return {
      reason: error instanceof SyntaxError ? `is not JSON: ${error.message}` : `cannot be read: ${reasonOf(error)}`,
    };
  }
}

/** Puts the bodies of badge files in place of their paths, which are relative to the scenario's folder. */
function withBadgeBodies(body: unknown, folder: string, findings: Finding[], files: string[]): unknown {
  if (!isObject(body) || !Array.isArray(body['badges'])) return body;
  const badges = body['badges'].map((entry: unknown, index) => {
    if (!isObject(entry) || typeof entry['badge'] !== 'string') return entry;
    files.push(entry['badge']);
    const read = readJson(path.resolve(folder, entry['badge']));
    if ('value' in read) return { ...entry, badge: read.value };
    findings.push({ path: `badges[${index}].badge`, message: `${entry['badge']} ${read.reason}` });
    return entry;
  });
  return { ...body, badges };
}

/** Reads a scenario file with the badge files it names; what is wrong inside is not looked at. */
export function readScenarioFile(file: string): ScenarioFile {
  const read = readJson(file);
  if ('reason' in read) return { ok: false, findings: [{ path: '', message: read.reason }] };
  const folder = path.dirname(path.resolve(file));
  const findings: Finding[] = [];
  const badgeFiles: string[] = [];
  const body = withBadgeBodies(read.value, folder, findings, badgeFiles);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, body, folder, badgeFiles };
}

/**
 * Reads a scenario file with the badge files it names, applies settings, checks and lints it.
 *
 * @param file path of the scenario; paths inside it are relative to its folder
 * @param settings changes of single values, applied after badge files were put in place
 */
export function loadScenario(
  file: string,
  settings: readonly Setting[] = [],
  host: Partial<OrgSettings> = {},
): LoadedScenario {
  const read = readScenarioFile(file);
  if (!read.ok) return read;
  const { body, folder } = read;
  const findings = settings.flatMap((setting): Finding[] => {
    const message = setInScenario(body, setting);
    return message === null ? [] : [{ path: setting.path, message }];
  });
  if (findings.length > 0) return { ok: false, findings };
  return checkScenario(body, folder, host);
}

/** Why a file cannot be read, in words; null: it can be. */
export function unreadable(file: string): string | null {
  try {
    accessSync(file, constants.R_OK);
    return strangeKindOf(statSync(file));
  } catch (error) {
    return reasonOf(error);
  }
}

/** Checks and lints a scenario whose badges are bodies. @param folder what the path of its events is relative to */
export function checkScenario(body: unknown, folder: string, host: Partial<OrgSettings> = {}): LoadedScenario {
  const preparation = prepareScenario(body, host);
  if (!preparation.ok) return preparation;
  const { prepared } = preparation;
  const { events } = prepared.scenario;
  const csv = events === null ? null : path.resolve(folder, events.csv);
  const reason = csv === null ? null : unreadable(csv);
  if (reason !== null) {
    return { ok: false, findings: [{ path: 'events.csv', message: `${events?.csv ?? ''} cannot be read: ${reason}` }] };
  }
  return { ok: true, prepared, job: { body, settings: host, csv }, warnings: lintScenario(prepared, body) };
}
