import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ArtStart from '../../../renderer/features/badges/ArtStart.svelte';
import type { Door } from '../../../renderer/lib/backend';
import { locale } from '../../../renderer/lib/locale.svelte';
import { LONGEST_TEXT, type BadgeArt } from '../../../shared/art/model';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';

// Files of tests share the browser's store, where another one may have left its locale.
beforeEach(() => locale.choose(null));

test('designs that cannot be drawn say why, and can be chosen all the same', async () => {
  const onchoose = vi.fn();
  const door = (() => Promise.reject(new Failure('invalid-input', message('art.gone')))) as unknown as Door;
  await render(ArtStart, { title: 'A name that nothing draws', door, onchoose });
  await expect.element(page.getByRole('alert')).toBeVisible();
  await page.getByRole('button').first().click();
  expect(onchoose).toHaveBeenCalledOnce();
});

test('a title longer than a design holds is drawn shortened', async () => {
  const asked: BadgeArt[] = [];
  const door = ((_: string, { art }: { art: BadgeArt }) => {
    asked.push(art);
    return Promise.resolve({ states: { EARNED: { svg: '<svg xmlns="http://www.w3.org/2000/svg"/>' } } });
  }) as unknown as Door;
  await render(ArtStart, { title: 'é'.repeat(3000), door, onchoose: () => undefined });
  await vi.waitFor(() => expect(asked).toHaveLength(12));
  const texts = asked.flatMap(({ layers }) => layers.flatMap((layer) => ('text' in layer ? [layer.text] : [])));
  expect(Math.max(...texts.map(({ length }) => length))).toBe(LONGEST_TEXT);
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
});
