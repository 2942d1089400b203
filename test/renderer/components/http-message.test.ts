import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import HttpMessage from '../../../renderer/components/HttpMessage.svelte';

test('nothing that came over the wire acts on the text around it', async () => {
  const acting = 'a\u202eb\u0085';
  const screen = await render(HttpMessage, {
    title: 'Request',
    line: `GET /${acting}`,
    headers: [{ name: 'x', value: acting }],
    body: { text: `{"name":"${acting}"}`, length: 20 },
  });
  const text = screen.container.textContent ?? '';
  expect(text).not.toMatch(/[\u202e\u0085]/);
  expect(text.split('a\\u202eb\\u0085').length - 1).toBeGreaterThanOrEqual(2);
});
