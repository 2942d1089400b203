import { z } from 'zod';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { readJson, writeJson } from '../../../shared/domain/json';
import type { BadgeTrigger } from '../../../shared/domain/badge-trigger';
import type { BadgeArt } from '../../../shared/art/model';
import { writeArt } from '../../../shared/art/art-text';
import { badgeFileText } from '../../../shared/gateway/badge-file';
import { Failure } from '../../../shared/ipc/errors';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { LONGEST_TEMPLATE_NAME } from '../../../shared/ipc/templates-contract';
import { message } from '../../../shared/words/message';
import { parseArt } from '../art/art-file';
import { readTrigger } from '../badges/kept-trigger';

/** How the file of a template ends. */
export const TEMPLATE_ENDING = '.badge-template.json';
const SCHEMA = 'laurel/badge-template@1';

/** What a template holds. */
export interface TemplateContent {
  name: string;
  /** Create body. */
  body: JsonObject;
  art: BadgeArt | null;
  /** The orgs whose ids the body may have; none: nobody knows of any. */
  idsOf: readonly { name: string; address: string }[];
  /** What the campaign of its badges counts before it asks for an award; null: nobody said. */
  trigger: BadgeTrigger | null;
}

const homes = z.array(z.object({ name: z.string().max(200), address: z.string().max(2_000) })).max(100);

/** A template as its file, or the workspace, holds it: keys in one order, two spaces, one line break at the end. */
export function templateText({ name, body, art, idsOf, trigger }: TemplateContent): string {
  return badgeFileText({
    ...{ schema: SCHEMA, name, badge: body, art: art === null ? null : JSON.parse(writeArt(art)) },
    ...(idsOf.length === 0 ? {} : { idsOf }),
    ...(trigger === null ? {} : { trigger }),
  });
}

/**
 * Reads what {@link templateText} wrote, or somebody by hand.
 *
 * @param file what it is called, for the reason
 * @throws Failure `invalid-input` that says what is wrong with it
 */
export async function readTemplate(text: string, file: string): Promise<TemplateContent> {
  const reading = readJson(text);
  if (!reading.ok) throw new Failure('invalid-input', jsonMistake(reading.mistake));
  const { value } = reading;
  if (!isObject(value) || typeof value['schema'] !== 'string' || !value['schema'].startsWith('laurel/badge-template@'))
    throw new Failure('invalid-input', message('templates.noTemplate'));
  if (value['schema'] !== SCHEMA) throw new Failure('invalid-input', message('templates.newer'));
  const { name, badge, art, idsOf, trigger } = value;
  if (typeof name !== 'string' || name.trim() === '' || name.length > LONGEST_TEMPLATE_NAME || !isObject(badge))
    throw new Failure('invalid-input', message('templates.incomplete'));
  // Of which org its ids are cannot be left out: they would be sent to any.
  const told = homes.safeParse(idsOf ?? []);
  if (!told.success) throw new Failure('invalid-input', message('templates.incomplete'));
  return {
    ...{ name: name.trim(), body: badge },
    art: art === undefined || art === null ? null : await parseArt(writeJson(art), file),
    idsOf: told.data,
    trigger: readTrigger(trigger),
  };
}
