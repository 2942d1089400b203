/** What the window shows when the page has crashed twice. No script: whatever broke the page cannot break this. */
export function recoveryPage(entry: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="color-scheme" content="light dark" />
    <title>Laurel</title>
  </head>
  <body>
    <main>
      <h1>Laurel’s window stopped working twice</h1>
      <p>Everything that was saved is safe, and nothing else was changed.</p>
      <p><a href="${entry}">Open the window again</a></p>
      <p>If it happens once more, quit Laurel and start it again.</p>
    </main>
  </body>
</html>
`;
}
