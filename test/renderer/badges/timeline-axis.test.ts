import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { locale } from '../../../renderer/lib/locale.svelte';
import { DAY, HOUR, instantOf, toIsoExact } from '../../../shared/domain/instant';
import TimelineHost from './TimelineHost.svelte';

const start = instantOf('2027-01-15T09:20:00Z');
const LIVES = [
  HOUR,
  5 * HOUR,
  DAY,
  3 * DAY,
  10 * DAY,
  35 * DAY,
  70 * DAY,
  200 * DAY,
  800 * DAY,
  5_000 * DAY,
  36_500 * DAY,
];

beforeEach(() => {
  locale.choose(null);
});

interface Box {
  left: number;
  right: number;
}

async function axis(life: number, width: number): Promise<{ labels: Box[]; plot: Box }> {
  const screen = await render(TimelineHost, {
    width,
    body: {
      startOn: toIsoExact(start),
      expiresOn: toIsoExact(start + life),
      earnType: 'EARN',
      earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' },
    },
  });
  await expect.poll(() => screen.container.querySelector('svg[role=img]')?.clientWidth ?? 0).toBeLessThan(width);
  const svg = screen.container.querySelector('svg[role=img]');
  if (svg === null) throw new Error('Nothing is drawn.');
  const labels = [...svg.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
  return { labels, plot: svg.getBoundingClientRect() };
}

describe.each(['en-US', 'de-DE', 'ja-JP', 'hi-IN'])('in %s', (tag) => {
  test.each([360, 520, 760, 1200])('at %i pixels no label touches another or leaves the box', async (width) => {
    locale.choose(tag);
    for (const life of LIVES) {
      const { labels, plot } = await axis(life, width);
      expect(labels.length, `a life of ${life / DAY} days`).toBeGreaterThan(0);
      for (const [position, label] of labels.entries()) {
        expect(label.left).toBeGreaterThanOrEqual(plot.left - 0.5);
        expect(label.right).toBeLessThanOrEqual(plot.right + 0.5);
        const before = labels[position - 1];
        if (before !== undefined) expect(label.left).toBeGreaterThanOrEqual(before.right + 2);
      }
    }
  });
});
