/** A Laurel that its parent kills: `live-laurel ORDER`, the order as JSON. */
import { runLaurel, type LaurelOrder } from '../../laurel-process';

await runLaurel(JSON.parse(process.argv[2] ?? '') as LaurelOrder);
