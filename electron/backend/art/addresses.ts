import type { DraftLine } from '../../../db/workspace/draft-list';
import type { Workspace } from '../../../db/workspace/workspace';
import { readAddresses, type AddressLine } from '../../../shared/art/addresses';
import { idEndOf, pictureKey } from '../../../shared/art/picture-key';
import { isObject } from '../../../shared/domain/body-reader';
import type { Instant } from '../../../shared/domain/instant';
import { readJson, writeJson } from '../../../shared/domain/json';
import type { AddressMatch } from '../../../shared/ipc/art-contract';
import { message, type Message } from '../../../shared/words/message';

const ALL = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false } as const;
const PORTION = 500;

/** Badges by what pictures of them may be called. */
class Names {
  readonly #byEnd = new Map<string, DraftLine[]>();
  readonly #byName = new Map<string, DraftLine[]>();

  constructor({ list }: Pick<Workspace, 'list'>, now: Instant) {
    for (let offset = 0; ; offset += PORTION) {
      const { total, lines } = list.page(ALL, { by: 'name', descending: false }, offset, PORTION, now);
      for (const line of lines) {
        add(this.#byEnd, idEndOf(pictureKey(line)) ?? '', line);
        add(this.#byName, line.name.trim(), line);
        add(this.#byName, line.id, line);
      }
      if (offset + PORTION >= total) return;
    }
  }

  /** The badges that a picture's key, a name or an id means. */
  find(key: string): readonly DraftLine[] {
    const named = this.#byName.get(key.trim());
    if (named !== undefined) return named;
    const end = idEndOf(key);
    return (end === null ? undefined : this.#byEnd.get(end)) ?? [];
  }
}

function add(map: Map<string, DraftLine[]>, key: string, line: DraftLine): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [line]);
  else known.push(line);
}

/** Which badges a text of addresses is for, line by line. */
export function matchAddresses(workspace: Workspace, text: string, now: Instant): AddressMatch[] {
  const names = new Names(workspace, now);
  const seen = new Set<string>();
  return readAddresses(text).map((line) => {
    const found = names.find(line.key);
    const [first] = found;
    const badge = first === undefined || found.length > 1 ? null : { id: first.id, name: first.name };
    const trouble = troubleOf(line, found.length, badge?.id ?? '', seen);
    if (trouble === null && badge !== null) seen.add(`${badge.id}.${line.state ?? ''}`);
    return { ...line, badge, trouble };
  });
}

function troubleOf(line: AddressLine, found: number, id: string, seen: ReadonlySet<string>): Message | null {
  if (line.url === null && line.handle === null) return message('art.lineWithout');
  if (found === 0) return message('art.lineUnknown', { name: line.key });
  if (found > 1) return message('art.lineSeveral', { name: line.key, count: found });
  if (line.state === null) return message('art.lineStateless');
  if (seen.has(`${id}.${line.state}`)) return message('art.lineTwice');
  return null;
}

/**
 * A body with its images filled; null for a text that is no JSON object, or whose images are no list.
 *
 * @param matches of this badge, each state once
 */
export function withImages(text: string, matches: readonly AddressMatch[]): string | null {
  const reading = readJson(text);
  if (!reading.ok || !isObject(reading.value)) return null;
  const given = reading.value['images'] ?? [];
  if (!Array.isArray(given)) return null;
  let images: unknown[] = given;
  for (const { key, state, url, handle } of matches) {
    const fresh = {
      ...(url === null ? {} : { url }),
      ...(handle === null ? {} : { fileSvcHandle: handle }),
    };
    const at = images.findIndex((image) => isObject(image) && image['tag'] === state);
    const before = images[at];
    if (at >= 0 && isObject(before)) images = images.with(at, { ...before, ...fresh });
    else images = [...images, { name: `${key}.${String(state)}`, ...fresh, tag: state }];
  }
  return writeJson({ ...reading.value, images }, 2);
}
