import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { boundedList, contractMistake } from '../../shared/ipc/bounded-list';
import { inEnglish } from '../../shared/words/english';
import { issuanceMethods } from '../../shared/ipc/issuance-contract';

function wordsOf({ error }: { error?: z.ZodError | undefined }): string | null {
  const words = error?.issues[0] ? contractMistake(error.issues[0]) : null;
  return words && inEnglish(words);
}

test('every list that a page may send has a bound, and one beyond it is refused in words', () => {
  const folder = path.resolve('shared/ipc');
  const contracts = readdirSync(folder).filter((name) => name.endsWith('-contract.ts'));
  expect(contracts.length).toBeGreaterThan(4);
  for (const name of contracts) {
    expect(`${name}: ${readFileSync(path.join(folder, name), 'utf8')}`).not.toMatch(/z\s*\.array\(/);
  }
  const result = boundedList(z.string(), 2, 'lists.outcomes').safeParse(['a', 'b', 'c']);
  expect(wordsOf(result)).toBe('Name at most 2 outcomes at a time.');
});

test('forty thousand outcomes in one call are refused', () => {
  const outcomes = Array.from({ length: 40_000 }, () => '811');
  const filter = { outcomes, customer: '' };
  const rows = issuanceMethods['requests.rows'].input.safeParse({ id: 1, filter, offset: 0, limit: 10 });
  expect(wordsOf(rows)).toBe('Name at most 500 outcomes at a time.');
});
