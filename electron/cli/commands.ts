import { backupCommand } from './backup';
import { checkCommand } from './check';
import type { Command } from './command';
import { compareCommand } from './compare';
import { exportCommand, importCommand } from './export';
import { gatewayCommand } from './gateway';
import { goalCommand } from './goal';
import { inspectCommand } from './inspect';
import { issueCommand } from './issue';
import { networkCommand } from './network';
import { simulateCommand } from './simulate';
import { mergeCommand } from './merge';
import { testCommand } from './test';
import { whyCommand } from './why';

/** All commands, in the order in which they are listed. */
export const COMMANDS: readonly Command[] = [
  checkCommand,
  inspectCommand,
  issueCommand,
  gatewayCommand,
  simulateCommand,
  mergeCommand,
  compareCommand,
  testCommand,
  goalCommand,
  whyCommand,
  backupCommand,
  exportCommand,
  importCommand,
  networkCommand,
];
