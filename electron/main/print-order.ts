import { readFile, writeFile } from 'node:fs/promises';
import { app, type CommandLine } from 'electron';
import { printPage } from './print-page';

/** A page to print and where the PDF goes, as the command line of Laurel asks its runtime; null: Laurel is to open. */
export interface PrintOrder {
  from: string;
  to: string;
}

export function printOrderOf(commandLine: Pick<CommandLine, 'getSwitchValue'>, isPackaged: boolean): PrintOrder | null {
  const [from, to] = [commandLine.getSwitchValue('print-report'), commandLine.getSwitchValue('print-to')];
  return isPackaged || from === '' || to === '' ? null : { from, to };
}

/** Prints, and ends: 0 where the PDF is there. What went wrong stands on standard error, after `laurel: `. */
export async function carryOutPrint({ from, to }: PrintOrder): Promise<void> {
  try {
    await app.whenReady();
    await writeFile(to, await printPage(await readFile(from, 'utf8')));
    app.exit(0);
  } catch (error) {
    console.error(`laurel: ${error instanceof Error ? error.message : String(error)}`);
    app.exit(1);
  }
}
