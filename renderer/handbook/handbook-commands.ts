import { say } from '../lib/say.svelte';
import { PAGE_TITLES } from './handbook-titles';
import type { Handbook } from './handbook.svelte';
import { PAGE_NAMES, type PageName } from './page';

/** What can be opened of the handbook: the page of what is on the screen, every page, and, when searched, every heading. */
export function handbookCommands(handbook: Handbook, pageOfScreen: PageName) {
  const topic = handbook.topic ?? pageOfScreen;
  return [
    {
      id: 'help.handbook',
      title: say('handbook.open'),
      group: 'help' as const,
      shortcut: 'F1',
      keywords: say('handbook.openKeywords'),
      run: () => handbook.show(topic),
    },
    ...PAGE_NAMES.map((page) => ({
      id: `handbook/${page}`,
      title: say('handbook.openPage', { page: say(PAGE_TITLES[page]) }),
      group: 'help' as const,
      keywords: say('handbook.openKeywords'),
      run: () => handbook.show(page),
    })),
    ...handbook.sections.flatMap(({ page, anchor, heading }) =>
      heading === null
        ? []
        : [
            {
              id: `handbook/${page}#${anchor ?? ''}`,
              title: say('handbook.openHeading', { page: say(PAGE_TITLES[page]), heading }),
              group: 'help' as const,
              onlySearched: true,
              run: () => handbook.show(page, anchor),
            },
          ],
    ),
  ];
}
