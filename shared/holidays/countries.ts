import { EUROPE } from './europe';
import type { Country } from './rule';
import { WORLD } from './world';

/** All countries whose holidays are known, by their ISO 3166 code. */
const ALL = { ...EUROPE, ...WORLD };

export type CountryCode = keyof typeof ALL;

export const COUNTRIES: Readonly<Record<CountryCode, Country>> = ALL;

/** Their codes, in alphabetical order. */
export const COUNTRY_CODES = (Object.keys(ALL) as CountryCode[]).sort();

/** The country of a code, in capitals or not; undefined: its holidays are not known. */
export function countryOf(code: string): CountryCode | undefined {
  return COUNTRY_CODES.find((known) => known === code.toUpperCase());
}
