import { expect, test, vi } from 'vitest';
import { FaultForm, MOST_RULES } from '../../../renderer/features/sync/practice/fault-form.svelte';
import { FAULT_PRESETS, rulesOfPreset } from '../../../shared/gateway/fault-presets';
import type { PracticeFaults } from '../../../shared/ipc/practice-contract';
import { ruleSentence } from '../../../renderer/features/sync/practice/fault-wording';

function formThatSaves(): { form: FaultForm; saved: PracticeFaults[] } {
  const saved: PracticeFaults[] = [];
  const form = new FaultForm((faults) => {
    saved.push(faults);
    return Promise.resolve(true);
  });
  return { form, saved };
}

test('a preset is the only thing on, a rule of one’s own stays, off, and the same button turns it off again', async () => {
  vi.useFakeTimers();
  const { form, saved } = formThatSaves();
  form.add();
  form.change(form.entries[0]?.key ?? 0, { share: 0.5 });
  form.usePreset('slow-friday');
  expect(form.isPreset('slow-friday')).toBe(true);
  expect(form.inForce).toHaveLength(rulesOfPreset('slow-friday').length);
  expect(form.entries.filter(({ rule }) => !rule.isOn).map(({ rule }) => rule.share)).toEqual([0.5]);
  form.usePreset('rate-limit');
  // Rules of another preset are had again by its button; the list holds only one's own beside.
  expect(form.entries).toHaveLength(2);
  expect(FAULT_PRESETS.filter((preset) => form.isPreset(preset))).toEqual(['rate-limit']);
  form.usePreset('rate-limit');
  expect(form.inForce).toEqual([]);
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect(saved.at(-1)?.rules.map(({ isOn }) => isOn)).toEqual([false, false]);
});

test('a rule of one’s own is never lost to a preset in a full list', () => {
  const { form } = formThatSaves();
  for (let turn = 0; turn < MOST_RULES; turn += 1) {
    form.add();
    form.change(form.entries.at(-1)?.key ?? 0, { after: turn });
  }
  const before = form.entries;
  expect(form.hasRoomFor('slow-friday')).toBe(false);
  form.usePreset('slow-friday');
  expect(form.entries).toBe(before);
});

test('a rule says how many pass each minute', () => {
  const [rule] = rulesOfPreset('rate-limit');
  expect(rule && ruleSentence({ ...rule, isOn: true })).toContain('beyond 100 a minute');
});
