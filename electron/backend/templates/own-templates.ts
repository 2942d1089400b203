import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SettingsStore } from '../../../db/workspace/settings';
import { fileNameOf } from '../../../shared/simulation/file-name';
import { Failure } from '../../../shared/ipc/errors';
import { MOST_TEMPLATES, type OwnTemplate, type OwnTemplates } from '../../../shared/ipc/templates-contract';
import { message } from '../../../shared/words/message';
import { readRegularText } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { writeWhole } from '../../disk/whole-file';
import { folderPathOf } from '../folder/kept-folder';
import { readTemplate, templateText, TEMPLATE_ENDING, type TemplateContent } from './template-file';

/** Where in the workspace folder templates lie. */
const FOLDER = 'templates';
/** A design with own pictures is what makes one large. */
const LARGEST_FILE = 30_000_000;

/** Of all files of a folder: what lies beyond is told, and not held. */
const MOST_BYTES = 200_000_000;

interface Found extends Omit<TemplateContent, 'art' | 'idsOf' | 'trigger'> {
  id: string;
  hasArt: boolean;
  place: OwnTemplate['place'];
}

/** Templates that somebody made of badges: among the settings of the workspace, or as files in its folder (`decisions/0174`). */
export class OwnTemplateStore {
  readonly #settings: Pick<SettingsStore, 'kept' | 'keep'>;

  constructor(settings: Pick<SettingsStore, 'kept' | 'keep'>) {
    this.#settings = settings;
  }

  async list(): Promise<OwnTemplates> {
    const { found, passedOver } = await this.#all();
    const templates = found.map(({ id, name, body, hasArt, place }): OwnTemplate => {
      const { description } = body;
      return { id, name, place, description: typeof description === 'string' ? description : '', hasArt };
    });
    return {
      templates: templates.toSorted((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1)),
      keptIn: this.#folder() === null ? 'workspace' : 'folder',
      passedOver,
    };
  }

  /** @throws Failure `not-found`, `invalid-input` where it cannot be read any more */
  async get(id: string): Promise<TemplateContent> {
    const kept = this.#kept().find(({ name }) => `workspace:${name}` === id);
    if (kept !== undefined) return readTemplate(kept.text, kept.name);
    const directory = this.#directory();
    // Only what the folder itself has: an id from elsewhere names no path.
    const file = directory === null ? undefined : templateFiles(directory).find((one) => `folder:${one}` === id);
    if (directory === null || file === undefined) throw gone();
    try {
      return await readTemplate(readRegularText(path.join(directory, file), LARGEST_FILE), file);
    } catch (error) {
      throw new Failure('invalid-input', message('templates.notRead', { file, reason: causeOf(error) }));
    }
  }

  /**
   * @throws Failure `conflict` where one of this place has the name and is not to be replaced, `invalid-input` where there
   *   are too many, `internal` where the file cannot be written
   */
  async keep(content: TemplateContent, replace: boolean): Promise<void> {
    const folder = this.#folder();
    const place = folder === null ? 'workspace' : 'folder';
    const here = (await this.#all()).found.filter((one) => one.place === place);
    const old = here.find(({ name }) => name === content.name);
    if (old !== undefined && !replace)
      throw new Failure('conflict', message('templates.taken', { name: content.name }));
    if (old === undefined && here.length >= MOST_TEMPLATES)
      throw new Failure('invalid-input', message('templates.tooMany', { most: MOST_TEMPLATES }));
    const text = templateText(content);
    if (folder === null) {
      const others = this.#kept().filter((one) => one.name !== content.name);
      this.#settings.keep('badgeTemplates', [...others, { name: content.name, text }]);
      return;
    }
    const directory = path.join(folder, FOLDER);
    try {
      mkdirSync(directory, { recursive: true });
    } catch (error) {
      throw new Failure('internal', message('templates.notWritten', { reason: causeOf(error) }));
    }
    const file = old === undefined ? freeFile(directory, content.name) : old.id.slice('folder:'.length);
    await writeWhole(path.join(directory, file), text);
  }

  /** @throws Failure `not-found`, or `internal` where its file cannot be deleted */
  remove(id: string): void {
    const kept = this.#kept();
    const others = kept.filter(({ name }) => `workspace:${name}` !== id);
    if (others.length < kept.length) {
      this.#settings.keep('badgeTemplates', others);
      return;
    }
    const directory = this.#directory();
    const file = directory === null ? undefined : templateFiles(directory).find((one) => `folder:${one}` === id);
    if (directory === null || file === undefined) throw gone();
    try {
      rmSync(path.join(directory, file));
    } catch (error) {
      throw new Failure('internal', message('templates.notDeleted', { reason: causeOf(error) }));
    }
  }

  async #all(): Promise<{ found: Found[]; passedOver: OwnTemplates['passedOver'][number][] }> {
    const found: Found[] = [];
    const passedOver: OwnTemplates['passedOver'][number][] = [];
    const add = async (id: string, place: Found['place'], file: string, read: () => string): Promise<void> => {
      try {
        const { name, body, art } = await readTemplate(read(), file);
        found.push({ id, place, name, body, hasArt: art !== null });
      } catch (error) {
        passedOver.push({ file, reason: causeOf(error) });
      }
    };
    for (const { name, text } of this.#kept()) await add(`workspace:${name}`, 'workspace', name, () => text);
    const directory = this.#directory();
    let bytes = 0;
    for (const file of directory === null ? [] : templateFiles(directory)) {
      await add(`folder:${file}`, 'folder', file, () => {
        const text = readRegularText(path.join(directory ?? '', file), LARGEST_FILE);
        bytes += text.length;
        if (bytes > MOST_BYTES) throw new Failure('invalid-input', message('templates.tooLarge'));
        return text;
      });
      // Everything else of the backend has its turn between two of them.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { found, passedOver };
  }

  #kept(): { name: string; text: string }[] {
    const kept = this.#settings.kept('badgeTemplates');
    return (Array.isArray(kept) ? (kept as unknown[]) : []).flatMap((one) => {
      const { name, text } = (one ?? {}) as Record<string, unknown>;
      return typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : [];
    });
  }

  /** The folder of templates, which may not be there. */
  #directory(): string | null {
    const folder = this.#folder();
    return folder === null ? null : path.join(folder, FOLDER);
  }

  /** The workspace folder, where it is there; a folder that vanished keeps its templates to itself until it is back. */
  #folder(): string | null {
    const folder = folderPathOf(this.#settings);
    return folder !== null && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : null;
  }
}

const gone = (): Failure => new Failure('not-found', message('templates.gone'));

/** In their order by name; none where there is no such folder, or it cannot be read. */
function templateFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.toLowerCase().endsWith(TEMPLATE_ENDING))
      .toSorted()
      .slice(0, MOST_TEMPLATES);
  } catch {
    return [];
  }
}

/** A name of a file that is not there yet, in any letters: case does not tell files apart everywhere. */
function freeFile(directory: string, name: string): string {
  const there = new Set(readdirSync(directory).map((file) => file.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const file = `${Array.from(fileNameOf(name, 'template')).slice(0, 50).join('')}${number === 1 ? '' : `-${String(number)}`}${TEMPLATE_ENDING}`;
    if (!there.has(file.toLowerCase())) return file;
  }
}
