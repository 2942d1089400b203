import { describe, expect, test } from 'vitest';
import { webAddress } from '../../electron/main/web-address';

describe('addresses that may leave', () => {
  test.each([
    ['https://example.org', 'https://example.org/'],
    ['http://example.org/a b?c#d', 'http://example.org/a%20b?c#d'],
    ['HTTPS://EXAMPLE.ORG/', 'https://example.org/'],
    [' https://example.org/ ', 'https://example.org/'],
  ])('%j leaves as %s', (address, normal) => {
    expect(webAddress(address)).toBe(normal);
  });

  test.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:/id',
    'app://ui/index.html',
    'https://name@example.org/',
    'https://name:word@example.org/',
    'https:',
    '//example.org',
    'example.org',
    '',
  ])('%j does not', (address) => {
    expect(webAddress(address)).toBeNull();
  });
});
