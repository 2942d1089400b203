import { BADGE_OWNERS, EARN_TYPES, type BadgeOwner, type EarnType } from '../../shared/domain/badge';
import { readInstant, type Instant } from '../../shared/domain/instant';
import { numberText, readJson } from '../../shared/domain/json';

/** What the list shows of a draft, as far as its text can be understood. A draft may break any rule and still has one. */
export interface Outline {
  /** The parsed body; undefined when the text is not JSON. */
  body: unknown;
  name: string;
  /** What a text that is no JSON object seems to be about, for a list to tell it by; null for one that is an object. */
  excerpt: string | null;
  description: string | null;
  earnType: EarnType | null;
  startOn: Instant | null;
  expiresOn: Instant | null;
  active: boolean;
  owners: readonly BadgeOwner[];
  tags: readonly { tag: string; name: string }[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** Text as the rules read it: a number or boolean as it was written (semantics Q1). */
const plainText = (holder: Fields, key: string): string | null => {
  const value = holder[key];
  return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : numberText(holder, key);
};

/** The ISO twin wins over the old field (semantics T3). */
function instant(body: Fields, key: string): Instant | null {
  const reading = readInstant(body[`${key}ISO`] ?? body[key]);
  return reading.ok ? reading.instant : null;
}

function tagsOf(body: Fields): Outline['tags'] {
  const tags = new Map<string, { tag: string; name: string }>();
  for (const entry of list(body['tags'])) {
    const name = isFields(entry) ? plainText(entry, 'name') : null;
    if (name === null || name === '' || !isFields(entry)) continue;
    const value = plainText(entry, 'value');
    const tag = value === null || value === '' ? name : `${name}=${value}`;
    tags.set(tag, { tag, name });
  }
  return [...tags.values()];
}

/** Letters of a text that its excerpt shows. */
const EXCERPT_LENGTH = 80;

/** What stands between two quotes of a JSON text. */
function unescaped(text: string): string {
  const reading = readJson(`"${text}"`);
  return reading.ok && typeof reading.value === 'string' ? reading.value : text;
}

/** The name, as far as it was typed, else the first words. */
function excerptOf(text: string): string {
  const named = /"name"\s*:\s*"((?:[^"\\\n]|\\.)*)/.exec(text)?.[1] ?? '';
  const words = named.trim() === '' ? text : unescaped(named);
  return words
    .slice(0, 10 * EXCERPT_LENGTH)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, EXCERPT_LENGTH);
}

/**
 * Reads the fields of a create body that the list needs, each on its own: one that cannot be read leaves the others.
 * For a body without mistakes it says the same as `readBadge`.
 */
export function outlineOf(text: string): Outline {
  const reading = readJson(text);
  const body = reading.ok ? reading.value : undefined;
  const fields: Fields = isFields(body) ? body : {};
  const ownership = fields['ownership'];
  const owners = new Set(list(isFields(ownership) ? ownership['restrictedToOwners'] : undefined));
  const active = fields['active'] ?? fields['isActive'];
  return {
    body,
    name: plainText(fields, 'name') ?? '',
    excerpt: isFields(body) ? null : excerptOf(text),
    description: plainText(fields, 'description'),
    earnType: EARN_TYPES.find((type) => type === fields['earnType']) ?? null,
    startOn: instant(fields, 'startOn'),
    expiresOn: instant(fields, 'expiresOn'),
    active: active !== false,
    owners: BADGE_OWNERS.filter((owner) => owners.has(owner)),
    tags: tagsOf(fields),
  };
}

/** Text without accents and case, for searching and sorting: what people type finds what they mean. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}
