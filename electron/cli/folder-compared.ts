import path from 'node:path';
import { storeFiles } from '../../db/store-files';
import type { NamedOrg, OrgWork } from '../backend/sync/open-org-work';
import {
  FolderPartners,
  readFolderPartners,
  readPartnersFile,
  requireAbout,
} from '../backend/sync/plans/partners-file';
import { readBadgeFolder, type BadgeFolder } from '../backend/sync/plans/badge-folder';
import { Failure } from '../../shared/ipc/errors';
import { readFolderDefinitions, type FolderDefinitions } from '../backend/badges/definitions-file';
import {
  asksForPartners,
  compareFolder,
  type CommonPast,
  type FolderDefinition,
  type FolderLine,
} from '../backend/sync/plans/folder-side';
import type { KeptFile } from '../disk/output-place';
import { reasonOf } from '../disk/system-reasons';
import { fromMilliseconds, type Instant } from '../../shared/domain/instant';
import { fromMeaningText, toMeaningText } from '../../shared/gateway/meaning-text';
import { meaningThere } from '../../shared/gateway/references';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { UsageError, type CommandOptions, type Terminal } from './command';
import { openToldOrg, ORG_OPTIONS, readNow, toldOrg, type OrgValues } from './org-option';
import { plainFailure } from './plain-failure';

export const FOLDER_OPTIONS = {
  ...ORG_OPTIONS,
  only: { type: 'string', multiple: true },
  base: { type: 'string', completes: 'folders' },
  partners: { type: 'string', completes: 'files' },
  migration: { type: 'boolean', default: false },
  now: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

export const FOLDER_HELP = `  DIR               a folder with *.badge.json files, at any depth; or one such file. Groups and custom fields stand in one
                    *.definitions.json (laurel/definitions@1), which the window writes; without it they are left alone
  --only NAME       only the badge of this name; may be repeated
  --base DIR        the folder as it was last brought to the org, such as a git worktree of that commit: what only the
                    org changed since, or both sides changed, is a conflict then. Without it the folder counts wherever
                    they differ
  --partners FILE   what the org calls the tills, programs, promotions, strategies and coupon series that the badges name by
                    ids of another org (laurel/partners@1). Unless given, each *.partners.json of the folder and of those
                    above it counts, up to the root of its git repository, or else to where the command runs. Where there
                    is none, ids are taken to be those of the org
  --migration       badges are created with X-CAP-BADGES-MIGRATION: a start date in the past is allowed
  --now ISO         judge dates as of then, for a practice org whose clock stands still`;

/** Values that parseArgs gives for {@link FOLDER_OPTIONS}. */
export interface FolderValues extends OrgValues {
  only?: string[] | undefined;
  base?: string | undefined;
  partners?: string | undefined;
  migration: boolean;
  now?: string | undefined;
}

/** A folder beside an org. */
export interface Compared {
  definitions: readonly FolderDefinition[];
  lines: readonly FolderLine[];
  work: OrgWork;
  /** The file that says how the ids of a badge become those of the org, or that they are those; null: none. */
  partnersOf(badge: string): string | null;
}

/**
 * Compares a folder with the org that a command was told, and gives both to the work.
 *
 * @param options `beforeAsking` hears, before any org is asked, of every file that is read
 * @throws UsageError, Failure
 */
export async function withCompared<T>(
  positionals: readonly string[],
  values: FolderValues,
  terminal: Terminal,
  work: (compared: Compared) => Promise<T> | T,
  { beforeAsking }: { beforeAsking?(read: readonly KeptFile[]): void } = {},
): Promise<T> {
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError('Name one folder with badge files.');
  const { cwd } = terminal;
  const now = fromMilliseconds(Date.now());
  const judgedOn = readNow(values.now);
  const badges = readFolder(cwd, folder, now, values.partners === undefined);
  const base = values.base === undefined ? null : readFolder(cwd, values.base, now, true);
  beforeAsking?.(filesRead(cwd, values, [badges, ...(base === null ? [] : [base])]));
  const told = await toldOrg(values, cwd, 'read');
  try {
    const partners = values.partners === undefined ? badges.partners : chosenPartners(cwd, values.partners, told.org);
    if (values.only === undefined) requireOwn(cwd, partners, badges, now);
    const opened = await openToldOrg(told, terminal);
    try {
      const { definitions, lines } = await compareFolder(
        opened.context,
        opened.connection,
        opened.session,
        badges,
        {
          ...{ only: values.only ?? null, migration: values.migration, judgedOn, partners },
          past: pastOf(base, base?.partners ?? (values.partners === undefined ? null : partners), told.org),
          ...{ definitions: badges.definitions, definitionsPast: base === null ? undefined : base.definitions },
        },
        {
          signal: terminal.signal,
          progress: ({ done, total }) =>
            terminal.draw(`Reading ${told.org.name}: ${String(done)} of ${String(total ?? '?')} badges …`),
        },
      );
      terminal.draw('');
      const missing = (values.only ?? []).find((name) => !lines.some((line) => line.name === name));
      if (missing !== undefined) throw nowhere(missing, folder, told.org.name, badges);
      const isAsked = asksForPartners(told.org);
      return await work({
        ...{ definitions, lines, work: opened },
        partnersOf: (badge) => {
          const terms = partners?.termsOf(badge, told.org.baseUrl, isAsked) ?? null;
          return terms === null ? (partners?.ownFileOf(badge, told.org.baseUrl) ?? null) : terms.file;
        },
      });
    } finally {
      opened.close();
    }
  } finally {
    told.close();
  }
}

/** Every file that a comparison reads: of the folder and of its base, the chosen partners, and what says of the org. */
function filesRead(cwd: string, values: FolderValues, folders: readonly ReadFolder[]): KeptFile[] {
  const { partners, workspace, org } = values;
  const kept = (file: string, what: string): KeptFile => ({ path: path.resolve(cwd, file), what });
  return [
    ...folders.flatMap(({ read }) => read),
    ...(partners === undefined ? [] : [kept(partners, 'the file of partners')]),
    ...(workspace === undefined ? [] : [storeFiles(path.resolve(cwd, workspace))]),
    ...(org?.endsWith('.json') === true ? [kept(org, 'the file of the connection')] : []),
  ];
}

function nowhere(name: string, folder: string, org: string, { unreadable }: BadgeFolder): UsageError {
  const files = unreadable.map(({ file }) => file).join(', ');
  const odd = files === '' ? '' : ` Of ${folder} these cannot be read as badges: ${files}.`;
  return new UsageError(`Neither ${folder} nor ${org} has a badge “${name}”.${odd}`);
}

/** @throws Failure where the file is about other orgs */
function chosenPartners(cwd: string, file: string, { baseUrl }: NamedOrg): FolderPartners {
  const partners = new FolderPartners([readPartnersFile(cwd, file)]);
  requireAbout(partners, file, baseUrl);
  return partners;
}

/**
 * A badge that a table means, and that is called otherwise now, would be translated although it has the ids of the org.
 *
 * @throws Failure where a table names a badge that neither the folder nor the folder of the table has
 */
function requireOwn(cwd: string, partners: FolderPartners | null, badges: BadgeFolder, now: Instant): void {
  const namesIn = ({ badges: all, shared }: BadgeFolder): string[] => [...all, ...shared].map(({ name }) => name);
  const here = new Set(namesIn(badges));
  for (const { file, own, to } of partners?.files ?? []) {
    if (own.every((name) => here.has(name))) continue;
    const beside = new Set(namesIn(readBadgeFolder(cwd, path.dirname(file), now)));
    const name = own.find((each) => !here.has(each) && !beside.has(each));
    if (name !== undefined)
      throw new Failure('invalid-input', message('partners.ownNowhere', { file, name, org: to.name }));
  }
}

interface ReadFolder extends BadgeFolder {
  definitions: FolderDefinitions | null;
  partners: FolderPartners | null;
  read: readonly KeptFile[];
}

/** @param withPartners whether its tables of partners count */
function readFolder(cwd: string, folder: string, now: Instant, withPartners: boolean): ReadFolder {
  let badges: BadgeFolder;
  let definitions: FolderDefinitions | null;
  let partners: FolderPartners | null;
  try {
    badges = readBadgeFolder(cwd, folder, now);
    definitions = readFolderDefinitions(cwd, folder);
    partners = withPartners ? readFolderPartners(cwd, folder) : null;
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw plainFailure('not-found', `${folder} cannot be read: ${reasonOf(error)}. Nothing was asked of any org.`);
  }
  const files = [
    ...[...badges.badges, ...badges.unreadable].map(({ file }) => file),
    ...badges.shared.flatMap((shared) => shared.files),
  ];
  const others = [...(definitions === null ? [] : [definitions]), ...(partners?.files ?? [])];
  return {
    definitions,
    partners,
    read: [
      ...files.map((file) => ({ path: path.resolve(cwd, file), what: 'a badge file' })),
      ...others.map(({ file }) => ({ path: path.resolve(cwd, file), what: 'a file of the folder' })),
    ],
    badges: badges.badges.map((badge) => ({ ...badge, file: inFolder(cwd, folder, badge.file) })),
    unreadable: badges.unreadable.map((badge) => ({ ...badge, file: inFolder(cwd, folder, badge.file) })),
    shared: badges.shared.map(({ name, files }) => ({ name, files: files.map((file) => inFolder(cwd, folder, file)) })),
  };
}

/** A file below a folder is called from there, with slashes on every system; one that was named itself keeps its name. */
function inFolder(cwd: string, folder: string, file: string): string {
  const relative = path.relative(path.resolve(cwd, folder), path.resolve(cwd, file));
  return relative === '' ? file : relative.split(path.sep).join('/');
}

/** What the folder was, with the ids that the org was sent then. */
function pastOf(base: BadgeFolder | null, partners: FolderPartners | null, org: NamedOrg): CommonPast {
  if (base === null) return () => undefined;
  const meanings = new Map(base.badges.map(({ name, meaning }) => [name, meaning]));
  return ({ name }) => {
    const meaning = meanings.get(name);
    if (meaning === undefined) return null;
    const terms = partners?.termsOf(name, org.baseUrl, asksForPartners(org)) ?? null;
    return terms === null ? meaning : toMeaningText(meaningThere(fromMeaningText(meaning), terms.translation));
  };
}

/** What is to be known of a line before it can be planned: `  723  startOn: Start Date cannot change …`. */
export function heldLines({ held }: FolderLine): string[] {
  if (held === null) return [];
  return [
    `  ${inEnglish(held.reason)}`,
    ...held.errors.map(
      ({ code, message, path: place, advice }) =>
        `    ${String(code)}  ${place === null || place === '' ? '' : `${place}: `}${message}${advice === null ? '' : ` (${inEnglish(advice)})`}`,
    ),
  ];
}

/** What stands in the way of a badge, as `--json` prints it. */
export const errorsInJson = ({ errors }: NonNullable<FolderLine['held']>): object[] =>
  errors.map(({ code, message: text, path: place, advice }) => ({
    ...{ code, message: text, path: place, advice: advice && inEnglish(advice) },
  }));

/** `Group “Summer”`, `Custom field “Season”`. */
export const definitionName = ({ kind, name }: Pick<FolderDefinition, 'kind' | 'name'>): string =>
  `${kind === 'group' ? 'Group' : 'Custom field'} “${name}”`;
