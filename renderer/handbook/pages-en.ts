import type { Page } from './page';
import type { Content } from './content';

export const content: Content = {
  pages: Object.values(import.meta.glob<Page>('../../docs/handbook/en/*.md', { eager: true, import: 'default' })),
  pictures: import.meta.glob<string>('../../docs/handbook/pictures/en/*', {
    eager: true,
    query: '?url',
    import: 'default',
  }),
};
