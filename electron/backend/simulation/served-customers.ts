/** Customers whom a simulation gave a badge. */
export interface ServedCustomers {
  /** Where they come from, for people. */
  description: string;
  customers: Float64Array;
  /** The simulation made its customers up, or hid who they are: their numbers belong to nobody, or to somebody else. */
  areMadeUp: boolean;
}
