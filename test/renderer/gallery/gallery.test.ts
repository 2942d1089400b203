import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { afterEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { locale } from '../../../renderer/lib/locale.svelte';
import { words } from '../../../renderer/lib/say.svelte';
import { LANGUAGES } from '../../../shared/words/message';
import { accessibilityFaults } from '../components/accessibility';
import { groups } from './groups';
import { speak } from './speak';

afterEach(async () => {
  locale.chooseLanguage(null);
  await words.follow();
  delete document.documentElement.dataset['theme'];
});

const looks = LANGUAGES.flatMap((language) => (['light', 'dark'] as const).map((theme) => [language, theme] as const));

describe.each(looks)('%s, %s', (language, theme) => {
  test.each(Object.keys(groups))('axe finds nothing in %s', async (name) => {
    document.documentElement.dataset['theme'] = theme;
    await speak(language);
    await render(groups[name]!);
    expect(await accessibilityFaults()).toBe('');
  });
});
