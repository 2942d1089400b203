import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { limitDrawings } from './draw-limits';
import { FOLDER, HANDBOOK_LANGUAGES } from './handbook-files';

for (const language of HANDBOOK_LANGUAGES) {
  const folder = path.join(FOLDER, 'pictures', language);
  mkdirSync(folder, { recursive: true });
  for (const [file, drawing] of limitDrawings(language)) writeFileSync(path.join(folder, file), drawing);
}
