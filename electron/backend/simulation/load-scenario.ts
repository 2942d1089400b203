import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read';
  return error instanceof Error ? error.message : String(error);
}

function readJson(file: string): { value: unknown } | { reason: string } {
  try {
    const text = readFileSync(file, 'utf8');
    return { value: JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text) as unknown };
  } catch (error) {
    return {
      reason: error instanceof SyntaxError ? `is not JSON: ${error.message}` : `cannot be read: ${reasonOf(error)}`,
    };
  }
}

/** Puts the bodies of badge files in place of their paths, which are relative to the scenario's folder. */
function withBadgeBodies(body: unknown, folder: string, findings: Finding[]): unknown {
  if (!isObject(body) || !Array.isArray(body['badges'])) return body;
  const badges = body['badges'].map((entry: unknown, index) => {
    if (!isObject(entry) || typeof entry['badge'] !== 'string') return entry;
    const read = readJson(path.resolve(folder, entry['badge']));
    if ('value' in read) return { ...entry, badge: read.value };
    findings.push({ path: `badges[${index}].badge`, message: `${entry['badge']} ${read.reason}` });
    return entry;
  });
  return { ...body, badges };
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
  const read = readJson(file);
  if ('reason' in read) return { ok: false, findings: [{ path: '', message: read.reason }] };
  const folder = path.dirname(path.resolve(file));
  const findings: Finding[] = [];
  const body = withBadgeBodies(read.value, folder, findings);
  for (const setting of settings) {
    const reason = setInScenario(body, setting);
    if (reason !== null) findings.push({ path: setting.path, message: reason });
  }
  if (findings.length > 0) return { ok: false, findings };
  return checkScenario(body, folder, host);
}

/** Checks and lints a scenario whose badges are bodies. @param folder what the path of its events is relative to */
export function checkScenario(body: unknown, folder: string, host: Partial<OrgSettings> = {}): LoadedScenario {
  const preparation = prepareScenario(body, host);
  if (!preparation.ok) return preparation;
  const { prepared } = preparation;
  const { events } = prepared.scenario;
  const csv = events === null ? null : path.resolve(folder, events.csv);
  if (csv !== null && events !== null) {
    try {
      accessSync(csv, constants.R_OK);
    } catch (error) {
      return {
        ok: false,
        findings: [{ path: 'events.csv', message: `${events.csv} cannot be read: ${reasonOf(error)}` }],
      };
    }
  }
  return { ok: true, prepared, job: { body, settings: host, csv }, warnings: lintScenario(prepared, body) };
}
