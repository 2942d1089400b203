import type { MainWords } from './words';

/** What the window shows when the page has crashed twice. No script: whatever broke the page cannot break this. */
export function recoveryPage(entry: string, { language, say }: Pick<MainWords, 'language' | 'say'>): string {
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="color-scheme" content="light dark" />
    <title>Laurel</title>
  </head>
  <body>
    <main>
      <h1>${say('failures.windowStopped')}</h1>
      <p>${say('failures.windowStoppedSafe')}</p>
      <p><a href="${entry}">${say('failures.openWindowAgain')}</a></p>
      <p>${say('failures.windowStopsAgain')}</p>
    </main>
  </body>
</html>
`;
}
