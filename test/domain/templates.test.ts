import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspectBadge } from '../../shared/domain/create-badge';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { BADGE_TEMPLATES } from '../../shared/domain/templates';
import { instant, zone } from './arbitraries';

test.each(BADGE_TEMPLATES)('the template $title breaks no rule, whenever and wherever it is used', (template) => {
  fc.assert(
    fc.property(instant, zone, (now, inZone) => {
      const body: unknown = JSON.parse(
        JSON.stringify(template.build({ name: 'Mine', description: 'Why', now, zone: inZone })),
      );
      const settings = { ...DEFAULT_SETTINGS, zone: inZone };
      const { definition, issues, warnings } = inspectBadge(body, {
        now,
        settings,
        migration: false,
        nameTaken: () => false,
      });
      expect([issues, warnings]).toEqual([[], []]);
      expect(definition?.name).toBe('Mine');
    }),
  );
});

test('templates have ids and titles of their own', () => {
  expect(new Set(BADGE_TEMPLATES.map(({ id }) => id)).size).toBe(BADGE_TEMPLATES.length);
  expect(new Set(BADGE_TEMPLATES.map(({ title }) => title)).size).toBe(BADGE_TEMPLATES.length);
});
