import type { BadgeDefinition } from '../domain/badge';
import type { Finding } from '../simulation/json-path';
import type { SimulationResult } from '../simulation/result';
import type { Scenario } from '../simulation/scenario';
import type { WinnersAndLosers } from '../simulation/variants';

/** One badge of a version, beside its place in the result. */
export interface ReportBadge {
  key: string;
  name: string;
  /** The answer as it is kept: in English. */
  sentence: string;
  /** Why nobody at all can get it; then no figures are shown. */
  nobody: string | null;
  /** The smallest limit in all; null: none, or not known. */
  cap: number | null;
  /** Null where only the result is known. */
  definition: BadgeDefinition | null;
}

/** One result with what is known of its scenario. */
export interface ReportVersion {
  name: string;
  /** What was changed against the first version: `path=value`. */
  changes: readonly string[];
  result: SimulationResult;
  /** Null where only the result is known. */
  scenario: Scenario | null;
  badges: readonly ReportBadge[];
  /** What was found in the scenario that contradicts itself. */
  findings: readonly Finding[];
}

/** Everything a report says. */
export interface Report {
  /** Null: the scenario's own name. */
  title: string | null;
  /** The first is what the report is about; the others stand beside it. */
  versions: readonly [ReportVersion, ...ReportVersion[]];
  /** All ran on the same draws. */
  sameDraws: boolean;
  /** Who wins and loses by each version, where the versions were run with the same customers. */
  people: readonly WinnersAndLosers[];
  /** The command lines that make it again. */
  commands: readonly string[];
  /** They read a scenario that has first to be saved from the window. */
  savesFirst: boolean;
  appVersion: string;
  /** `#rrggbb`; null: Laurel's own. */
  brandColour: string | null;
  /** A `data:` address of a picture that was looked through; null: none. */
  logo: string | null;
  /** Pictures of badges of the first version as SVG, by key; a badge without art has none. */
  pictures: ReadonlyMap<string, string>;
}

/** Versions that stand side by side. */
export const MOST_VERSIONS = 6;
