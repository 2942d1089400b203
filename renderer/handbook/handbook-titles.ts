import type { MessageKey } from '../../shared/words/message';
import type { PageName } from './page';

/** What each page is called: as its title, known before the page is here. */
export const PAGE_TITLES = {
  'first-badge': 'handbook.firstBadge',
  art: 'handbook.art',
  limits: 'handbook.limits',
  issue: 'handbook.issue',
  simulate: 'handbook.simulate',
  'read-an-answer': 'handbook.readAnAnswer',
  connect: 'handbook.connect',
  pull: 'handbook.pull',
  push: 'handbook.push',
  'live-job': 'handbook.liveJob',
  audit: 'handbook.audit',
  'files-and-git': 'handbook.filesAndGit',
  'command-line': 'handbook.commandLine',
  settings: 'handbook.settings',
  troubleshooting: 'handbook.troubleshooting',
} as const satisfies Record<PageName, MessageKey>;
