import { describe, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../electron/main/content-security-policy';
import { resolverRules } from '../../electron/main/network-silence';
import { isTrustedSender, pageAddress } from '../../electron/main/page-address';
import { recoveryPage } from '../../electron/main/recovery-page';
import { MainWords } from '../../electron/main/words';

const built = pageAddress(null);
const developed = pageAddress('http://localhost:5173');

describe('who may use the preload script’s calls', () => {
  const page = { origin: 'app://ui', isMainFrame: true, isOurWindow: true };

  test('the page’s own main frame', () => {
    expect(isTrustedSender(page, built)).toBe(true);
    expect(isTrustedSender({ ...page, origin: 'http://localhost:5173' }, developed)).toBe(true);
  });

  test.each([
    ['a frame that is gone', null],
    ['a frame inside the page', { ...page, isMainFrame: false }],
    ['another window', { ...page, isOurWindow: false }],
    ['another host of the scheme', { ...page, origin: 'app://other' }],
    ['an opaque origin', { ...page, origin: 'null' }],
    ['a web page', { ...page, origin: 'https://ui' }],
    ['a development server, when there is none', { ...page, origin: 'http://localhost:5173' }],
  ])('not %s', (_who, sender) => {
    expect(isTrustedSender(sender, built)).toBe(false);
  });
});

test.each([
  'http://example.org/',
  'https://localhost:5173/',
  'file:///index.html',
  'http://localhost.example.org/',
  '',
])('a development server at %j is refused', (address) => {
  expect(() => pageAddress(address)).toThrow();
});

test('no name and no address is resolved for the window, but the development server’s', () => {
  expect(resolverRules(built)).toBe('MAP * ~NOTFOUND');
  expect(resolverRules(developed)).toBe('MAP * ~NOTFOUND, EXCLUDE localhost');
});

test('the policy starts from nothing and allows neither inline nor eval', () => {
  const directives = CONTENT_SECURITY_POLICY.split('; ');
  expect(directives[0]).toBe("default-src 'none'");
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*|blob:/);
  expect(directives.filter((directive) => directive.includes('data:'))).toEqual(["img-src 'self' data:"]);
});

test('the recovery page needs nothing that the policy refuses', () => {
  expect(recoveryPage(built.entry, new MainWords())).not.toMatch(/<script|<style|style=|\son\w+=/);
});
