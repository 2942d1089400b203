import { expect, test } from 'vitest';
import { missingStories } from './gallery';
import { repositoryFiles, textOf } from './repository-files';

/** Parts of other components, which have no look of their own to show: by the component that shows them. */
const PARTS: Readonly<Record<string, string>> = {
  'renderer/components/ChoiceButton.svelte': 'Select',
  'renderer/components/ChoiceList.svelte': 'Select',
  'renderer/components/ChoiceOption.svelte': 'Select',
  'renderer/components/Field.svelte': 'TextField',
  'renderer/components/FieldNoteText.svelte': 'TextField',
  'renderer/components/InputBox.svelte': 'NumberField',
  'renderer/components/MenuList.svelte': 'Menu',
  'renderer/components/Scrim.svelte': 'Dialog',
  'renderer/components/TooltipBubble.svelte': 'Button',
  'renderer/components/charts/ChartFrame.svelte': 'TimeChart',
};

const files = repositoryFiles();
const components = files.filter((file) => /^renderer\/components\/.*\.svelte$/.test(file));
const stories = files.filter((file) => file.startsWith('test/renderer/gallery/stories/')).map(textOf);

test('every component stands in the gallery, in every state', () => {
  const shown = components.filter((file) => !(file in PARTS)).map((file) => [file, textOf(file)] as const);
  expect(shown.length).toBeGreaterThan(40);
  expect(missingStories(shown, stories)).toEqual([]);
});

test('what is a part of another component is there, and the other one has a story', () => {
  const nameOf = (file: string): string => /(\w+)\.svelte$/.exec(file)?.[1] ?? '';
  const shown = components.filter((file) => !(file in PARTS)).map(nameOf);
  expect(Object.keys(PARTS).filter((file) => !components.includes(file))).toEqual([]);
  expect(Object.values(PARTS).filter((whole) => !shown.includes(whole))).toEqual([]);
});

test('what is missing is found', () => {
  const button = `<script lang="ts">interface Props {\n    variant?: 'primary' | 'quiet';\n    busy?: boolean;\n  }
  const { variant = 'quiet', busy = false }: Props = $props();</script>`;
  const component = ['renderer/components/Button.svelte', button] as const;
  const story = `import Button from '../../../../renderer/components/Button.svelte';`;
  expect(missingStories([component], [])).toEqual(['Button has no story']);
  expect(missingStories([component], [story])).toEqual([
    'Button is not shown with variant primary',
    'Button is not shown with busy',
  ]);
  expect(missingStories([component], [`${story} <Button variant="primary" busy />`])).toEqual([]);
});
