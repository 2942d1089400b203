import { config } from 'zod';

// zod compiles schemas with `new Function` where it can, and finds out by trying, which the page's content security
// policy refuses and reports. This has to run before the first schema is made: import it first.
config({ jitless: true });
