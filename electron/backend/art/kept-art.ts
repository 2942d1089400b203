import type { KeptArt } from '../../../db/workspace/arts';
import type { Workspace } from '../../../db/workspace/workspace';
import { writeArt } from '../../../shared/art/art-text';
import type { BadgeArt, Picture } from '../../../shared/art/model';
import { badgeArt } from '../../../shared/ipc/art-schema';
import { digestOfArt } from './artist';

/** A design as the store has it: its text without the bytes of own pictures, and these apart. */
export function toKept(art: BadgeArt): KeptArt {
  const text = writeArt(art);
  const { pictures } = JSON.parse(text) as BadgeArt;
  const bare = Object.entries(pictures).map(([key, picture]): [string, Picture] => [key, { ...picture, data: '' }]);
  return {
    digest: digestOfArt(text),
    design: JSON.stringify({ ...art, pictures: Object.fromEntries(bare) }),
    pictures: new Map(Object.entries(pictures).map(([key, { data }]) => [key, Buffer.from(data, 'base64')])),
  };
}

/** A design of the store; undefined where it is not there, or where something else than Laurel wrote into it. */
export function keptArt({ arts }: { arts: Pick<Workspace['arts'], 'find'> }, digest: string): BadgeArt | undefined {
  const kept = arts.find(digest);
  if (kept === undefined) return undefined;
  try {
    const design = JSON.parse(kept.design) as BadgeArt;
    const pictures = Object.entries(design.pictures).map(([key, picture]): [string, Picture] => [
      key,
      { ...picture, data: kept.pictures.get(key)?.toString('base64') ?? '' },
    ]);
    const parsed = badgeArt.safeParse({ ...design, pictures: Object.fromEntries(pictures) });
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
