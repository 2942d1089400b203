import path from 'node:path';
import { readRegular } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { readJson } from '../../../shared/domain/json';
import { readJsonBytes } from '../../../shared/domain/json-bytes';
import { finding, type Finding } from '../../../shared/simulation/json-path';
import { message, type Message } from '../../../shared/words/message';
import { isTooDeep, TOO_DEEP } from '../../../shared/simulation/nesting';
import { prepareScenario, type PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import { lintScenario } from '../../../shared/simulation/lint';
import { fileNamedIn, NOTHING_NAMED, type NamedByPerson } from './named-files';
import { settingsOfRules, type ResultRules } from '../../../shared/simulation/result-rules';
import type { SimulationJob } from './run';
import { withScenarioTexts } from '../../../shared/simulation/scenario-texts';
import { partsOfPath, setInScenario, type Setting } from '../../../shared/simulation/scenario-value';

/** The folder of a scenario, and the badges that it takes from files below. */
export interface BadgeFiles {
  folder: string;
  named: readonly NamedBadgeFile[];
}

/** A scenario file that was read, its badges put in place of their paths. */
export type LoadedScenario =
  | { ok: true; prepared: PreparedScenario; job: SimulationJob; warnings: Finding[]; badgeFiles: BadgeFiles }
  | { ok: false; findings: Finding[] };

/** A scenario file as it stands, the bodies of its badge files in place of their paths. */
export type ScenarioFile =
  | { ok: true; body: unknown; folder: string; badgeFiles: string[]; namedBadges: NamedBadgeFile[] }
  | { ok: false; findings: Finding[] };

/** A badge that a scenario takes from a file, as it names it. */
export interface NamedBadgeFile {
  /** Of the badge in the scenario. */
  key: string;
  file: string;
}

/** Bytes. A scenario is some kilobytes long; what is so much longer is another file, and would only take the memory. */
const LARGEST = 64_000_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readJsonFile(file: string): { value: unknown } | { reason: Message } {
  try {
    const decoded = readJsonBytes(readRegular(file, LARGEST), TextDecoder);
    if (!decoded.ok) return { reason: message('scenarios.text', { text: decoded.reason }) };
    const reading = readJson(decoded.text);
    if (reading.ok) return reading;
    // What stands at the place may be anybody's: of a file that a scenario only names, no word is shown.
    const { line, column, isTooDeep: isNestedTooDeep } = reading.mistake;
    if (isNestedTooDeep) return { reason: TOO_DEEP };
    return { reason: message('scenarios.notJson', { line: String(line), column: String(column) }) };
  } catch (error) {
    return { reason: message('scenarios.cannotBeRead', { reason: causeOf(error) }) };
  }
}

/** Puts the bodies of badge files in place of their paths, which are relative to the scenario's folder. */
function withBadgeBodies(
  body: unknown,
  folder: string,
  named: NamedByPerson,
  findings: Finding[],
  files: NamedBadgeFile[],
): unknown {
  if (!isObject(body) || !Array.isArray(body['badges'])) return body;
  const badges = body['badges'].map((entry: unknown, index) => {
    if (!isObject(entry) || typeof entry['badge'] !== 'string') return entry;
    files.push({ key: typeof entry['key'] === 'string' ? entry['key'] : '', file: entry['badge'] });
    const found = fileNamedIn(folder, entry['badge'], named);
    const read = found.ok ? readJsonFile(found.path) : found;
    if ('value' in read) return { ...entry, badge: read.value };
    findings.push(
      finding(`badges[${index}].badge`, message('scenarios.ofFile', { file: entry['badge'], reason: read.reason })),
    );
    return entry;
  });
  return { ...body, badges };
}

/**
 * Reads a scenario file with the badge files it names; what is wrong inside is not looked at.
 *
 * @param named files outside its folder that it may read all the same
 */
export function readScenarioFile(file: string, named: NamedByPerson = NOTHING_NAMED): ScenarioFile {
  const read = readJsonFile(file);
  if ('reason' in read) return { ok: false, findings: [finding('', read.reason)] };
  return scenarioWithBadges(read.value, path.dirname(path.resolve(file)), named);
}

/** A scenario with the badge files it names, which lie relative to its folder. @param named as of {@link readScenarioFile} */
export function scenarioWithBadges(value: unknown, folder: string, named: NamedByPerson = NOTHING_NAMED): ScenarioFile {
  const findings: Finding[] = [];
  const namedBadges: NamedBadgeFile[] = [];
  const body = withScenarioTexts(withBadgeBodies(value, folder, named, findings, namedBadges));
  const badgeFiles = namedBadges.map(({ file }) => file);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, body, folder, badgeFiles, namedBadges };
}

/**
 * Reads a scenario file with the badge files it names, applies settings, checks and lints it.
 *
 * @param file path of the scenario; paths inside it are relative to its folder
 * @param settings changes of single values, applied after badge files were put in place
 * @param named files outside its folder that it may read all the same
 * @param rules that it is judged by; null: as Laurel reads the documents
 */
export function loadScenario(
  file: string,
  settings: readonly Setting[] = [],
  named: NamedByPerson = NOTHING_NAMED,
  rules: ResultRules | null = null,
): LoadedScenario {
  // Whoever sets the file of transactions by hand has named it.
  const folder = path.dirname(path.resolve(file));
  const csv = settings.filter(({ path: at }) => partsOfPath(at).join('.') === 'events.csv').at(-1)?.value;
  const paths = typeof csv === 'string' ? [...named.paths, path.resolve(folder, csv)] : named.paths;
  const read = readScenarioFile(file, named);
  if (!read.ok) return read;
  const { body } = read;
  if (isTooDeep(body)) return { ok: false, findings: [finding('', TOO_DEEP)] };
  const findings = settings.flatMap((setting): Finding[] => {
    const reason = setInScenario(body, setting);
    return reason === null ? [] : [finding(setting.path, reason)];
  });
  if (findings.length > 0) return { ok: false, findings };
  const checked = checkScenario(body, folder, { paths }, rules);
  return checked.ok ? { ...checked, badgeFiles: { folder, named: read.namedBadges } } : checked;
}

/** Checks and lints a scenario whose badges are bodies. @param folder what the path of its events is relative to */
export function checkScenario(
  body: unknown,
  folder: string,
  named: NamedByPerson = NOTHING_NAMED,
  rules: ResultRules | null = null,
): LoadedScenario {
  const settings = settingsOfRules(rules);
  const preparation = prepareScenario(body, settings);
  if (!preparation.ok) return preparation;
  const { prepared } = preparation;
  const { events } = prepared.scenario;
  const csv = events === null ? null : fileNamedIn(folder, events.csv, named);
  if (csv !== null && !csv.ok)
    return {
      ok: false,
      findings: [finding('events.csv', message('scenarios.ofFile', { file: events?.csv ?? '', reason: csv.reason }))],
    };
  const judged = rules === null ? {} : { rules };
  const job = { body, settings, ...judged, csv: csv === null ? null : csv.path };
  return { ok: true, prepared, job, warnings: lintScenario(prepared, body), badgeFiles: { folder, named: [] } };
}
