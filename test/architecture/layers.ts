/** Who may import whom: the layers of the house, decided from paths alone. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { importsOf } from './source-imports';

type Layer = {
  /** Layers of our own that it may import, besides itself. */
  readonly imports: readonly string[];
  /** Families of packages it may not import. */
  readonly without: readonly Family[];
};

type Family = 'node' | 'electron' | 'store' | 'page';

const families: Record<Family, (specifier: string) => boolean> = {
  node: (specifier) => specifier.startsWith('node:') || builtinModules.includes(specifier),
  electron: (specifier) => /^electron(\/|$)/.test(specifier),
  store: (specifier) => /^(better-sqlite3|drizzle-orm|@duckdb)(\/|$)/.test(specifier),
  page: (specifier) => /^(svelte|bits-ui|@lucide|@tanstack|@codemirror)(\/|$)/.test(specifier),
};

const shared = [
  ...['shared/domain', 'shared/gateway', 'shared/simulation', 'shared/words', 'shared/ipc'],
  ...['shared/art', 'shared/charts', 'shared/holidays', 'shared/report', 'shared/fidelity'],
];
const pure: readonly Family[] = ['node', 'electron', 'store', 'page'];
const plainNode: readonly Family[] = ['electron', 'page'];
const inPage: readonly Family[] = ['node', 'electron', 'store'];

/** Keys are folders; the longest that holds a file is its layer. */
const layers: Record<string, Layer> = {
  'shared/domain': { imports: ['shared/words'], without: pure },
  'shared/gateway': { imports: ['shared/domain', 'shared/words'], without: pure },
  'shared/simulation': { imports: ['shared/domain', 'shared/gateway', 'shared/words'], without: pure },
  'shared/words': { imports: [], without: pure },
  'shared/art': { imports: ['shared/domain', 'shared/words'], without: pure },
  'shared/ipc': {
    imports: [
      ...['shared/art', 'shared/domain', 'shared/fidelity', 'shared/gateway', 'shared/simulation', 'shared/words'],
    ],
    without: pure,
  },
  'shared/charts': { imports: [], without: pure },
  'shared/holidays': { imports: ['shared/domain', 'shared/words'], without: pure },
  'shared/report': {
    imports: ['shared/art', 'shared/charts', 'shared/domain', 'shared/simulation', 'shared/words'],
    without: pure,
  },
  'shared/fidelity': {
    imports: ['shared/domain', 'shared/gateway', 'shared/report', 'shared/words'],
    without: pure,
  },
  'electron/disk': { imports: ['shared/ipc', 'shared/words'], without: ['electron', 'store', 'page'] },
  db: { imports: [...shared, 'electron/disk'], without: plainNode },
  'electron/backend': { imports: [...shared, 'electron/disk', 'db'], without: plainNode },
  'electron/cli': { imports: [...shared, 'electron/disk', 'db', 'electron/backend'], without: plainNode },
  'electron/main': { imports: [...shared, 'electron/disk'], without: ['store', 'page'] },
  'electron/preload': { imports: shared, without: ['node', 'store', 'page'] },
  'renderer/lib': { imports: shared, without: inPage },
  'renderer/components': { imports: [...shared, 'renderer/lib'], without: inPage },
  // Pages and pictures, which the build makes part of the page.
  'docs/handbook': { imports: [], without: pure },
  'renderer/styles': { imports: [], without: inPage },
  // What several features share: how customers are chosen, the limits of a badge, which orgs are connected, the list of backups, diagnostics, the handbook.
  'renderer/customers': { imports: [...shared, 'renderer/lib', 'renderer/components'], without: inPage },
  'renderer/limits': { imports: [...shared, 'renderer/lib', 'renderer/components'], without: inPage },
  'renderer/backups': { imports: [...shared, 'renderer/lib', 'renderer/components'], without: inPage },
  'renderer/diagnostics': { imports: [...shared, 'renderer/lib', 'renderer/components'], without: inPage },
  'renderer/handbook': {
    imports: [...shared, 'renderer/lib', 'renderer/components', 'docs/handbook'],
    without: inPage,
  },
  'renderer/orgs': { imports: [...shared, 'renderer/lib', 'renderer/components'], without: inPage },
  'renderer/features': { imports: [...shared, 'renderer'], without: inPage },
  'renderer/shell': { imports: [...shared, 'renderer'], without: inPage },
  renderer: { imports: [...shared, 'renderer'], without: inPage },
};

const backend = 'electron/backend';

/**
 * The rooms of the backend, each with the rooms it may import besides itself. A room is a noun with all folders below it.
 * Files at the top of the backend, and of sync, put rooms together and may import all of them; only a `context` there
 * may be imported by the rooms in turn.
 */
const rooms: Record<string, readonly string[]> = {
  process: [],
  files: ['tables'],
  tables: [],
  store: ['files', 'process'],
  settings: [],
  secrets: [],
  network: ['files', 'process', 'secrets'],
  updates: ['network', 'sync/client'],
  art: ['files', 'process'],
  badges: ['process'],
  sheet: ['art', 'badges', 'files', 'report', 'sync/activity'],
  transfer: ['badges', 'files', 'tables'],
  folder: ['art', 'badges'],
  templates: ['art', 'badges', 'folder'],
  customers: ['tables'],
  report: ['art', 'files', 'simulation'],
  requests: ['files', 'process', 'store'],
  issuance: ['customers', 'process', 'requests', 'store'],
  practice: ['files', 'process', 'secrets'],
  fidelity: ['files', 'practice', 'process', 'sync/client'],
  simulation: ['badges', 'files', 'folder', 'process', 'tables'],
  'sync/client': ['network', 'secrets'],
  'sync/connections': ['network', 'settings', 'sync/client'],
  'sync/badges': ['badges', 'sync/client', 'sync/connections', 'sync/origin'],
  'sync/plans': ['badges', 'files', 'sync/badges', 'sync/client', 'sync/connections', 'sync/origin'],
  'sync/origin': ['tables'],
  'sync/activity': ['fidelity', 'files', 'sync/client'],
  'sync/audit': ['files', 'sync/client', 'sync/live-jobs', 'sync/origin'],
  'sync/held': ['badges', 'sync/badges', 'sync/client', 'sync/live-jobs'],
  'sync/rules': ['fidelity', 'settings', 'sync/badges', 'sync/client', 'sync/connections'],
  'sync/live-jobs': [
    'badges',
    'customers',
    'files',
    'network',
    'process',
    'sync/badges',
    'sync/client',
    'sync/connections',
    'sync/origin',
    'tables',
  ],
};

/** Where rooms are put together: the tops of these folders. */
const lobbies = [backend, `${backend}/sync`];

/** Folders whose files may import anything, since nothing that ships is in them. */
const free = ['test', 'scripts'];

const testFolders = [
  ...[
    'architecture',
    'backend',
    'bench',
    'cli',
    'conformance',
    'db',
    'disk',
    'domain',
    'e2e',
    'fixtures',
    'fuzz',
    'gateway',
    'handbook',
    'holidays',
    'main',
  ],
  ...[
    'art',
    'faults',
    'ipc',
    'mutation',
    'package',
    'renderer',
    'security',
    'report',
    'setup',
    'simulation',
    'slices',
    'words',
  ],
];

function isWithin(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}

function layerOf(file: string): string | undefined {
  return Object.keys(layers)
    .filter((folder) => isWithin(file, folder))
    .sort((left, right) => right.length - left.length)[0];
}

/** A page's own top holds its entry files only; every other file of a layered tree has a folder of its own. */
function isKnownPlace(file: string): boolean {
  if (!file.includes('/')) {
    return true;
  }
  if (isWithin(file, 'test')) {
    return testFolders.some((folder) => isWithin(file, `test/${folder}`));
  }
  const layer = layerOf(file);
  if (layer === 'renderer') {
    return path.dirname(file) === 'renderer';
  }
  return layer !== undefined || isWithin(file, 'scripts');
}

function mayImport(from: string, to: string): boolean {
  return from === to || (layers[from]?.imports.some((allowed) => to === allowed || isWithin(to, allowed)) ?? false);
}

/** Components and the page's door: the one import inside the page that is forbidden by file, not by folder. */
function isBackendDoor(target: string): boolean {
  return /^renderer\/lib\/backend(\.|$)/.test(target);
}

/** A room's name, '' for a lobby, and undefined for a folder of the backend that no room knows. */
function roomOf(file: string): string | undefined {
  if (lobbies.includes(path.posix.dirname(file))) return '';
  return Object.keys(rooms)
    .filter((room) => isWithin(file, `${backend}/${room}`))
    .sort((left, right) => right.length - left.length)[0];
}

function roomViolation(file: string, target: string): string | undefined {
  const from = roomOf(file);
  const to = roomOf(target);
  if (from === undefined) return `${file} is in a folder of the backend that is no room`;
  if (from === '' || from === to || path.posix.basename(target) === 'context') return undefined;
  if (to === '') return `${file} imports ${target}, and only what opens the backend puts rooms together`;
  if (to !== undefined && rooms[from]!.some((room) => to === room)) return undefined;
  return `${file} imports ${target}, and the room ${from} may not import ${String(to)}`;
}

/** The screen a file belongs to, or undefined. */
function featureOf(file: string): string | undefined {
  return /^renderer\/features\/([^/]+)\//.exec(file)?.[1];
}

/** @returns the rooms of the backend that reach themselves again over others, one path each */
export function roomCircles(of: Record<string, readonly string[]> = rooms): string[] {
  const circles: string[] = [];
  const walk = (room: string, way: readonly string[]): void => {
    for (const next of of[room] ?? []) {
      if (next === way[0] && way.length > 1) circles.push([...way, next].join(' → '));
      else if (!way.includes(next)) walk(next, [...way, next]);
    }
  };
  for (const room of Object.keys(of)) walk(room, [room]);
  return circles;
}

/**
 * The imports of one file that its layer forbids.
 *
 * @param file path from the repository's root, with `/`
 * @param text its source
 * @returns one sentence for each violation
 */
export function violationsOf(file: string, text: string): string[] {
  if (!isKnownPlace(file)) {
    return [`${file} is in a folder that belongs to no layer`];
  }
  const layer = layerOf(file);
  if (layer === undefined || free.some((folder) => isWithin(file, folder))) {
    return [];
  }
  const found: string[] = [];
  for (const specifier of importsOf(file, text)) {
    if (!specifier.startsWith('.')) {
      const family = layers[layer]!.without.find((name) => families[name](specifier));
      if (family !== undefined) {
        found.push(`${file} imports ${specifier}, and ${layer} does without ${family}`);
      }
      continue;
    }
    const target = path.posix.join(path.posix.dirname(file), specifier);
    const targetLayer = layerOf(target) ?? (isWithin(`${target}/`, layer) ? layer : undefined);
    if (targetLayer === undefined) {
      // The version and name of the app are written once, in the manifest.
      if (target !== 'package.json') {
        found.push(`${file} imports ${target}, which belongs to no layer`);
      }
    } else if (!mayImport(layer, targetLayer)) {
      found.push(`${file} imports ${target}, and ${layer} may not import ${targetLayer}`);
    } else if (layer === 'renderer/components' && isBackendDoor(target)) {
      found.push(`${file} imports ${target}, and a component never calls the backend`);
    } else if (isWithin(file, backend) && isWithin(target, backend)) {
      const violation = roomViolation(file, target);
      if (violation !== undefined) found.push(violation);
    } else if (
      featureOf(file) !== undefined &&
      featureOf(target) !== undefined &&
      featureOf(file) !== featureOf(target)
    ) {
      found.push(
        `${file} imports ${target}, and a feature never imports another: what they share has a room of its own`,
      );
    }
  }
  return found;
}
