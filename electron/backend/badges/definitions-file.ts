import path from 'node:path';
import { z } from 'zod';
import { readJson } from '../../../shared/domain/json';
import type { ProgrammeGroup } from '../../../shared/domain/programme';
import type { FieldDefinition } from '../../../shared/gateway/definitions';
import { Failure } from '../../../shared/ipc/errors';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { message, type Message } from '../../../shared/words/message';
import { filesBelow } from '../../disk/files-below';
import { readRegularText } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';

/** What such a file ends in, and how it names what it is. */
export const DEFINITIONS_ENDING = '.definitions.json';
const SCHEMA = 'laurel/definitions@1';

const LONGEST = 4_000_000;

/** As an org may have them: a file that Laurel wrote of one is read as it was written. */
const name = z
  .string()
  .max(1_000)
  .refine((text) => text.trim() !== '');
const definitionsFile = z.strictObject({
  schema: z.literal(SCHEMA),
  /** In their order, which is their rank; `id` is what badges call the group by. */
  groups: z.array(z.strictObject({ id: z.string().min(1).max(1_000), name })).max(10_000),
  customFields: z
    .array(
      z.strictObject({
        ...{ name, dataType: z.string().max(60), isMandatory: z.boolean() },
        defaultValue: z.string().max(10_000).nullable(),
      }),
    )
    .max(10_000),
});

/** The definitions of a folder with badge files. */
export interface FolderDefinitions {
  /** As the person knows it. */
  file: string;
  groups: readonly (ProgrammeGroup & { name: string })[];
  fields: readonly FieldDefinition[];
}

/** The text of a file of definitions: keys in one order, two spaces, one final line break. */
export function writeDefinitions(groups: readonly ProgrammeGroup[], fields: readonly FieldDefinition[]): string {
  const named = groups.filter((group) => group.name !== null);
  const sorted = fields.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return `${JSON.stringify(
    {
      schema: SCHEMA,
      groups: named.map(({ id, name: called }) => ({ id, name: called })),
      customFields: sorted.map(({ name: called, dataType, isMandatory, defaultValue }) => ({
        ...{ name: called, dataType, isMandatory, defaultValue },
      })),
    },
    null,
    2,
  )}\n`;
}

/**
 * The one file of definitions in a folder.
 *
 * @returns null: it has none, or a single badge file was named
 * @throws Failure `invalid-input` where it has several, or one that cannot be read; the system's error for the folder
 */
export function readFolderDefinitions(cwd: string, folder: string): FolderDefinitions | null {
  const files = filesBelow(cwd, [folder], DEFINITIONS_ENDING).filter((file) => file.endsWith(DEFINITIONS_ENDING));
  const [file, ...more] = files;
  if (file === undefined) return null;
  if (more.length > 0) throw refused(message('definitions.severalFiles', { files: files.join(', ') }));
  return { file, ...readDefinitions(textOf(path.resolve(cwd, file), file), file) };
}

/** What a file of definitions says. @param file as the person knows it @throws Failure `invalid-input` */
export function readDefinitions(text: string, file: string): Pick<FolderDefinitions, 'groups' | 'fields'> {
  const reading = readJson(text);
  if (!reading.ok) throw refused(message('definitions.fileNotJson', { file, mistake: jsonMistake(reading.mistake) }));
  const parsed = definitionsFile.safeParse(reading.value);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    throw refused(message('definitions.fileUnlike', { file, place: place === '' ? SCHEMA : place }));
  }
  const { groups, customFields: fields } = parsed.data;
  const twice =
    twiceIn(groups.map((group) => group.name)) ??
    twiceIn(groups.map(({ id }) => id)) ??
    twiceIn(fields.map((field) => field.name));
  if (twice !== null) throw refused(message('definitions.twiceInFile', { file, name: twice }));
  return { groups, fields };
}

function twiceIn(names: readonly string[]): string | null {
  return names.find((each, index) => names.indexOf(each) !== index) ?? null;
}

function textOf(place: string, file: string): string {
  try {
    return readRegularText(place, LONGEST);
  } catch (error) {
    throw refused(message('definitions.fileUnreadable', { file, reason: causeOf(error) }));
  }
}

function refused(words: Message): Failure {
  return new Failure('invalid-input', words);
}
