import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, onTestFinished, test, vi, type Mock } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { OrgBadges } from '../../../renderer/features/sync/org-badges.svelte';
import type { Door } from '../../../renderer/lib/backend';
import { missingOf } from '../../../renderer/features/sync/promotion.svelte';
import PromotePane from '../../../renderer/features/sync/PromotePane.svelte';
import ComparePane from '../../../renderer/features/sync/ComparePane.svelte';
import PushPane from '../../../renderer/features/sync/PushPane.svelte';
import type { Reference } from '../../../shared/gateway/references';
import type { PartnerView, PromotionView } from '../../../shared/ipc/promotion-contract';
import type { PushPlan } from '../../../shared/ipc/sync-contract';
import { message } from '../../../shared/words/message';
import { saidFailure } from '../../ipc/said-failure';
import { speak } from '../gallery/speak';
import { connectionView, scripted, syncRow } from './scripted-backend';

const COUPON = { kind: 'couponSeries', owner: null, id: '55' } as const;
const TILL = { kind: 'till', owner: null, id: '9' } as const;
const CLAIM = { kind: 'claim', owner: 'Loyalty_Promotion', id: '626' } as const;
const TRIAL = { id: 2, name: 'Acme Trial' };
const LIVE = connectionView({ id: 1, name: 'Acme Live', kind: 'production' });

const held = (name: string, references: readonly (typeof COUPON | typeof TILL | typeof CLAIM)[]) => ({
  ...{ badgeId: name, name, path: null, errors: [], missing: { home: TRIAL, references } },
  reason: message('promote.held', {
    ...{
      count: references.length,
      home: TRIAL.name,
      org: LIVE.name,
      what: message('promote.couponSeries', { id: '55' }),
    },
  }),
});

/** Shows the pane of an org. @returns what is called when it was saved */
async function showPane(door: Door): Promise<Mock> {
  const badges = new OrgBadges(door, 1);
  await badges.openPromotion();
  const saved = vi.fn();
  await render(PromotePane, {
    ...{ promotion: badges.promotion, connection: LIVE, onsaved: saved, onclose: () => undefined },
    ...{ onsavefile: () => undefined, ontakefile: () => undefined },
  });
  return saved;
}

/** An org that takes badges from another one, and what it was told. */
function promoting(told: Record<string, string> = {}) {
  const partners = new Map(Object.entries(told));
  const rows = (): PartnerView[] =>
    [
      { ...COUPON, badges: ['Five visits', 'Iced Summer', 'Ten coffees'], count: 12 },
      { ...TILL, badges: ['Five visits'], count: 1 },
      { ...CLAIM, badges: ['Iced Summer'], count: 1 },
    ].map((row) => ({ ...row, partner: partners.get(row.id) ?? null }));
  const view = (): PromotionView => ({
    sources: [
      { ...TRIAL, isUsed: true, isApart: false, isSaid: true, isChosen: true },
      { id: 3, name: 'Practice', isUsed: false, isApart: false, isSaid: false, isChosen: false },
    ],
    ...{ from: TRIAL.id, badges: 14, references: rows() },
    known: [{ ...COUPON, id: '10055', badges: ['Five visits'] }],
  });
  return scripted({
    'sync.promotion': view,
    'sync.stopPromoting': view,
    'plans.takePartners': () => ({
      name: 'a.partners.json',
      from: TRIAL.id,
      told: 2,
      same: 0,
      rest: 0,
      own: 0,
      unknown: 0,
    }),
    'sync.keepPartners': ({ partners: said }) => {
      if (said.some(({ there }) => there === 'x')) throw saidFailure('invalid-input', 'An id is a whole number.');
      for (const { here, there } of said) {
        if (there === null) partners.delete(here);
        else partners.set(here, there);
      }
      return view();
    },
    'sync.list': () => ({ total: 0, rows: [], counts: {} }),
    'sync.definitions': () => ({ readOn: 1, unread: null, groups: [], fields: [] }),
    'sync.plan': (): PushPlan => {
      const open = [COUPON, TILL].filter(({ id }) => !partners.has(id));
      return {
        ...{ planId: 'p', connectionId: 1, requests: [], later: [], unsaid: null },
        held: open.length === 0 ? [] : [held('Five visits', open), held('Iced Summer', open.slice(0, 1))],
      };
    },
  });
}

test('what several badges lack is asked for once, and the push is planned again with it', async () => {
  const { door, asked } = promoting();
  const badges = new OrgBadges(door, 1);
  await badges.plan(['a', 'b']);
  expect(missingOf(badges.push.current?.held ?? [])).toEqual([{ home: TRIAL, references: [COUPON, TILL] }]);
  await render(PushPane, {
    ...{ push: badges.push, promotion: badges.promotion, connection: LIVE },
    onsavemissing: (from: number, references: readonly Reference[]) => void badges.saveMissing(from, references),
    onsayhome: () => undefined,
    ...{ onclose: () => undefined, onopenbadge: () => undefined, onsaveplan: () => undefined, onpack: () => undefined },
  });
  const save = page.getByRole('button', { name: 'Save and plan again' });
  await expect.element(save).toHaveAccessibleDescription('Fill in an id first.');
  await page.getByRole('combobox', { name: 'coupon series 55 is in Acme Live' }).click();
  await page.getByRole('option', { name: /10055/ }).click();
  await page.getByRole('button', { name: 'The same', exact: true }).click();
  await save.click();
  await vi.waitFor(() => expect(asked.filter(({ method }) => method === 'sync.plan')).toHaveLength(2));
  expect(asked.find(({ method }) => method === 'sync.keepPartners')?.input).toEqual({
    ...{ connectionId: 1, from: 2, chooses: 'never' },
    partners: [
      { kind: 'couponSeries', owner: null, here: '55', there: '10055' },
      { kind: 'till', owner: null, here: '9', there: '9' },
    ],
  });
  await expect.element(save).not.toBeInTheDocument();
});

test('one button of the push says of all ids that they are the same', async () => {
  const { door, asked } = promoting();
  const badges = new OrgBadges(door, 1);
  await badges.plan(['a', 'b']);
  await render(PushPane, {
    ...{ push: badges.push, promotion: badges.promotion, connection: LIVE },
    onsavemissing: (from: number, references: readonly Reference[]) => void badges.saveMissing(from, references),
    onsayhome: () => undefined,
    ...{ onclose: () => undefined, onopenbadge: () => undefined, onsaveplan: () => undefined, onpack: () => undefined },
  });
  const all = page.getByRole('button', { name: 'The same in both, for all 2 that are empty' });
  await all.click();
  await expect.element(all).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Save and plan again' }).click();
  await vi.waitFor(() =>
    expect(asked.find(({ method }) => method === 'sync.keepPartners')?.input).toMatchObject({
      partners: [
        { here: '55', there: '55' },
        { here: '9', there: '9' },
      ],
    }),
  );
});

test('the table of an org is written as a file, and one is taken in and looked at', async () => {
  const { door, asked } = promoting();
  const badges = new OrgBadges(door, 1);
  await badges.openPromotion();
  const saved = vi.fn();
  const taken = vi.fn();
  await render(PromotePane, {
    ...{ promotion: badges.promotion, connection: LIVE, onsaved: () => undefined, onclose: () => undefined },
    ...{ onsavefile: saved, ontakefile: taken },
  });
  await page.getByRole('button', { name: 'Save as a file…' }).click();
  expect(saved).toHaveBeenCalledWith(expect.objectContaining(TRIAL));
  await page.getByRole('button', { name: 'Take from a file…' }).click();
  expect(taken).toHaveBeenCalledOnce();
  expect(await badges.promotion.takeFile('token')).toMatchObject({ told: 2 });
  expect(asked.map(({ method }) => method)).toEqual(['sync.promotion', 'plans.takePartners', 'sync.promotion']);
  expect(asked.at(-1)?.input).toEqual({ connectionId: 1, from: TRIAL.id });
});

test('partners are looked at, typed, refused with a reason, and taken back', async () => {
  const { door, asked } = promoting({ '9': '10009' });
  const saved = await showPane(door);
  await expect.element(page.getByText('2 are not told yet.')).toBeVisible();
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await expect.element(save).toHaveAccessibleDescription('Nothing was changed.');
  await page.getByRole('checkbox', { name: 'Only those that are not told' }).click();
  await expect.element(page.getByText('till 9')).not.toBeInTheDocument();
  await page.getByRole('combobox', { name: 'coupon series 55 is in Acme Live' }).click();
  await userEvent.keyboard('x{Tab}');
  await save.click();
  await expect.element(page.getByText('An id is a whole number.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: /The same in both/ }).click();
  await save.click();
  await vi.waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
  await expect.element(page.getByText('All are told.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Only those that are not told' }).click();
  await page.getByRole('button', { name: 'Clear' }).first().click();
  await save.click();
  await vi.waitFor(() => expect(saved).toHaveBeenCalledTimes(2));
  expect(asked.filter(({ method }) => method === 'sync.keepPartners').at(-1)?.input).toMatchObject({
    partners: [{ here: '55', there: null }],
  });
  await page.getByRole('button', { name: 'Take none from Acme Trial any more' }).click();
  const stop = page.getByRole('alertdialog', { name: 'Take no badges from Acme Trial any more?' });
  await expect.element(stop).toBeVisible();
  expect(stop.element().textContent.replaceAll(/[^\w. ]/g, '')).toContain('All 2 ids that were told are forgotten.');
  await stop.getByRole('button', { name: 'Cancel' }).click();
  expect(asked.some(({ method }) => method === 'sync.stopPromoting')).toBe(false);
  await page.getByRole('button', { name: 'Take none from Acme Trial any more' }).click();
  await page.getByRole('button', { name: 'Forget them' }).click();
  await vi.waitFor(() => expect(saved).toHaveBeenCalledTimes(3));
});

test('of several test orgs one is chosen, and partners that no badge names are cleared together', async () => {
  const view: PromotionView = {
    sources: [
      { ...TRIAL, isUsed: true, isApart: false, isSaid: false, isChosen: false },
      { id: 3, name: 'Second', isUsed: true, isApart: false, isSaid: false, isChosen: true },
    ],
    ...{ from: TRIAL.id, badges: 1, known: [] },
    references: [
      { ...COUPON, partner: '10055', badges: ['Five visits'], count: 1 },
      { ...TILL, partner: '10009', badges: [], count: 0 },
    ],
  };
  const { door, asked } = scripted({ 'sync.promotion': () => view, 'sync.keepPartners': () => view });
  const saved = await showPane(door);
  await expect.element(page.getByText('no badge here names it any more')).toBeVisible();
  await page.getByRole('button', { name: 'Take badges from Acme Trial' }).click();
  await vi.waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
  await page.getByRole('button', { name: 'Clear the one that no badge names' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await vi.waitFor(() => expect(saved).toHaveBeenCalledTimes(2));
  expect(asked.filter(({ method }) => method === 'sync.keepPartners').map(({ input }) => input)).toEqual([
    { connectionId: 1, from: TRIAL.id, partners: [], chooses: 'always' },
    {
      ...{ connectionId: 1, from: TRIAL.id, chooses: 'first' },
      partners: [{ kind: 'till', owner: null, here: '9', there: null }],
    },
  ]);
});

test('a comparison says whose the ids of the draft are, lets that be changed, and asks for what production has anew', async () => {
  const homes: number[] = [];
  const { door, asked } = scripted({
    'sync.list': () => ({ total: 0, rows: [], counts: {} }),
    'sync.definitions': () => ({ readOn: 1, unread: null, groups: [], fields: [] }),
    'sync.setHome': ({ home }) => {
      homes.push(home);
      return null;
    },
    'sync.keepPartners': () => ({ sources: [], from: null, badges: 0, references: [], known: [] }),
    'sync.compare': () => ({
      ...{ row: syncRow({ state: 'live-changed' }), art: null, differences: [], claims: [], warnings: [] },
      ids: {
        home: homes.length === 0 ? TRIAL : null,
        among: [TRIAL, { id: 1, name: LIVE.name }],
        untoldThere: [{ ...COUPON, id: '77' }],
      },
    }),
  });
  const badges = new OrgBadges(door, 1);
  await badges.open('a');
  await render(ComparePane, {
    ...{ badges, connection: LIVE, onclose: () => undefined, onopenbadge: () => undefined },
  });
  await page.getByRole('combobox', { name: 'coupon series 77 is in Acme Trial' }).click();
  await userEvent.keyboard('57{Tab}');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await vi.waitFor(() => expect(asked.some(({ method }) => method === 'sync.keepPartners')).toBe(true));
  expect(asked.find(({ method }) => method === 'sync.keepPartners')?.input).toEqual({
    ...{ connectionId: 1, from: TRIAL.id, chooses: 'never' },
    partners: [{ kind: 'couponSeries', owner: null, here: '57', there: '77' }],
  });
  await page.getByRole('combobox', { name: 'Its ids are those of' }).click();
  await page.getByRole('option', { name: LIVE.name }).click();
  await vi.waitFor(() => expect(homes).toEqual([1]));
  await expect.element(page.getByText('Nobody can tell')).toBeVisible();
});

test('a push asks whose ids badges have that came as files, and is planned again with the answer', async () => {
  const said: unknown[] = [];
  const unsaid = {
    badges: ['a', 'b'].map((badgeId) => ({ badgeId, name: `Badge ${badgeId}` })),
    among: [TRIAL, { id: 1, name: LIVE.name }],
  };
  const { door } = scripted({
    'sync.list': () => ({ total: 0, rows: [], counts: {} }),
    'sync.definitions': () => ({ readOn: 1, unread: null, groups: [], fields: [] }),
    'sync.plan': (): PushPlan => ({
      ...{ planId: 'p', connectionId: 1, requests: [], held: [], later: [] },
      unsaid: said.length === 0 ? unsaid : null,
    }),
    'sync.setHome': (input) => {
      said.push(input);
      return null;
    },
  });
  const badges = new OrgBadges(door, 1);
  await badges.plan(['a', 'b']);
  await render(PushPane, {
    ...{ push: badges.push, promotion: badges.promotion, connection: LIVE, onsavemissing: () => undefined },
    onsayhome: (ids: readonly string[], home: number) => void badges.sayHome(ids, home),
    ...{ onclose: () => undefined, onopenbadge: () => undefined, onsaveplan: () => undefined, onpack: () => undefined },
  });
  const asks = page.getByText(/^Nobody said of which org the ids in 2 badges are, first .*Badge a/);
  await expect.element(asks).toBeVisible();
  await page.screenshot({ path: '../../../test-results/promote-unsaid.png' });
  await page.getByRole('combobox', { name: 'Their ids are those of' }).click();
  await page.getByRole('option', { name: TRIAL.name }).click();
  await expect.element(asks).not.toBeInTheDocument();
  expect(said).toEqual([{ badgeIds: ['a', 'b'], home: TRIAL.id }]);
});

test('both panes are read in both languages, light and dark, narrow and wide', async () => {
  onTestFinished(async () => {
    document.documentElement.removeAttribute('data-theme');
    await speak('en');
  });
  const { door } = promoting({ '9': '10009' });
  const badges = new OrgBadges(door, 1);
  await badges.plan(['a', 'b']);
  for (const [language, theme, width] of [
    ['en', 'light', 960],
    ['en', 'dark', 1440],
    ['de', 'light', 960],
    ['de', 'dark', 1440],
  ] as const) {
    await speak(language);
    document.documentElement.dataset['theme'] = theme;
    // The pane takes this much of a window so wide.
    await page.viewport(width === 960 ? 460 : 640, 820);
    const push = await render(PushPane, {
      ...{ push: badges.push, promotion: badges.promotion, connection: LIVE, onsavemissing: () => undefined },
      onsayhome: () => undefined,
      ...{
        onclose: () => undefined,
        onopenbadge: () => undefined,
        onsaveplan: () => undefined,
        onpack: () => undefined,
      },
    });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
    await page.screenshot({ path: `../../../test-results/promote-push-${language}-${theme}.png` });
    await push.unmount();
    await badges.promotion.look(null);
    const pane = await render(PromotePane, {
      ...{ promotion: badges.promotion, connection: LIVE, onsaved: () => undefined, onclose: () => undefined },
      ...{ onsavefile: () => undefined, ontakefile: () => undefined },
    });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
    await page.screenshot({ path: `../../../test-results/promote-pane-${language}-${theme}.png` });
    await pane.unmount();
  }
});

test('in the narrowest pane nothing of a partner lies beyond it', async () => {
  const { door } = promoting({ '9': '10009' });
  const badges = new OrgBadges(door, 1);
  await badges.openPromotion();
  const target = document.createElement('div');
  target.style.width = '332px';
  target.style.height = '500px';
  document.body.append(target);
  onTestFinished(() => target.remove());
  onTestFinished(() => speak('en'));
  await speak('de');
  await render(PromotePane, {
    target,
    props: {
      ...{ promotion: badges.promotion, connection: LIVE, onsaved: () => undefined, onclose: () => undefined },
      ...{ onsavefile: () => undefined, ontakefile: () => undefined },
    },
  });
  await expect.element(page.getByText('Kasse 9')).toBeVisible();
  const { right } = target.getBoundingClientRect();
  const buttons = [...target.querySelectorAll('li button')];
  expect(buttons.length).toBeGreaterThan(2);
  expect(buttons.filter((button) => button.getBoundingClientRect().right > right - 8)).toEqual([]);
});
