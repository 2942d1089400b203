import { describe, expect, it } from 'vitest';
import { plainWords, quotedWords } from '../../shared/ipc/plain-words';
import { saidFailure } from './said-failure';

describe('texts of orgs and files', () => {
  it('are shown without acting on the terminal or on the order of the text around them', () => {
    expect(plainWords('a\u001b[31mb\u0007\r')).toBe('a\\u001b[31mb\\u0007\\u000d');
    expect(plainWords('x\u202egnp.exe\u2066y\u200f')).toBe('x\\u202egnp.exe\\u2066y\\u200f');
    expect(plainWords('\u{e0041}\ud800')).toBe('\\udb40\\udc41\\ud800');
    expect(plainWords('Zoë 名 👩‍👩‍👧 می‌خواهم\n\tb')).toBe('Zoë 名 👩‍👩‍👧 می‌خواهم\n\tb');
    expect(quotedWords('a\nb')).toBe('a\\u000ab');
    const value = { a: 'x\u202e\u0007\u{e0041}"\\' };
    expect(JSON.parse(plainWords(JSON.stringify(value)))).toEqual(value);
  });

  it('reach a person escaped in every failure', () => {
    const failure = saidFailure('conflict', 'x\u202ey', [{ code: 1, message: '\u001b[2J', reference: null }]);
    expect(failure.toWire()).toMatchObject({ message: 'x\\u202ey', gatewayErrors: [{ message: '\\u001b[2J' }] });
  });
});
