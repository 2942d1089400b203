import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOCALES } from '../../../renderer/lib/locale.svelte';
import { editableText, groupedText, readNumberText } from '../../../renderer/lib/number-text';

const whole = (text: string, locale = 'en-US'): number | null | string => {
  const reading = readNumberText(text, { locale });
  return reading.ok ? reading.value : `refused: ${reading.reason} ${reading.advice}`;
};
const decimal = (text: string, locale = 'en-US', percent = false): number | null | string => {
  const reading = readNumberText(text, { locale, decimals: true, percent });
  return reading.ok ? reading.value : `refused: ${reading.reason} ${reading.advice}`;
};

describe('whole numbers', () => {
  test.each<[string, string, number | null]>([
    ['', 'en-US', null],
    ['  ', 'en-US', null],
    ['60000', 'en-US', 60_000],
    [' 1000 ', 'en-US', 1_000],
    ['007', 'en-US', 7],
    ['-5', 'en-US', -5],
    ['−5', 'en-US', -5],
    ['+5', 'en-US', 5],
    ['-0', 'en-US', 0],
    ['1,000', 'en-US', 1_000],
    ['1,234,567', 'en-GB', 1_234_567],
    ['12,34,567', 'en-IN', 1_234_567],
    ['1.000', 'de-DE', 1_000],
    ['1.234.567', 'de-DE', 1_234_567],
    ['1’000', 'de-CH', 1_000],
    ["1'000", 'en-US', 1_000],
    ['1_000', 'en-US', 1_000],
    ['1 000', 'en-US', 1_000],
    ['1\u00a0000', 'de-DE', 1_000],
    ['1\u202f000\u202f000', 'fr-FR', 1_000_000],
    ['1\u2009000', 'en-US', 1_000],
    ['1\u2007000', 'en-US', 1_000],
    ['\u200e1000\u200f', 'en-US', 1_000],
    ['٦٠٠٠٠', 'en-US', 60_000],
    ['١٬٠٠٠', 'ar-EG', 1_000],
    ['۶۰', 'fa-IR', 60],
    ['६००', 'hi-IN', 600],
    ['６００００', 'ja-JP', 60_000],
    ['９,０００', 'ja-JP', 9_000],
    ['9007199254740991', 'en-US', Number.MAX_SAFE_INTEGER],
  ])('“%s” in %s is %s', (text, locale, value) => {
    expect(whole(text, locale)).toBe(value);
  });

  test.each<[string, string, RegExp]>([
    ['2.5', 'en-US', /not a whole number.*Leave the decimals out/],
    ['1,5', 'en-US', /not a whole number.*Leave the decimals out/],
    ['1,5', 'de-DE', /not a whole number/],
    ['2.5', 'de-DE', /not a whole number/],
    ['0.125', 'de-DE', /not a whole number/],
    ['1.0', 'en-US', /not a whole number/],
    ['.5', 'en-US', /not a whole number/],
    ['1.000', 'en-US', /can mean two numbers.*Write 1000.*1,000 here/],
    ['1,000', 'de-DE', /can mean two numbers.*Write 1000.*1\.000 here/],
    ['1,00060000', 'en-US', /not a whole number/],
    ['80,006,0', 'en-US', /not a whole number/],
    ['1,000.00', 'en-US', /not a whole number/],
    ['1.000,00', 'de-DE', /not a whole number/],
    ['1,000 000', 'en-US', /not a whole number/],
    ['1 5', 'en-US', /not a whole number/],
    ['1  000', 'en-US', /not a whole number/],
    ['5,66E+08', 'de-DE', /shortened, by a spreadsheet/],
    ['5.66e8', 'en-US', /shortened, by a spreadsheet/],
    ['1e3', 'en-US', /shortened/],
    ['0x10', 'en-US', /not a whole number/],
    ['5 %', 'en-US', /not a whole number/],
    ['$5', 'en-US', /not a whole number/],
    ['(5)', 'en-US', /not a whole number/],
    ['--5', 'en-US', /not a whole number/],
    ['ten', 'en-US', /not a whole number/],
    ['½', 'en-US', /not a whole number/],
    ['²', 'en-US', /not a whole number/],
    ['1٢', 'en-US', /one script/],
    ['1-2', 'en-US', /not a whole number/],
    ['1\n2', 'en-US', /not a whole number/],
    ['9007199254740993', 'en-US', /too large.*9,007,199,254,740,991/],
    ['12345678901234567890', 'en-US', /too large/],
  ])('“%s” in %s is said, and never made into one', (text, locale, said) => {
    expect(whole(text, locale)).toMatch(/^refused: /);
    expect(whole(text, locale)).toMatch(said);
  });
});

describe('numbers with decimals', () => {
  test.each<[string, string, number]>([
    ['2.5', 'en-US', 2.5],
    ['2,5', 'en-US', 2.5],
    ['2,5', 'de-DE', 2.5],
    ['2.5', 'de-DE', 2.5],
    ['0.125', 'de-DE', 0.125],
    ['1.500', 'en-US', 1.5],
    ['1.500', 'de-DE', 1_500],
    ['1,500', 'en-US', 1_500],
    ['1,500.25', 'en-US', 1_500.25],
    ['1.500,25', 'de-DE', 1_500.25],
    ['1\u202f500,25', 'fr-FR', 1_500.25],
    ['.5', 'en-US', 0.5],
    ['5.', 'en-US', 5],
    ['٢٫٥', 'ar-EG', 2.5],
    ['-0.5', 'en-US', -0.5],
  ])('“%s” in %s is %s', (text, locale, value) => {
    expect(decimal(text, locale)).toBe(value);
  });

  test('a per-cent sign belongs to a share only', () => {
    expect(decimal('12.5 %', 'en-US', true)).toBe(12.5);
    expect(decimal('12,5\u00a0%', 'de-DE', true)).toBe(12.5);
    expect(decimal('12.5 %')).toMatch(/^refused/);
  });

  test.each([
    ['1.500', 'fr-FR'],
    ['1.2.3', 'en-US'],
    ['1,2,3', 'en-US'],
    ['1.234,5', 'en-US'],
    ['1,234.5', 'de-DE'],
    ['1e-3', 'en-US'],
    ['.', 'en-US'],
    ['0.12345678901234567', 'en-US'],
    ['abc', 'en-US'],
  ])('“%s” in %s is said', (text, locale) => {
    expect(decimal(text, locale)).toMatch(/^refused: /);
  });
});

test('what a field shows reads back as the same number, in every locale that is offered', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LOCALES, 'ar-EG', 'fa-IR', 'bn-BD', 'mr-IN', 'my-MM'),
      fc.maxSafeInteger(),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      (locale, integer, thousandths) => {
        for (const show of [groupedText, editableText]) {
          expect(whole(show(integer, locale), locale)).toBe(integer === 0 ? 0 : integer);
          expect(decimal(show(thousandths / 1000, locale), locale)).toBe(thousandths / 1000 || 0);
        }
      },
    ),
  );
});
