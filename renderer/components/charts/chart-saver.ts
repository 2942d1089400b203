import { getContext, setContext } from 'svelte';
import type { ChartTable } from '../../../shared/charts/chart-data';

/** What a chart gives to be saved under a name it suggests. */
export type ChartFile = { text: string } | { base64: string } | { table: ChartTable };
export type ChartSaver = (name: string, file: ChartFile) => void;

const KEY = Symbol('chart saver');

/** Lets the charts below this component be exported. */
export function provideChartSaver(saver: ChartSaver): void {
  setContext(KEY, saver);
}

/** Null where nobody saves: the chart then offers no export. */
export function chartSaver(): ChartSaver | null {
  return getContext<ChartSaver | undefined>(KEY) ?? null;
}
