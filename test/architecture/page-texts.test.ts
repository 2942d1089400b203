import { describe, expect, test } from 'vitest';
import { pageTextsOf } from './page-texts';
import { EXEMPT, NOT_YET } from './page-texts-left';
import { repositoryFiles, textOf } from './repository-files';

const pageFiles = repositoryFiles().filter(
  (file) => /^renderer\/.*\.(svelte|ts)$/.test(file) && !file.endsWith('.d.ts'),
);

test('every text of the page is in the catalogue', () => {
  const checked = pageFiles.filter((file) => !NOT_YET.some((folder) => file.startsWith(folder)));
  expect(checked.length).toBeGreaterThan(0);
  const texts = checked.flatMap((file) =>
    pageTextsOf(file, textOf(file)).filter((found) => !(EXEMPT[file] ?? []).some((text) => found.endsWith(` ${text}`))),
  );
  expect(texts).toEqual([]);
});

test('what is exempt is there', () => {
  const gone = Object.entries(EXEMPT).flatMap(([file, texts]) => {
    const found = pageFiles.includes(file) ? pageTextsOf(file, textOf(file)) : [];
    return texts.filter((text) => !found.some((line) => line.endsWith(` ${text}`))).map((text) => `${file} ${text}`);
  });
  expect(gone).toEqual([]);
});

describe('a planted text is found', () => {
  test.each([
    ['renderer/X.svelte', '<p>Nothing here</p>'],
    ['renderer/X.svelte', '<p>{count} badges</p>'],
    ['renderer/X.svelte', '<Button label="Save" />'],
    ['renderer/X.svelte', '<Button label={busy ? "Saving it" : say("a.b")} />'],
    ['renderer/X.svelte', '<p>{`${count} of them`}</p>'],
    ['renderer/X.svelte', '{#if a}<b title="Only one is kept">{a}</b>{/if}'],
    ['renderer/X.svelte', '<script>const t = "Not yet asked";</script>'],
    ['renderer/x.ts', "export const WORDS = { LIVE: 'Live' };"],
    ['renderer/x.ts', 'const said = `Saved: ${name}.`;'],
    ['renderer/x.ts', "throw new Failure('not-found', 'It is gone.');"],
  ])('%s: %s', (file, text) => {
    expect(pageTextsOf(file, text)).toHaveLength(1);
  });
});

describe('what nobody reads is left alone', () => {
  test.each([
    ['renderer/X.svelte', '<div class="list wide" data-kind="Some Thing">{say("badges.none")}</div>'],
    ['renderer/X.svelte', '<style>.a { color: red }</style><p>{name} · {count} %</p>'],
    ['renderer/x.ts', "if (event.key === 'Enter') throw new Error('A program mistake here');"],
    ['renderer/x.ts', "import A from './Some Where';"],
    ['renderer/x.ts', "const value: 'Some Type' | null = null; say('badges.some', { name: 'x' });"],
  ])('%s: %s', (file, text) => {
    expect(pageTextsOf(file, text)).toEqual([]);
  });
});
