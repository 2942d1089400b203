import type { Speaker } from '../words/speaker';
import { Html, markup, NOTHING } from './html';

/** What stands on a page. */
export interface PageParts {
  title: string;
  /** The line above the title. */
  kicker: string;
  style: string;
  body: Html;
  /** As a `data:` address; null: none. */
  logo: string | null;
  appVersion: string;
}

/**
 * One HTML page that needs neither a network nor a script: styles and pictures are in it, and its policy lets nothing
 * else in.
 *
 * @param digest SHA-256 of a text in base64: the policy lets this very style in
 */
export function wholePage(parts: PageParts, speaker: Speaker, digest: (text: string) => string): string {
  const { title, kicker, style, body, appVersion } = parts;
  const policy = `default-src 'none'; style-src 'sha256-${digest(style)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const logo = parts.logo === null ? NOTHING : markup`<img class="logo" alt="" src="${parts.logo}" />`;
  const page = markup`<!doctype html>
    <html lang="${speaker.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="Laurel ${appVersion}" />
        <title>${title}</title>
        <style>${new Html(style)}</style>
      </head>
      <body>
        <header>
          ${logo}
          <p class="kicker">${kicker}</p>
          <h1 dir="auto">${title}</h1>
        </header>
        <main>${body}</main>
        <footer><p>${speaker.say('report.madeBy', { version: appVersion })}</p></footer>
      </body>
    </html> `;
  return page.text;
}
