import { hash } from 'node:crypto';
import path from 'node:path';
import { dropDocument, keepDocument, keptDocuments } from '../../../db/workspace/kept-documents';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { readJson } from '../../../shared/domain/json';
import { badgeFileText } from '../../../shared/gateway/badge-file';
import { mergeDocuments } from '../../../shared/gateway/merge-documents';
import { Failure } from '../../../shared/ipc/errors';
import {
  MOST_KEPT_SCENARIOS,
  POLICY_ENDING,
  SCENARIO_ENDING,
  type KeptScenario,
  type NamedBadge,
  type keptScenariosMethods,
} from '../../../shared/ipc/kept-scenarios-contract';
import type { PolicyText } from '../../../shared/ipc/policies-contract';
import type { HandlersOf } from '../../../shared/ipc/serve';
import type { ScenarioBody, ScenarioOpening } from '../../../shared/ipc/simulation-contract';
import { fileNameOf } from '../../../shared/simulation/file-name';
import { finding } from '../../../shared/simulation/json-path';
import { serialiseScenario } from '../../../shared/simulation/scenario-file';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { message } from '../../../shared/words/message';
import { folderPathOf } from '../folder/kept-folder';
import { scenarioWithBadges, type ScenarioFile } from './load-scenario';
import { namedFrom, openedScenario, inWords, type ReadScenario } from './scenario-files';
import { bodyOf, type SimulationContext, type Simulations } from './simulations';

/** Letters of a file's name, without its ending. */
const LONGEST_NAME = 60;

type Opened = ReadScenario | (ScenarioFile & { ok: false });

/** Handlers of `scenarios.*`: scenarios of the workspace and the policies beside them, which its folder has as files. */
export function keptScenariosHandlers(
  { workspace, files }: SimulationContext,
  simulations: Pick<Simulations, 'csvOf'>,
): HandlersOf<typeof keptScenariosMethods> {
  const { settings } = workspace;

  /** Where a document lies, for what it names; null without a folder. */
  const folderOf = (file: string): string | null => {
    const folder = folderPathOf(settings);
    return folder === null ? null : path.join(folder, ...path.posix.dirname(file).split('/'));
  };

  const read = (file: string, text: string): Opened => {
    const reading = readJson(text);
    if (!reading.ok) return { ok: false, findings: [finding('', jsonMistake(reading.mistake))] };
    const folder = folderOf(file);
    if (folder !== null) return scenarioWithBadges(reading.value, folder);
    const named = badgesOf(reading.value).flatMap(({ badge }, index) =>
      typeof badge === 'string'
        ? [
            finding(
              `badges[${index}].badge`,
              message('scenarios.ofFile', { file: badge, reason: message('keptScenarios.noFolder') }),
            ),
          ]
        : [],
    );
    if (named.length > 0) return { ok: false, findings: named };
    // No file is named from anywhere: what it says of transactions is told, and not looked for.
    const found = scenarioWithBadges(reading.value, path.sep);
    return found.ok ? { ...found, folder: null } : found;
  };

  return {
    'scenarios.list': () => {
      const documents = keptDocuments(settings);
      const beside = policiesIn(documents);
      return [...documents]
        .filter(([file]) => file.endsWith(SCENARIO_ENDING))
        .map(([file, text]): KeptScenario => ({
          ...{ file, name: calledIn(file, text), version: versionOf(text, beside.get(file)) },
          policies: beside.get(file)?.length ?? 0,
        }))
        .sort(byName);
    },

    'scenarios.find': ({ search, limit }) => {
      const words = search.toLowerCase().split(/\s+/);
      return [...keptDocuments(settings)]
        .filter(([file]) => file.endsWith(SCENARIO_ENDING))
        .map(([file, text]) => ({ file, name: calledIn(file, text) }))
        .filter(({ file, name }) => words.every((word) => `${name}\n${file}`.toLowerCase().includes(word)))
        .sort(byName)
        .slice(0, limit);
    },

    'scenarios.open': ({ file }) => {
      const documents = keptDocuments(settings);
      const text = documents.get(file);
      if (text === undefined) throw gone();
      const policies = policiesOf(documents, file);
      const opened = read(file, text);
      const named = namedIn(objectIn(text), opened);
      const kept = { file, version: versionIn(documents, file), named };
      const name = path.posix.basename(file);
      const opening: ScenarioOpening = opened.ok
        ? openedScenario(
            files,
            name,
            opened,
            policies.flatMap(({ name: called, body }) => (body === null ? [] : [{ name: called, body }])),
          )
        : { ok: false, name, mistakes: inWords(opened.findings) };
      return { ...opening, kept };
    },

    'scenarios.keep': ({ scenario, policies, kept }) => {
      const csv = simulations.csvOf(scenario.events);
      return workspace.transaction(() => {
        const documents = keptDocuments(settings);
        if (kept !== null && !kept.replace && versionIn(documents, kept.file) !== kept.version)
          throw new Failure(
            'conflict',
            message(documents.has(kept.file) ? 'keptScenarios.moved' : 'keptScenarios.gone'),
          );
        const file = kept?.file ?? freeFile(documents, '', nameOf(scenario.body), SCENARIO_ENDING);
        const count = [...documents.keys()].filter((one) => one.endsWith(SCENARIO_ENDING)).length;
        if (!documents.has(file) && count >= MOST_KEPT_SCENARIOS)
          throw new Failure('invalid-input', message('keptScenarios.tooMany', { most: MOST_KEPT_SCENARIOS }));
        const before = documents.get(file);
        const asBefore = before === undefined ? null : objectIn(before);
        const resolved = before === undefined ? null : read(file, before);
        const now = namedIn(asBefore, resolved);
        const written = withEvents(bodyOf(scenario), csv, folderOf(file), asBefore);
        const { body, named, moved } = withReferences(written, now, kept?.named ?? now);
        keepDocument(settings, file, textLike(body, asBefore));
        const beside = keepPolicies(file, policies);
        return { file, version: versionIn(keptDocuments(settings), file), named, policies: beside, moved };
      });
    },

    'scenarios.remove': ({ file }) =>
      workspace.transaction(() => {
        const documents = keptDocuments(settings);
        if (!documents.has(file)) throw gone();
        const all = [file, ...policiesOf(documents, file).map((policy) => policy.file)];
        for (const one of all) dropDocument(settings, one);
        return { removed: all.map((one) => ({ file: one, text: documents.get(one) ?? '' })) };
      }),

    'scenarios.putBack': ({ documents }) =>
      workspace.transaction(() => {
        const there = keptDocuments(settings);
        for (const { file, text } of documents)
          if (!there.has(file) && [SCENARIO_ENDING, POLICY_ENDING].some((ending) => file.endsWith(ending)))
            keepDocument(settings, file, text);
        return null;
      }),
  };

  /** Keeps these policies beside a scenario, and none besides. @returns them as they are called now */
  function keepPolicies(scenario: string, policies: readonly PolicyText[]): PolicyText[] {
    const documents = new Map(keptDocuments(settings));
    const left = new Map(policiesOf(documents, scenario).map((policy) => [policy.name, policy]));
    const kept = policies.map(({ name, body }): PolicyText => {
      const known = left.get(name);
      left.delete(name);
      const file = known?.file ?? freeFile(documents, path.posix.dirname(scenario), name, POLICY_ENDING);
      const named = { ...body, scenario: path.posix.relative(path.posix.dirname(file), scenario) };
      const text = textLike(named, known === undefined ? null : known.body);
      keepDocument(settings, file, text);
      documents.set(file, text);
      return { name: path.posix.basename(file), body: named };
    });
    for (const { file } of left.values()) dropDocument(settings, file);
    return kept;
  }
}

const gone = (): Failure => new Failure('not-found', message('keptScenarios.gone'));

function objectIn(text: string): JsonObject | null {
  const reading = readJson(text);
  return reading.ok && isObject(reading.value) ? reading.value : null;
}

const stemOf = (file: string, ending: string): string => path.posix.basename(file).slice(0, -ending.length);

/** What a scenario is called: as it says, or as its file. */
function calledIn(file: string, text: string): string {
  const name = objectIn(text)?.['name'];
  return typeof name === 'string' && name.trim() !== '' ? name : stemOf(file, SCENARIO_ENDING);
}

type Named = Pick<KeptScenario, 'file' | 'name'>;
const byName = (one: Named, other: Named): number =>
  one.name.localeCompare(other.name) || (one.file < other.file ? -1 : 1);

const nameOf = (body: ScenarioBody): string => (typeof body['name'] === 'string' ? body['name'] : '');

interface KeptPolicy {
  file: string;
  name: string;
  text: string;
  /** Null where it can no longer be read. */
  body: JsonObject | null;
}

/** The policies of a workspace by the file of the scenario that they name. */
function policiesIn(documents: ReadonlyMap<string, string>): Map<string, KeptPolicy[]> {
  const found = new Map<string, KeptPolicy[]>();
  for (const [file, text] of documents) {
    if (!file.endsWith(POLICY_ENDING)) continue;
    const body = objectIn(text);
    const named = body?.['scenario'];
    if (typeof named !== 'string') continue;
    const scenario = path.posix.join(path.posix.dirname(file), named);
    found.set(scenario, [...(found.get(scenario) ?? []), { file, name: path.posix.basename(file), text, body }]);
  }
  return found;
}

const policiesOf = (documents: ReadonlyMap<string, string>, scenario: string): KeptPolicy[] =>
  policiesIn(documents).get(scenario) ?? [];

const versionOf = (text: string | undefined, beside: readonly KeptPolicy[] = []): string =>
  hash('sha256', JSON.stringify([text ?? null, beside.map((policy) => [policy.file, policy.text])]), 'hex');

const versionIn = (documents: ReadonlyMap<string, string>, file: string): string =>
  versionOf(documents.get(file), policiesOf(documents, file));

/** What Windows takes for a device, whatever ending follows. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A path of which no document has one, in any letters: case does not tell files apart everywhere. */
function freeFile(documents: ReadonlyMap<string, string>, folder: string, name: string, ending: string): string {
  const taken = new Set([...documents.keys()].map((file) => file.normalize('NFC').toLowerCase()));
  const words = name.endsWith(ending) ? name.slice(0, -ending.length) : name;
  const short = Array.from(fileNameOf(words, 'scenario')).slice(0, LONGEST_NAME).join('');
  const stem = DEVICE.test(short) ? `${short}-1` : short;
  for (let number = 1; ; number += 1) {
    const file = path.posix.join(folder, `${stem}${number === 1 ? '' : `-${String(number)}`}${ending}`);
    if (!taken.has(file.normalize('NFC').toLowerCase())) return file;
  }
}

/** The text of a document, its keys as they stood before: git shows what changed, and nothing besides. */
function textLike(body: JsonObject, before: JsonObject | null): string {
  const like = before === null ? body : mergeDocuments({ base: before, draft: body, file: before }).merged;
  return serialiseScenario(like);
}

function badgesOf(body: unknown): JsonObject[] {
  const badges = isObject(body) ? body['badges'] : null;
  return Array.isArray(badges) ? badges.filter(isObject) : [];
}

const badgeDigest = (badge: JsonObject): string => hash('sha256', badgeFileText(badge), 'hex');

/** The badges that a scenario takes from files, as these are now. */
function namedIn(said: JsonObject | null, resolved: Opened | null): NamedBadge[] {
  if (said === null || resolved?.ok !== true) return [];
  return badgesOf(said).flatMap(({ key, badge: file }, index) => {
    const badge = badgesOf(resolved.body)[index]?.['badge'];
    return typeof key === 'string' && typeof file === 'string' && isObject(badge)
      ? [{ key, file, digest: badgeDigest(badge) }]
      : [];
  });
}

/**
 * Puts the names of badge files back where the badges are as those files have them now, or had them when the scenario was opened: then
 * nobody turned the badge, and the file goes on.
 *
 * @returns `named` as the editor has them, `moved` the files whose badge is another now
 */
function withReferences(
  body: JsonObject,
  now: readonly NamedBadge[],
  opened: readonly NamedBadge[],
): { body: JsonObject; named: NamedBadge[]; moved: string[] } {
  const named: NamedBadge[] = [];
  const moved: string[] = [];
  if (now.length === 0 || !Array.isArray(body['badges'])) return { body, named, moved };
  const badges = (body['badges'] as unknown[]).map((entry) => {
    if (!isObject(entry) || !isObject(entry['badge'])) return entry;
    const known = now.find(({ key }) => key === entry['key']);
    if (known === undefined) return entry;
    const digest = badgeDigest(entry['badge']);
    const isAsOpened = opened.some(
      (each) => each.key === known.key && each.file === known.file && each.digest === digest,
    );
    if (digest !== known.digest && !isAsOpened) return entry;
    named.push({ ...known, digest });
    if (digest !== known.digest) moved.push(known.file);
    return { ...entry, badge: known.file };
  });
  return { body: { ...body, badges }, named, moved };
}

/** Names the transactions as the folder of the scenario does; as before, where they are not at hand. */
function withEvents(
  body: JsonObject,
  csv: string | null,
  folder: string | null,
  before: JsonObject | null,
): JsonObject {
  const events = body['events'];
  if (!isObject(events)) return body;
  const old = isObject(before?.['events']) ? before['events']['csv'] : undefined;
  const shown = events['csv'];
  const isOld = typeof old === 'string' && path.posix.basename(old) === shown;
  const named = csv !== null && folder !== null ? namedFrom(folder, csv) : isOld ? old : shown;
  return { ...body, events: { ...events, csv: named } };
}
