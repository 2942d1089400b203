import { LINE_FAULTS, type LineFault } from '../../../db/org/outcomes';

/** Rows that are handed over at a time. */
export const BATCH_SIZE = 1024;

/** A run of rows in request order; arrays are used again for the next batch. */
export class CustomerBatch {
  /** Customer ids; meaningless where `faults` is not 0. */
  readonly customerIds = new Float64Array(BATCH_SIZE);
  /** 0, or why the line is not a customer id (outcomes.ts). */
  readonly faults = new Uint8Array(BATCH_SIZE);
  /** Text of the faulty lines. */
  readonly lines: string[] = new Array<string>(BATCH_SIZE).fill('');
  /** Line of the text on which the row begins, from 1, all lines counted; 0 where there are no lines. */
  readonly lineNumbers = new Float64Array(BATCH_SIZE);
  length = 0;

  get isFull(): boolean {
    return this.length === BATCH_SIZE;
  }

  /** The customers among its rows. */
  customers(): number[] {
    const customers: number[] = [];
    for (let index = 0; index < this.length; index += 1)
      if (this.faults[index] === 0) customers.push(this.customerIds[index] as number);
    return customers;
  }

  addCustomer(customerId: number, lineNumber = 0): void {
    this.lineNumbers[this.length] = lineNumber;
    this.customerIds[this.length] = customerId;
    this.faults[this.length] = 0;
    this.length += 1;
  }

  addFault(fault: LineFault, line: string, lineNumber = 0): void {
    this.lineNumbers[this.length] = lineNumber;
    this.faults[this.length] = LINE_FAULTS[fault];
    this.lines[this.length] = line;
    this.length += 1;
  }
}
