import { opendirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DraftLine } from '../../../db/workspace/draft-list';
import { readLibrary, type Library } from '../../../db/workspace/read-library';
import { BADGE_STATUSES } from '../../../shared/domain/badge';
import { fromMilliseconds, toIsoExact, type Instant } from '../../../shared/domain/instant';
import { inEnglish } from '../../../shared/words/english';
import { readRegularText } from '../../disk/regular-file';
import { reasonOf } from '../../disk/system-reasons';
import { plainFailure } from '../plain-failure';
import type { Roots } from './roots';
import { tool, type Tool, type ToolContext } from './tool';

const ENDINGS = { badge: '.badge.json', scenario: '.scenario.json', policy: '.policy.json' } as const;
type FileKind = keyof typeof ENDINGS;
const KINDS = Object.keys(ENDINGS) as FileKind[];

/** Folders and files looked at by one call. */
const MOST_LOOKED_AT = 50_000;
const DEEPEST = 12;
/** Bytes of a file whose text is given. */
const LARGEST_TEXT = 2_000_000;

const iso = (instant: Instant | null): string | null => (instant === null ? null : toIsoExact(instant));

const shownLine = ({ startOn, expiresOn, changedOn, ...line }: DraftLine): object => ({
  ...line,
  startOn: iso(startOn),
  expiresOn: iso(expiresOn),
  changedOn: iso(changedOn),
});

/** Badge, scenario and policy files below a folder; links that lead out of the roots are passed over. */
function filesBelow(roots: Roots, folder: string, kinds: readonly FileKind[], most: number) {
  const files: { path: string; kind: FileKind; bytes: number }[] = [];
  let looked = 0;
  let isWhole = true;
  const walk = (below: string, depth: number): void => {
    const entries = [];
    const directory = opendirSync(below);
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        looked += 1;
        if (looked > MOST_LOOKED_AT) {
          isWhole = false;
          break;
        }
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') entries.push(entry);
      }
    } finally {
      directory.closeSync();
    }
    entries.sort((left, right) => (left.name < right.name ? -1 : 1));
    for (const entry of entries) {
      const place = path.join(below, entry.name);
      if (entry.isDirectory()) {
        if (depth < DEEPEST) walk(place, depth + 1);
        else isWhole = false;
        continue;
      }
      const kind = kinds.find((each) => entry.name.endsWith(ENDINGS[each]));
      if (kind === undefined || !isReadable(roots, place)) continue;
      if (files.length >= most) {
        isWhole = false;
        return;
      }
      files.push({ path: roots.nameOf(place), kind, bytes: statSync(place).size });
    }
  };
  walk(folder, 0);
  return { files, isWhole };
}

function isReadable(roots: Roots, place: string): boolean {
  try {
    const real = realpathSync.native(place);
    return roots.holds(real) && statSync(real).isFile();
  } catch {
    return false;
  }
}

function fileTools(roots: Roots): Tool[] {
  return [
    tool(
      {
        name: 'list_files',
        title: 'List badge, scenario and policy files',
        description:
          'Lists the badge (*.badge.json), scenario (*.scenario.json) and policy (*.policy.json) files below the folders that may be read. isWhole is false where not all are listed.',
        input: z.strictObject({
          folder: z.string().min(1).max(4_000).optional().describe('A folder inside; default: all that may be read.'),
          kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).default(KINDS).describe('Which files.'),
          most: z.int().min(1).max(5_000).default(500).describe('Files to list at most.'),
        }),
      },
      ({ folder, kinds, most }) => {
        const folders = folder === undefined ? roots.folders : [roots.find(folder)];
        try {
          const found = folders.map((each) => filesBelow(roots, each, kinds, most));
          const files = found.flatMap((each) => each.files);
          const isWhole = files.length <= most && found.every((each) => each.isWhole);
          return { folders: roots.folders, files: files.slice(0, most), isWhole };
        } catch (error) {
          if (!(error instanceof Error && 'syscall' in error)) throw error;
          throw plainFailure('not-found', `${folder ?? 'The folder'} cannot be listed: ${reasonOf(error)}.`);
        }
      },
    ),
    tool(
      {
        name: 'read_file',
        title: 'Read a badge, scenario or policy file',
        description:
          'Gives the text of a *.badge.json, *.scenario.json or *.policy.json file inside the folders that may be read.',
        input: z.strictObject({ path: z.string().min(1).max(4_000).describe('As list_files names it.') }),
      },
      ({ path: name }) => {
        const file = roots.find(name);
        // The file itself counts, not what a link to it is called.
        const kind = KINDS.find((each) => file.endsWith(ENDINGS[each]));
        if (kind === undefined)
          throw plainFailure(
            'invalid-input',
            `${name} is no badge, scenario or policy file; only these are read here.`,
          );
        try {
          return { path: roots.nameOf(file), kind, text: readRegularText(file, LARGEST_TEXT) };
        } catch (error) {
          throw plainFailure(
            'not-found',
            `${name} cannot be read: ${reasonOf(error)}. list_files names what is there.`,
          );
        }
      },
    ),
  ];
}

function reading<T>(workspace: string, work: (library: Library) => T): T {
  const library = readLibrary(workspace);
  try {
    return work(library);
  } finally {
    library.close();
  }
}

const noneNamed = (): Error =>
  plainFailure(
    'invalid-input',
    'No workspace was named, so there is no library to read: start laurel mcp with --workspace FILE.',
  );

/** Tools that read the badges of a workspace and the files of folders. */
export function libraryTools({ roots, workspace }: ToolContext): Tool[] {
  const now = (): Instant => fromMilliseconds(Date.now());
  return [
    ...fileTools(roots),
    tool(
      {
        name: 'list_badges',
        title: 'List badges of the workspace',
        description:
          'Lists the badges of the workspace that was named with --workspace, with status, dates, owners, tags and how many mistakes each has. Every word of search must occur in name, description, tags or id.',
        input: z.strictObject({
          search: z.string().max(200).default('').describe('Words; empty: all.'),
          status: z.array(z.enum(BADGE_STATUSES)).max(BADGE_STATUSES.length).default([]).describe('Empty: any.'),
          withProblems: z.boolean().default(false).describe('Only badges with mistakes.'),
          offset: z.int().min(0).max(1_000_000).default(0).describe('How many to pass over.'),
          limit: z.int().min(1).max(500).default(100).describe('How many to list.'),
        }),
      },
      ({ search, status, withProblems, offset, limit }) => {
        if (workspace === null) throw noneNamed();
        const filter = { search, status, earnType: [], owner: [], tag: [], withProblems };
        return reading(workspace, ({ list }) => {
          const { total, lines } = list.page(filter, { by: 'name', descending: false }, offset, limit, now());
          return { total, offset, badges: lines.map(shownLine) };
        });
      },
    ),
    tool(
      {
        name: 'get_badge',
        title: 'Read a badge of the workspace',
        description:
          "Gives one badge of the workspace: the body of its create call as text, its revision, its claims, and every mistake with the gateway's code and advice.",
        input: z.strictObject({ id: z.string().min(1).max(64).describe('As list_badges names it, 24 hex digits.') }),
      },
      ({ id }) => {
        if (workspace === null) throw noneNamed();
        return reading(workspace, ({ drafts, list }) => {
          const draft = drafts.find(id);
          if (draft === undefined)
            throw plainFailure(
              'not-found',
              `There is no badge ${id} in this workspace. list_badges names those there are.`,
            );
          const { issues, warnings } = drafts.inspect(draft);
          const line = list.line(draft.key, now());
          return {
            ...{ id, revision: draft.revision, migration: draft.migration, body: draft.body },
            ...(line === undefined ? {} : { summary: shownLine(line) }),
            claims: draft.claims
              .filter(({ isActive }) => isActive)
              .map(({ ownerType, referenceId }) => ({ ownerType, referenceId })),
            mistakes: issues.map(({ code, message, reference, path: field, advice }) => ({
              ...{ code, message, reference },
              path: field,
              advice: inEnglish(advice),
            })),
            warnings: warnings.map(({ code, message, path: field }) => ({
              code,
              message: inEnglish(message),
              path: field,
            })),
          };
        });
      },
    ),
  ];
}
