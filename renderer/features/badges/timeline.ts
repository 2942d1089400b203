import type { BadgeDefinition } from '../../../shared/domain/badge';
import type { Zone } from '../../../shared/domain/calendar';
import type { Instant } from '../../../shared/domain/instant';
import { drawTimeline as draw, type TimelineDrawing } from '../../../shared/report/badge-timeline';
import { formatDate, formatInstant } from '../../lib/format';
import { words } from '../../lib/say.svelte';

/** Draws a badge in the words of the window. */
export function drawTimeline(badge: BadgeDefinition, at: Instant, zone: Zone): TimelineDrawing {
  return draw(badge, at, zone, {
    speaker: words.speaker,
    instant: (instant) => formatInstant(instant, zone),
    date: (instant) => formatDate(instant, zone),
  });
}
