import type { Speaker } from '../words/speaker';
import { answeredBadges, type Section } from './context';
import { markup, named, NOTHING } from './html';
import { wholePage } from './whole-page';
import { MOST_VERSIONS, type Report } from './report-model';
import { reportStyle } from './report-style';
import { ReportWords } from './report-words';
import { answerInWords, answerSection } from './sections/answer';
import { assumptionsSection } from './sections/assumptions';
import { againSection, contradictionsSection, dataSection, limitsSection } from './sections/background';
import { Charts } from './sections/chart-figure';
import { badgeCharts } from './sections/pictures';
import { losersSection, riskSection } from './sections/risk';
import { sideBySideSection } from './sections/side-by-side';

/** The title of a report where nobody gave one. */
function titleOf({ title, versions }: Report, speaker: Speaker): string {
  const [{ result }] = versions;
  return title ?? (result.scenario === '' ? speaker.say('report.unnamed') : result.scenario);
}

/** The answers of the version a report is about, badge by badge, as its first page says them. */
export function answersOf({ versions }: Pick<Report, 'versions'>, speaker: Speaker): string[] {
  const words = new ReportWords(speaker);
  const [version] = versions;
  return version.badges.map((badge) => answerInWords({ words }, version, badge));
}

/**
 * A report as one HTML page that needs neither a network nor a script: styles and pictures are in it, and its policy lets
 * nothing else in.
 *
 * @param digest SHA-256 of a text in base64: the policy lets this very style in
 * @throws Error where more versions are given than stand side by side
 */
export function reportHtml(report: Report, speaker: Speaker, digest: (text: string) => string): string {
  if (report.versions.length > MOST_VERSIONS) throw new Error('Too many versions for a report');
  const words = new ReportWords(speaker);
  const section: Section = { report, words };
  const { say } = words;
  const title = titleOf(report, speaker);
  const [version] = report.versions;
  const charts = new Charts(section);
  const style = reportStyle(report.brandColour);
  const pictures = answeredBadges(version).map(
    (badge) =>
      markup`${version.badges.length > 1 ? markup`<h3>${named(badge.name)}</h3>` : NOTHING}${badgeCharts(section, version, badge).map((chart) => charts.draw(chart))}`,
  );
  const body = markup`${answerSection(section)}${assumptionsSection(section)}${
    pictures.length === 0
      ? NOTHING
      : markup`<section aria-labelledby="charts">
          <h2 id="charts">${say('report.charts')}</h2>
          ${pictures}
        </section> `
  }${sideBySideSection(section, charts)}${pictures.length === 0 ? NOTHING : markup`${losersSection(section, charts)}${riskSection(section, charts)}`}${limitsSection(section)}${dataSection(section)}${contradictionsSection(section)}${againSection(section)}${
    charts.areAny
      ? markup`<section class="appendix" aria-labelledby="appendix">
          <h2 id="appendix">${say('report.appendix')}</h2>
          ${charts.tables()}
        </section> `
      : NOTHING
  }`;
  return wholePage(
    {
      ...{ title, kicker: say(version.badges.length > 1 ? 'report.kickerMany' : 'report.kicker'), style, body },
      ...{ logo: report.logo, appVersion: report.appVersion },
    },
    speaker,
    digest,
  );
}
