import { readFileSync } from 'node:fs';
import { arch, platform, release, totalmem } from 'node:os';
import path from 'node:path';
import { backupView, storedBackups } from '../../../db/backups/backups';
import { readBackupNote } from '../../../db/backups/place';
import { readPair } from '../../../db/backups/pair';
import { orgFileOf } from '../../../db/kinds';
import { updateCopies } from '../../../db/backups/update-copies';
import { readLastDeath } from '../../disk/last-death';
import { writeWhole } from '../../disk/whole-file';
import { toIso, type Instant } from '../../../shared/domain/instant';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import { inEnglish } from '../../../shared/words/english';
import { message, type MessagePart } from '../../../shared/words/message';
import type { GrantedFiles } from '../files/granted-files';

/** Facts of a start that a support case needs. */
export interface DiagnosticsFacts {
  workspaceFile: string;
  appVersion: string;
  /** The runtime in words, with the process that hosts the backend. */
  runtime: MessagePart;
  /** Absolute; null where nothing is logged, as on the command line. */
  logFolder: string | null;
  now: Instant;
  /** What is known of an open workspace; the failure where it cannot be opened. */
  workspace: OpenFacts | Failure;
}

/** What only an open workspace tells. */
export interface OpenFacts {
  settings: Readonly<OrgSettings>;
  /** Of each connection only what kind it is: names, addresses and accounts say who somebody's customers are. */
  connections: readonly { kind: string; auth: string }[];
  /** The settings of the network as kinds and numbers alone. */
  network: Readonly<Record<string, string | number | boolean>>;
}

const LOG_LINES = 400;
const LOG_BYTES = 1024 * 1024;

/**
 * What a support case needs, as a text in JSON. It is put together from what is named here, never by taking things out of
 * something larger: a secret, a customer or a name of a person's work cannot be in it unless it is a setting's name.
 */
function diagnosticsText(facts: DiagnosticsFacts): string {
  const { workspaceFile } = facts;
  const document = {
    format: 'laurel/diagnostics@1',
    madeOn: toIso(facts.now, 'UTC'),
    laurel: facts.appVersion,
    runtime: typeof facts.runtime === 'object' ? inEnglish(facts.runtime) : facts.runtime,
    node: process.versions.node,
    system: {
      platform: platform(),
      release: release(),
      arch: arch(),
      memoryMegabytes: Math.round(totalmem() / 2 ** 20),
    },
    ...workspaceOf(facts.workspace),
    files: filesOf(workspaceFile),
    lastDeath: facts.logFolder === null ? null : readLastDeath(facts.logFolder),
    backups: {
      interval: readBackupNote(workspaceFile).interval,
      elsewhere: readBackupNote(workspaceFile).folder !== null,
      made: storedBackups(workspaceFile)
        .map(backupView)
        .map(({ madeOn, occasion, bytes, bar, appVersion }) => ({
          madeOn: toIso(madeOn, 'UTC'),
          occasion,
          bytes,
          bar,
          appVersion,
        })),
      copies: updateCopies(workspaceFile).map(({ of, madeOn, bytes }) => ({ of, madeOn: toIso(madeOn, 'UTC'), bytes })),
    },
    log: facts.logFolder === null ? [] : logOf(facts.logFolder),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function workspaceOf(workspace: DiagnosticsFacts['workspace']): object {
  // The sentence names files; its key says what it is about.
  if (workspace instanceof Failure) return { refused: { code: workspace.code, said: workspace.words.key } };
  const { settings, connections, network } = workspace;
  return {
    // A name or a text is free for people to choose; all others are numbers, switches and words of our own.
    settings: { ...settings, memberCareOwnerType: settings.memberCareOwnerType === '' ? 'none' : 'set' },
    connections,
    network,
  };
}

function filesOf(workspaceFile: string): unknown {
  try {
    const { schema, counts } = readPair({ workspace: workspaceFile, org: orgFileOf(workspaceFile) });
    return { integrity: 'ok', schema, counts };
  } catch (error) {
    return { integrity: error instanceof Error ? ((error as { code?: unknown }).code ?? error.name) : 'unknown' };
  }
}

/** The end of the log, of each line only what the program itself wrote: when, how bad, which event, and where in the code. */
function logOf(folder: string): unknown[] {
  let text: string;
  try {
    text = readFileSync(path.join(folder, 'backend.log'), 'utf8').slice(-LOG_BYTES);
  } catch {
    return [];
  }
  return text.split('\n').slice(-LOG_LINES).flatMap(logLine);
}

function logLine(line: string): unknown[] {
  try {
    const { time, level, msg, method, err } = JSON.parse(line) as Record<string, unknown>;
    const { type, code, stack } = (err ?? {}) as Record<string, unknown>;
    return [{ time, level, msg, method, ...(err === undefined ? {} : { error: { type, code, at: placesIn(stack) } }) }];
  } catch {
    // Cut at its beginning, or written by something else.
    return [];
  }
}

/** Where in the code an error came from. Its message is left out: it may quote what a person typed. */
function placesIn(stack: unknown): string[] {
  if (typeof stack !== 'string') return [];
  const places = stack.matchAll(/^\s+at (?:(?:async )?([\w.#<> ]+) \()?(?:.*[/\\])?([\w.-]+:\d+:\d+)\)?$/gm);
  return [...places].map(([, name, place]) => (name === undefined ? String(place) : `${name} ${String(place)}`));
}

/** Handlers of `diagnostics.*`: what is saved is what was shown. */
export function diagnosticsHandlers(
  files: GrantedFiles,
  facts: () => DiagnosticsFacts,
): Pick<Handlers, 'diagnostics.make' | 'diagnostics.save'> {
  let shown: string | null = null;
  return {
    'diagnostics.make': () => {
      shown = diagnosticsText(facts());
      return { text: shown };
    },
    'diagnostics.save': async ({ target }) => {
      if (shown === null) throw new Failure('conflict', message('diagnostics.notShown'));
      const { path: file, name } = files.output(target);
      await writeWhole(file, shown, { name });
      return { name };
    },
  };
}
