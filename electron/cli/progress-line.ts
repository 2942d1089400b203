import type { IssueProgress } from '../../shared/ipc/issuance-contract';

const BAR = 24;

/**
 * A progress report as one line: `[######------] 25%  250,000 of 1,000,000  310,000/s  3 s left`.
 *
 * @param name of the table that is read
 */
export function progressLine(name: string, report: IssueProgress): string {
  const { phase, share: decoded, done, total, perSecond, secondsLeft } = report;
  if (phase === 'saving') return `Saving ${done.toLocaleString('en')} customers …`;
  if (phase === 'reading')
    return decoded === undefined ? `Reading ${name} …` : `Reading ${name}: ${String(Math.floor(decoded * 100))}% …`;
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  const filled = share === null ? 0 : Math.round(share * BAR);
  const parts = [
    ...(share === null
      ? []
      : [`[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}] ${String(Math.floor(share * 100))}%`]),
    total === null ? done.toLocaleString('en') : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`,
    ...(perSecond === null ? [] : [`${Math.round(perSecond).toLocaleString('en')}/s`]),
    ...(secondsLeft === null ? [] : [`${String(Math.ceil(secondsLeft))} s left`]),
  ];
  return parts.join('  ');
}

/** How far the look at a whole table is. @param share from 0 to 1 */
export function lookingAt(name: string, share: number): string {
  return `Looking at ${name}: ${String(Math.floor(share * 100))}% …`;
}
