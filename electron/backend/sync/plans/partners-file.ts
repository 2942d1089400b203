import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readJson, repeatedKey } from '../../../../shared/domain/json';
import {
  byReference,
  firstDouble,
  isReferenceId,
  REFERENCE_KINDS,
  Translation,
  type Partner,
} from '../../../../shared/gateway/references';
import { referenceMessage } from '../../../../shared/gateway/reference-words';
import { Failure } from '../../../../shared/ipc/errors';
import { jsonMistake } from '../../../../shared/words/json-mistakes';
import { message, type Message } from '../../../../shared/words/message';
import { filesBelow } from '../../../disk/files-below';
import { readRegularText } from '../../../disk/regular-file';
import { causeOf } from '../../../disk/system-reasons';
import { readBaseUrl } from '../connections/base-url';
import type { PlannedPartners } from './plan-file';

/** What such a file ends in, and how it names what it is. */
const PARTNERS_ENDING = '.partners.json';
const SCHEMA = 'laurel/partners@1';

const LONGEST = 8_000_000;

const org = z.strictObject({ name: z.string().trim().min(1).max(200), address: z.string().max(2_000) });
/** As badge files write it: a number, but for the reference of a claim. */
const idText = z.union([z.int().transform(String), z.string().max(1_000)]);
const partnersFile = z.strictObject({
  schema: z.literal(SCHEMA),
  from: org,
  to: org,
  partners: z
    .array(
      z.strictObject({
        kind: z.enum(REFERENCE_KINDS),
        owner: z.string().min(1).max(200).optional(),
        from: idText,
        to: idText,
      }),
    )
    .max(10_000),
  own: z.array(z.string().min(1).max(10_000)).max(100_000).default([]),
});

/** An org as people know it, by the address where it is. */
export interface OrgAtAddress {
  name: string;
  /** Scheme, host and port. */
  address: string;
}

/** What things of one org are called in another, as a file has it. */
export interface PartnersFile {
  /** As the person knows it. */
  file: string;
  /** The org whose ids the badges of the folder carry. */
  from: OrgAtAddress;
  to: OrgAtAddress;
  partners: readonly Partner[];
  /** Names of badges that carry the ids of `to`. */
  own: readonly string[];
}

/** How the ids of one badge of a folder become those of an org. */
export interface FolderTerms {
  home: OrgAtAddress;
  /** The file that says so; null: none does, and nothing has a partner. */
  file: string | null;
  translation: Translation;
}

/** The text of such a file: keys in one order, partners by kind and id, two spaces, one final line break. */
export function writePartners({ from, to, partners, own }: Omit<PartnersFile, 'file'>): string {
  const idOf = (kind: string, id: string): string | number => (kind === 'claim' ? id : Number(id));
  const sorted = partners.toSorted((one, other) =>
    byReference({ ...one, id: one.source }, { ...other, id: other.source }),
  );
  return `${JSON.stringify(
    {
      schema: SCHEMA,
      from: { name: from.name, address: from.address },
      to: { name: to.name, address: to.address },
      partners: sorted.map(({ kind, owner, source, target }) => ({
        ...(owner === null ? { kind } : { kind, owner }),
        ...{ from: idOf(kind, source), to: idOf(kind, target) },
      })),
      ...(own.length === 0 ? {} : { own: own.toSorted() }),
    },
    null,
    2,
  )}\n`;
}

/** What a file of partners says. @param file as the person knows it @throws Failure `invalid-input` */
function readPartners(text: string, file: string): PartnersFile {
  const reading = readJson(text);
  if (!reading.ok) throw refused(message('partners.notJson', { file, mistake: jsonMistake(reading.mistake) }));
  const repeated = repeatedKey(text);
  if (repeated !== null) throw refused(message('partners.keyTwice', { file, key: repeated }));
  const parsed = partnersFile.safeParse(reading.value);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    throw refused(message('partners.unlike', { file, place: place === '' ? SCHEMA : place }));
  }
  const { from, to, own } = parsed.data;
  const partners = parsed.data.partners.map(({ kind, owner, from: source, to: target }, index): Partner => {
    const isRight = isReferenceId(kind, source) && isReferenceId(kind, target);
    if (!isRight || (owner === undefined) === (kind === 'claim'))
      throw refused(message('partners.unlike', { file, place: `partners.${String(index)}` }));
    return { kind, owner: owner ?? null, source, target };
  });
  const double = firstDouble(partners);
  if (double !== null) {
    const { partner, side } = double;
    const called = side === 'source' ? from.name : to.name;
    const what = referenceMessage({ ...partner, id: partner[side] });
    throw refused(message('partners.twice', { file, org: called, what }));
  }
  const at = ({ name, address }: OrgAtAddress, place: string): OrgAtAddress => {
    try {
      return { name, address: readBaseUrl(address) };
    } catch {
      throw refused(message('partners.unlike', { file, place: `${place}.address` }));
    }
  };
  const read = { file, from: at(from, 'from'), to: at(to, 'to'), partners, own };
  if (read.from.address === read.to.address) throw refused(message('partners.oneOrg', { file }));
  return read;
}

/** @param file as the person knows it @throws Failure `invalid-input` */
export function readPartnersFile(cwd: string, place: string, file = place): PartnersFile {
  let text: string;
  try {
    text = readRegularText(path.resolve(cwd, place), LONGEST);
  } catch (error) {
    throw refused(message('partners.unreadable', { file, reason: causeOf(error) }));
  }
  return readPartners(text, file);
}

const isTable = (file: string): boolean => file.toLowerCase().endsWith(PARTNERS_ENDING);

/**
 * The tables that count for a folder or one file: those below it, beside it, and in the folders above. These are looked at up to
 * the root of the git repository that it is in; outside of one, up to the folder where the command runs.
 */
function tablesFor(cwd: string, place: string): string[] {
  const there = path.resolve(cwd, place);
  if (!statSync(there).isDirectory()) return foldersUp(cwd, path.dirname(there)).flatMap((up) => tablesIn(cwd, up));
  const below = filesBelow(cwd, [place], '').filter(isTable);
  return [...below, ...foldersUp(cwd, there).flatMap((up) => (up === there ? [] : tablesIn(cwd, up)))];
}

function foldersUp(cwd: string, folder: string): string[] {
  const all = [folder];
  for (let up = path.dirname(folder); up !== all.at(-1); up = path.dirname(up)) all.push(up);
  const root = all.findIndex((up) => existsSync(path.join(up, '.git')));
  const last = root === -1 ? all.indexOf(path.resolve(cwd)) : root;
  return all.slice(0, Math.max(last, 0) + 1);
}

function tablesIn(cwd: string, folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && isTable(entry.name))
    .map(({ name }) => path.relative(cwd, path.join(folder, name)))
    .sort();
}

/**
 * The files of partners that count for a folder or one file, one for each org that its badges go to.
 *
 * @throws Failure `invalid-input`; the system's error for the folder
 */
export function readFolderPartners(cwd: string, place: string): FolderPartners | null {
  const files = tablesFor(cwd, place);
  return files.length === 0 ? null : new FolderPartners(files.map((file) => readPartnersFile(cwd, file)));
}

/**
 * The file that a plan names, with those that count beside it: another may have come to say of which org the ids of a badge are. A
 * file that is not called like a table was named by a person, and counts alone.
 *
 * @throws Failure `invalid-input`
 */
export function readPartnersBeside(cwd: string, file: string): FolderPartners {
  const named = readPartnersFile(cwd, file);
  if (!isTable(file)) return new FolderPartners([named]);
  const others = tablesFor(cwd, path.dirname(file)).filter(
    (each) => path.resolve(cwd, each) !== path.resolve(cwd, file),
  );
  return new FolderPartners([named, ...others.map((each) => readPartnersFile(cwd, each))]);
}

/** Of which org the ids are that badges of a folder carry, and what other orgs call them. */
export class FolderPartners {
  /** The org whose ids the badges of the folder carry, but for those that a file names as another's own. */
  readonly from: OrgAtAddress;
  readonly files: readonly PartnersFile[];

  /** @throws Failure `invalid-input` where two files contradict each other */
  constructor(files: readonly PartnersFile[]) {
    const [first] = files;
    if (first === undefined) throw new Error('no file of partners');
    this.from = first.from;
    this.files = files;
    const own = new Map<string, string>();
    for (const [index, { file, from, to, own: names }] of files.entries()) {
      if (from.address !== this.from.address) {
        const [one, org] = [first.file, first.from.name];
        throw refused(message('partners.severalHomes', { one, org, other: file, otherOrg: from.name }));
      }
      const twin = files.slice(0, index).find((each) => each.to.address === to.address);
      if (twin) throw refused(message('partners.sameTarget', { one: twin.file, other: file, org: to.name }));
      for (const name of names) {
        const before = own.get(name);
        if (before !== undefined) throw refused(message('partners.ownTwice', { one: before, other: file, name }));
        own.set(name, file);
      }
    }
  }

  /** The org whose ids a badge carries. */
  homeOf(name: string): OrgAtAddress {
    return this.files.find(({ own }) => own.includes(name))?.to ?? this.from;
  }

  /** The file that says that a badge carries the ids of the org at an address; null: it carries those of another. */
  ownFileOf(name: string, address: string): string | null {
    if (this.homeOf(name).address !== address) return null;
    return (this.files.find(({ own }) => own.includes(name)) ??
      this.files.find(({ from }) => from.address === address))!.file;
  }

  /** Whether any file is about the org at an address. */
  knows(address: string): boolean {
    return this.files.some(({ from, to }) => from.address === address || to.address === address);
  }

  /**
   * How a badge's ids become those of an org.
   *
   * @param isAsked whether an org that no file is about asks for partners, too; a practice org does not
   * @returns null: they are its own, or it asks for none
   */
  termsOf(name: string, address: string, isAsked: boolean): FolderTerms | null {
    const home = this.homeOf(name);
    if (home.address === address || (!isAsked && !this.knows(address))) return null;
    const joins = (one: OrgAtAddress, other: OrgAtAddress): boolean =>
      one.address === home.address && other.address === address;
    const there = this.files.find(({ from, to }) => joins(from, to));
    if (there) return { home, file: there.file, translation: new Translation(there.partners, 'there') };
    const back = this.files.find(({ from, to }) => joins(to, from));
    if (back) return { home, file: back.file, translation: new Translation(back.partners, 'back') };
    return { home, file: null, translation: new Translation([], 'there') };
  }
}

/**
 * @param file as the person named it
 * @throws Failure `invalid-input`: it is about other orgs than the one at the address
 */
export function requireAbout(partners: FolderPartners, file: string, address: string): void {
  if (partners.knows(address)) return;
  const to = partners.files.map((each) => each.to.name).join(', ');
  throw refused(message('partners.otherOrg', { file, from: partners.from.name, to, address }));
}

/**
 * What of the partners that a plan rests on is said otherwise now.
 *
 * @param termsOf how a badge's ids become those of the org now; null: it carries those of the org
 */
export function changedPartners(
  planned: readonly PlannedPartners[],
  { name: orgName, address }: OrgAtAddress,
  termsOf: (badge: string) => Pick<FolderTerms, 'home' | 'translation'> | null,
): Message[] {
  const changed: Message[] = [];
  for (const { from, badges, table } of planned) {
    for (const name of badges) {
      const terms = termsOf(name);
      if ((terms?.home.address ?? address) !== from.address)
        changed.push(message('partners.homeMoved', { name, org: from.name, now: terms?.home.name ?? orgName }));
    }
    const [some] = badges;
    const terms = some === undefined ? null : termsOf(some);
    if (terms?.home.address !== from.address) continue;
    for (const { kind, owner = null, from: id, to } of table) {
      const now = terms.translation.of({ kind, owner, id });
      if (now === to) continue;
      const what = referenceMessage({ kind, owner, id });
      changed.push(
        now === null
          ? message('partners.gone', { what, home: from.name, org: orgName, before: to })
          : message('partners.moved', { what, home: from.name, org: orgName, before: to, now }),
      );
    }
  }
  return changed;
}

function refused(words: Message): Failure {
  return new Failure('invalid-input', words);
}
