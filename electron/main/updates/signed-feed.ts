import { verify } from 'node:crypto';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider';
import semver from 'semver';
import { z } from 'zod';
import { message, type Message } from '../../../shared/words/message';
import type { UpdateFeed } from './update-source';

/** Bytes of an Ed25519 signature. */
const SIGNATURE_BYTES = 64;
/** Bytes; no package of Laurel comes near. */
const LARGEST_PACKAGE = 2 ** 31;

const version = z.string().refine((text) => semver.valid(text) === text);
/** 64 bytes in base64. */
const sha512 = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

/** What electron-updater is told: these fields of a feed and no others. */
const feedContent = z.object({
  version,
  files: z
    .array(
      z.object({
        url: z.string().min(1).max(1_000),
        sha512,
        size: z.int().min(1).max(LARGEST_PACKAGE),
        isAdminRightsRequired: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(50),
  stagingPercentage: z.number().min(0).max(100).optional(),
  minimumSystemVersion: z.string().max(50).optional(),
});
export type FeedContent = z.infer<typeof feedContent>;

export type FeedReading =
  | { kind: 'newer'; content: FeedContent }
  /** The version that runs is the one the feed names. */
  | { kind: 'same' }
  | { kind: 'refused'; said: Message };

/** Something that is not done, with why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly said: Message) {
    super(said.key);
  }
}

/**
 * Reads a feed: first who signed its bytes, and only then what they say. Older versions are refused, also with a
 * signature that holds: it may be an old feed, shown again to bring back a fault that was mended.
 *
 * @param bytes of the file as they came
 * @param signature content of the file beside it: base64 of the signature over these bytes
 * @param current the version that runs
 */
export function readFeed(given: {
  bytes: Uint8Array;
  signature: Uint8Array;
  feed: UpdateFeed;
  current: string;
}): FeedReading {
  const { bytes, feed, current } = given;
  const signature = Buffer.from(Buffer.from(given.signature).toString('latin1').trim(), 'base64');
  if (signature.length !== SIGNATURE_BYTES || !verify(null, bytes, feed.key, signature)) {
    return refused(message('updates.wrongSignature', { host: feed.address.host }));
  }
  let content: FeedContent;
  try {
    content = feedContent.parse(parseUpdateInfo(Buffer.from(bytes).toString('utf8'), '', feed.address));
  } catch {
    return refused(message('updates.unreadable', { host: feed.address.host }));
  }
  if (content.files.some(({ url }) => !liesIn(feed.address, url))) {
    return refused(message('updates.elsewhere', { host: feed.address.host }));
  }
  const order = semver.compare(content.version, current);
  if (order < 0) return refused(message('updates.older', { offered: content.version, version: current }));
  return order === 0 ? { kind: 'same' } : { kind: 'newer', content };
}

/** Packages lie beside the feed or below it, and nowhere else. */
function liesIn(address: URL, url: string): boolean {
  if (!URL.canParse(url, address.href)) return false;
  const { href, search, hash } = new URL(url, address);
  return href.startsWith(address.href) && search === '' && hash === '';
}

function refused(said: Message): FeedReading {
  return { kind: 'refused', said };
}
