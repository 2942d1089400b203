import { z } from 'zod';
import type { Message } from '../words/message';

/** A message between the processes. A key that the other side does not know is shown as it is. */
export const messageSchema: z.ZodType<Message> = z.object({
  key: z.string() as unknown as z.ZodType<Message['key']>,
  values: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => messageSchema)])),
});
