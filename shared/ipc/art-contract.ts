import { z } from 'zod';
import { LONGEST_ADDRESSES } from '../art/addresses';
import { ART_STATES, type ArtState, type BadgeArt, type Picture } from '../art/model';
import type { Message } from '../words/message';
import { badgeArt } from './art-schema';
import { boundedList } from './bounded-list';
import { call, job } from './method';

const token = z.string().min(1).max(100);
const digest = z.string().regex(/^[0-9a-f]{32}$/);
const badgeId = z.string().min(1).max(64);
const share = z.number().min(0).max(100);

/** One state as it is drawn. */
export interface DrawnState {
  svg: string;
  /** Characters that no font has: they are not drawn. */
  missing: readonly string[];
}

export interface ArtExport {
  /** Pictures that were written. */
  written: number;
  badges: number;
  /** Badges that have no art. */
  without: number;
  /** Badges that were not drawn, and why. */
  refused: readonly { name: string; reason: Message }[];
  /** The folder's name. */
  folder: string;
}

/** Pictures that the practice org serves. */
export interface PracticePictures extends Omit<ArtExport, 'folder'> {
  /** Where it answers. */
  url: string;
  /** A line for each picture: its file name, a comma, its address. */
  addresses: string;
}

/** What a line of addresses would do. */
export interface AddressMatch {
  line: number;
  key: string;
  state: ArtState | null;
  url: string | null;
  handle: string | null;
  /** The badge it is for; null where none is known. */
  badge: { id: string; name: string } | null;
  /** Why nothing comes of it; null: it can be taken over. */
  trouble: Message | null;
}

export const artMethods = {
  /** Keeps a design, so that a badge can be saved with it. */
  'art.keep': call<{ digest: string }>()(() => z.object({ art: badgeArt })),
  'art.get': call<{ art: BadgeArt }>()(() => z.object({ digest })),
  /** All states of a design as it stands in the page, kept or not. */
  'art.draw': call<{ states: Readonly<Record<ArtState, DrawnState>> }>()(() =>
    z.object({ art: badgeArt, share: share.optional() }),
  ),
  /** Designs in one state, for lists; those that are not kept are left out. */
  'art.thumbnails': call<{ pictures: Readonly<Record<string, string>> }>()(() =>
    z.object({ digests: boundedList(digest, 200, 'lists.designs'), state: z.enum(ART_STATES).default('EARNED') }),
  ),
  /** An own picture that a person chose, cleaned and checked. */
  'art.ownPicture': call<{ key: string; picture: Picture; notes: readonly Message[] }>()(() =>
    z.object({ token, mend: z.boolean() }),
  ),
  'art.openFile': call<{ art: BadgeArt }>()(() => z.object({ token })),
  'art.saveFile': call<{ name: string }>()(() => z.object({ token, art: badgeArt })),
  /** Pictures of badges into a folder, under stable names; those without art are passed over. */
  'art.export': job<{ done: number; total: number }, ArtExport>()(() =>
    z.object({
      folder: token,
      ids: boundedList(badgeId, 100_000, 'lists.badges').min(1),
      states: boundedList(z.enum(ART_STATES), ART_STATES.length, 'lists.states').min(1),
      formats: boundedList(z.enum(['png', 'svg']), 2, 'lists.formats').min(1),
      side: z.int().min(16).max(2_048),
    }),
  ),
  /** Pictures onto the practice org, which is started for it; with lines for `art.useAddresses`. */
  'art.toPractice': job<{ done: number; total: number }, PracticePictures>()(() =>
    z.object({
      ids: boundedList(badgeId, 100_000, 'lists.badges').min(1),
      side: z.int().min(16).max(2_048),
    }),
  ),
  'art.addressFile': call<{ text: string }>()(() => z.object({ token })),
  /** Which badges a text of addresses is for. Nothing is changed. */
  'art.matchAddresses': call<{ matches: readonly AddressMatch[] }>()(() =>
    z.object({ text: z.string().max(LONGEST_ADDRESSES) }),
  ),
  /** Fills `images` of the badges, each as one step of its undo. */
  'art.useAddresses': call<{ badges: readonly string[]; images: number }>()(() =>
    z.object({ text: z.string().max(LONGEST_ADDRESSES), label: z.string().max(200) }),
  ),
};
