import { z } from 'zod';
import { ICON_NAMES } from '../art/icons';
import {
  ART_SCHEMA,
  ART_STATES,
  BORDER_LINES,
  FORMS,
  LARGEST_PICTURE,
  LONGEST_TEXT,
  MOST_LAYERS,
  MOST_PICTURES,
  MOTIFS,
  RIBBON_LOOKS,
  STATE_STYLES,
  SWATCHES,
  TEXT_PATHS,
  type BadgeArt,
  type Colour,
} from '../art/model';
import { boundedList } from './bounded-list';

/** Made when the first art is read: it is the largest schema there is, and no start needs it. */
function makeBadgeArt(): z.ZodType<BadgeArt, BadgeArt> {
  const hex = z.string().regex(/^#[0-9a-f]{6}$/);
  const colour = z.union([z.enum(SWATCHES), hex]) as z.ZodType<Colour, Colour>;
  const percent = z.number().min(0).max(100);
  const state = z.enum(ART_STATES);
  const pictureKey = z.string().regex(/^[0-9a-f]{16}$/);

  const place = {
    id: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[\w-]+$/),
    hidden: z.boolean(),
    x: z.number().min(-1024).max(1024),
    y: z.number().min(-1024).max(1024),
    size: z.number().min(4).max(1024),
    turn: z.number().min(-360).max(360),
    opacity: percent,
    states: boundedList(state, ART_STATES.length, 'lists.states'),
  };
  const form = { form: z.enum(FORMS), points: z.int().min(3).max(60) };
  const type = {
    text: z.string().max(LONGEST_TEXT),
    colour,
    weight: z.int().min(400).max(900),
    height: z.number().min(6).max(400),
  };

  const layer = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('shape'), ...place, ...form, colour }),
    z.strictObject({
      ...{ kind: z.literal('border'), ...place, ...form, colour },
      ...{ width: z.number().min(0.5).max(120), line: z.enum(BORDER_LINES) },
    }),
    z.strictObject({
      ...{ kind: z.literal('gradient'), ...place, ...form, from: colour, to: colour },
      ...{ angle: z.number().min(-360).max(360), radial: z.boolean() },
    }),
    z.strictObject({
      ...{ kind: z.literal('pattern'), ...place, ...form, motif: z.enum(MOTIFS), colour },
      // Finer ones would be thousands of motifs, and a grey haze at the size of a card.
      step: z.number().min(5).max(256),
    }),
    z.strictObject({
      ...{ kind: z.literal('ribbon'), ...place, look: z.enum(RIBBON_LOOKS), colour, fold: colour },
      height: z.number().min(4).max(512),
    }),
    z.strictObject({
      ...{ kind: z.literal('icon'), ...place, icon: z.enum(ICON_NAMES), colour },
      ...{ width: z.number().min(0.25).max(6), filled: z.boolean() },
    }),
    z.strictObject({ kind: z.literal('letters'), ...place, ...type }),
    z.strictObject({
      ...{ kind: z.literal('pathText'), ...place, ...type, path: z.enum(TEXT_PATHS) },
      spacing: z.number().min(-50).max(500),
    }),
    z.strictObject({ kind: z.literal('picture'), ...place, picture: pictureKey }),
  ]);

  const look = z.strictObject({
    ...{ style: z.enum(STATE_STYLES), strength: percent, colour, track: colour },
    ...{ width: z.number().min(2).max(80), share: percent },
  });

  const picture = z.strictObject({
    name: z.string().max(200),
    type: z.enum(['png', 'svg']),
    data: z.base64().max(Math.ceil(LARGEST_PICTURE / 3) * 4),
  });

  return z
    .strictObject({
      schema: z.literal(ART_SCHEMA),
      palette: z.strictObject({ primary: hex, secondary: hex }),
      layers: boundedList(layer, MOST_LAYERS, 'lists.layers'),
      states: z.strictObject({ UN_EARNED: look, IN_PROGRESS: look, EARNED: look }),
      pictures: z
        .record(pictureKey, picture)
        .refine((pictures) => Object.keys(pictures).length <= MOST_PICTURES, { error: 'lists.tooManyPictures' }),
    })
    .superRefine((art, { addIssue }) => {
      const seen = new Set<string>();
      for (const [index, { id, ...rest }] of art.layers.entries()) {
        if (seen.has(id)) addIssue({ code: 'custom', path: ['layers', index, 'id'], message: 'lists.layerTwice' });
        seen.add(id);
        if (rest.kind === 'picture' && !Object.hasOwn(art.pictures, rest.picture))
          addIssue({ code: 'custom', path: ['layers', index, 'picture'], message: 'lists.noSuchPicture' });
      }
    });
}

/** `laurel/badge-art@1`: what a `*.badge-art.json` holds, and what is kept with a badge. */
export const badgeArt: z.ZodType<BadgeArt, BadgeArt> = z.lazy(makeBadgeArt);
