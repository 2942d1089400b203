/** The names of controls that the handbook sets in bold, held against the words of the window. */
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Catalogue } from '../../shared/words/message';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a message can say, as a pattern: a value stands for any text, a plural for each of its forms. */
function patternOf(elements: readonly MessageFormatElement[]): string {
  return elements
    .map((element) => {
      switch (element.type) {
        case TYPE.literal:
          return escaped(element.value);
        case TYPE.plural:
        case TYPE.select:
          return `(?:${Object.values(element.options)
            .map(({ value }) => patternOf(value))
            .join('|')})`;
        case TYPE.tag:
          return patternOf(element.children);
        case TYPE.pound:
          return '[\\d.,]+';
        default:
          return '.+';
      }
    })
    .join('');
}

/** Letters that a message has besides its values: one with too few would be found in anything. */
const LEAST_LETTERS = 5;
const lettersOf = (pattern: string): number => pattern.replaceAll('.+', '').replaceAll(/\P{L}/gu, '').length;

/**
 * Says whether a name is one of the window's: `Name`, or `Menu › Entry`, each part a message of the catalogue. What a
 * value stands for may be anything: `Pull from Acme UAT`.
 */
export function namesOf(catalogue: Catalogue): (name: string) => boolean {
  const exact = new Set<string>();
  const patterns: RegExp[] = [];
  for (const texts of Object.values(catalogue)) {
    for (const text of Object.values(texts as Record<string, string>)) {
      const elements = parse(text);
      if (elements.every(({ type }) => type === TYPE.literal)) exact.add(text.replace(/^&/, ''));
      else {
        const pattern = patternOf(elements);
        if (lettersOf(pattern) >= LEAST_LETTERS) patterns.push(new RegExp(`^${pattern}$`, 'u'));
      }
    }
  }
  return (name) => name.split(' › ').every((part) => exact.has(part) || patterns.some((pattern) => pattern.test(part)));
}
