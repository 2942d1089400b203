import { expect, test } from 'vitest';
import { isThisMachine } from '../../shared/ipc/this-machine';

test.each(['http://localhost:1', 'http://127.0.0.1', 'http://127.1.2.3:80', 'http://[::1]:8080', 'http://2130706433'])(
  '%s is this machine',
  (address) => expect(isThisMachine(new URL(address).hostname)).toBe(true),
);

test.each([
  ...['https://127.example.com', 'https://localhost.example.com', 'https://org.localhost', 'http://128.0.0.1'],
  ...['http://[::2]', 'http://127.0.0.1.example.com'],
])('%s is another', (address) => expect(isThisMachine(new URL(address).hostname)).toBe(false));
