import { createHash } from 'node:crypto';
import type { Draft, DraftStore } from '../../../db/workspace/drafts';
import { outlineOf } from '../../../db/workspace/outline';
import type { Workspace } from '../../../db/workspace/workspace';
import { ART_STATES } from '../../../shared/art/model';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import { isObject } from '../../../shared/domain/body-reader';
import { dateAt, partsOfDate } from '../../../shared/domain/calendar';
import { exampleCustomer, type ExampleOutcome } from '../../../shared/domain/example-customer';
import { capMessage, neverMessage } from '../../../shared/domain/explain';
import { SECOND, type Instant } from '../../../shared/domain/instant';
import { writeJson } from '../../../shared/domain/json';
import { limitInWords } from '../../../shared/domain/limit-words';
import type { OrgSettings } from '../../../shared/domain/settings';
import { fieldMessage, meaningOf, MEANING_FIELDS, type MeaningField } from '../../../shared/gateway/meaning';
import { plainWords } from '../../../shared/ipc/plain-words';
import { drawTimeline, readableDefinition } from '../../../shared/report/badge-timeline';
import { sheetHtml, type SheetBadge } from '../../../shared/report/sheet-html';
import { message, type Language, type Message } from '../../../shared/words/message';
import type { Speaker } from '../../../shared/words/speaker';
import { speakerOf } from '../../../shared/words/spoken';
import type { Artist } from '../art/artist';
import { keptArt } from '../art/kept-art';
import { curlOf } from '../sync/activity/curl';
import { dayInWords } from '../../../shared/words/day-words';
import { instantInWords, valueInWords } from '../badges/value-words';

/** Where sheets take badges from. */
export interface SheetSource {
  drafts: Pick<DraftStore, 'find' | 'inspect'>;
  arts: Pick<Workspace['arts'], 'find'>;
}

export interface SheetOrder {
  settings: Readonly<OrgSettings>;
  /** The clock: a date that the timeline looks at. */
  now: Instant;
  /** As Node names it: of the terminal for which commands are written. */
  platform: string;
  appVersion: string;
  language: Language;
}

/** Days that the example customer tries. */
const EXAMPLE_DAYS = 14;
/** The address of whoever runs the commands. */
const ADDRESS = 'https://YOUR-CLUSTER/api_gateway/v1/badges/badgeMeta';
/** Told elsewhere on the sheet. */
const ELSEWHERE: readonly MeaningField[] = ['name', 'description', 'customerConstraints', 'badgeConstraints'];

/** The hand-over sheet of badges as one HTML page; those that are gone are left out. */
export async function sheetPage(
  source: SheetSource,
  ids: readonly string[],
  artist: Artist,
  order: SheetOrder,
): Promise<string> {
  const speaker = await speakerOf(order.language);
  const badges: SheetBadge[] = [];
  for (const id of ids) {
    const draft = source.drafts.find(id);
    if (draft !== undefined) badges.push(await sheetBadge(source, draft, artist, order, speaker));
  }
  return sheetHtml(badges, order.appVersion, speaker, (text) => createHash('sha256').update(text).digest('base64'));
}

async function sheetBadge(
  source: SheetSource,
  draft: Draft,
  artist: Artist,
  { settings, now, platform }: SheetOrder,
  speaker: Speaker,
): Promise<SheetBadge> {
  const { body, name, excerpt, description } = outlineOf(draft.body);
  const { definition, issues } = source.drafts.inspect(draft);
  const said = (words: Message): string => speaker.sayMessage(words);
  const show = (instant: Instant): string => said(instantInWords(instant, settings.zone));
  return {
    name: name === '' ? (excerpt ?? '') : name,
    description: description === '' ? null : description,
    fields: definition === null ? [] : fieldsOf(definition, settings, said),
    pictures: await picturesOf(source, draft, artist, speaker),
    timeline: isObject(body) ? timelineOf(body, settings, now, speaker, show) : null,
    limits: definition === null ? [] : limitsOf(definition, speaker),
    example:
      definition === null
        ? []
        : exampleCustomer(definition, settings, EXAMPLE_DAYS).map(({ at, outcome }) => [
            show(at),
            said(outcomeMessage(outcome, settings)),
          ]),
    claims: draft.claims
      .filter(({ isActive }) => isActive)
      .map(({ ownerType, referenceId }) => `${ownerType}: ${referenceId}`),
    problems: issues.map(
      ({ code, path, advice }) => `${String(code)}${path === '' ? '' : ` ${path}`}: ${said(advice)}`,
    ),
    json: plainWords(isObject(body) ? writeJson(body, 2) : draft.body),
    commands: commandsOf(draft, body, platform),
  };
}

function fieldsOf(
  definition: BadgeDefinition,
  { zone }: Readonly<OrgSettings>,
  said: (words: Message) => string,
): [string, string][] {
  const meaning = meaningOf(definition);
  return MEANING_FIELDS.filter((field) => !ELSEWHERE.includes(field)).map((field) => [
    said(fieldMessage(field)),
    said(valueInWords(field, meaning[field], zone)),
  ]);
}

function limitsOf({ customerConstraints, badgeConstraints }: BadgeDefinition, speaker: Speaker): string[] {
  return [
    ...customerConstraints.map((constraint) => limitInWords(speaker, constraint, 'CUSTOMER')),
    ...badgeConstraints.map((constraint) => limitInWords(speaker, constraint, 'BADGE')),
  ];
}

const STATES = { UN_EARNED: 'sheet.unearned', IN_PROGRESS: 'sheet.inProgress', EARNED: 'sheet.earned' } as const;

async function picturesOf(
  source: SheetSource,
  { art: digest }: Draft,
  artist: Artist,
  { say }: Speaker,
): Promise<SheetBadge['pictures']> {
  const art = digest === null ? undefined : keptArt(source, digest);
  if (art === undefined) return [];
  const pictures: { name: string; svg: string }[] = [];
  for (const state of ART_STATES) pictures.push({ name: say(STATES[state]), svg: (await artist.draw(art, state)).svg });
  return pictures;
}

function timelineOf(
  body: Readonly<Record<string, unknown>>,
  { zone }: Readonly<OrgSettings>,
  now: Instant,
  speaker: Speaker,
  show: (instant: Instant) => string,
): SheetBadge['timeline'] {
  const definition = readableDefinition(body);
  if (definition === null) return null;
  const whole = Math.floor(now / (60 * SECOND)) * 60 * SECOND;
  const at = Math.min(definition.expiresOn - SECOND, Math.max(definition.startOn, whole));
  const drawing = drawTimeline(definition, at, zone, {
    speaker,
    // A window begins a microsecond after the instant that people would name.
    instant: (instant) => show(Math.floor(instant / SECOND) * SECOND),
    date: (instant) => speaker.sayMessage(dayInWords(partsOfDate(dateAt(instant, zone)))),
  });
  return { drawing, at, start: show(definition.startOn), end: show(definition.expiresOn), moment: show(at) };
}

function outcomeMessage(outcome: ExampleOutcome, { zone }: Readonly<OrgSettings>): Message {
  switch (outcome.kind) {
    case 'enrolled':
      return message('sheet.enrolled', { until: instantInWords(outcome.until, zone) });
    case 'awarded':
      return message('sheet.awarded', { until: instantInWords(outcome.until, zone) });
    case 'limited': {
      const limit = capMessage(outcome.cap);
      return 'at' in outcome.frees
        ? message('sheet.limitedUntil', { limit, at: instantInWords(outcome.frees.at, zone) })
        : message('sheet.limitedEver', { limit, why: neverMessage(outcome.frees.never) });
    }
    case 'refused':
      return message('sheet.refused', { code: String(outcome.code) });
  }
}

const JSON_HEADER = { name: 'Content-Type', value: 'application/json' };

/** The calls that create the badge and claim it; none of what is no JSON object. Whoever runs them gives address and authorization. */
function commandsOf({ migration, claims }: Draft, body: unknown, platform: string): string {
  if (!isObject(body)) return '';
  const call = (url: string, requestBody: string, more: readonly { name: string; value: string }[] = []): string =>
    curlOf({ line: { method: 'POST' }, url, requestHeaders: [JSON_HEADER, ...more], requestBody }, platform);
  const header = migration ? [{ name: 'X-CAP-BADGES-MIGRATION', value: 'migration' }] : [];
  const create = call(ADDRESS, plainWords(writeJson(body)), header);
  const claiming = claims
    .filter(({ isActive }) => isActive)
    .map(({ ownerType, referenceId }) => call(`${ADDRESS}/BADGE-ID/claim`, JSON.stringify({ ownerType, referenceId })));
  return [create, ...claiming].join('\n');
}
