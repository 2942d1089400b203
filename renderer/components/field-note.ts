/** A mistake or a warning beside a field: the gateway's code where it has one, the message, and what to do. */
export interface FieldNote {
  code: number | null;
  message: string;
  advice?: string | undefined;
}
