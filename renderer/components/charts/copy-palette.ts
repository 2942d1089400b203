import { getContext, setContext } from 'svelte';
import { PAPER, type ChartPalette } from '../../../shared/charts/chart-svg';

const KEY = Symbol('palette of copied charts');

/** Says in which colours the charts below this component are copied. */
export function provideCopyPalette(palette: () => ChartPalette): void {
  setContext(KEY, palette);
}

/** Those of paper where nobody said. */
export function copyPalette(): () => ChartPalette {
  return getContext<(() => ChartPalette) | undefined>(KEY) ?? (() => PAPER);
}
