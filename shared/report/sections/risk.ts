import { answeredBadges, mainVersion, numberOf, type Section } from '../context';
import { figure, markup, table, type Html, type Part } from '../html';
import type { Figure } from '../measure';
import type { Charts } from './chart-figure';
import { barPicture, segmentsChart } from './pictures';

/** Who is turned away, segment by segment. */
export function losersSection(section: Section, charts: Charts): Html {
  const { words } = section;
  const version = mainVersion(section);
  const badges = answeredBadges(version);
  const found = badges.map((badge) => segmentsChart(section, version, badge));
  return markup`<section aria-labelledby="loses">
    <h2 id="loses">${words.say('report.loses')}</h2>
    ${found.map((chart) =>
      chart === null
        ? markup`<p>${words.say('report.losesNoSegments')}</p>`
        : markup`${charts.draw(chart, true)}${table(words.say('report.loses'), chart.columns, chart.rows)}`,
    )}
  </section> `;
}

/** What it costs, and how much more it may. */
export function riskSection(section: Section, charts: Charts): Html {
  const { words } = section;
  const { say } = words;
  const version = mainVersion(section);
  return markup`<section aria-labelledby="risk">
    <h2 id="risk">${say('report.risk')}</h2>
    ${answeredBadges(version).map((badge) => {
      const cost = version.result.badges[badge.key]?.cost ?? null;
      if (cost === null) return markup`<p>${say('report.riskNone', { name: badge.name })}</p>`;
      const measure = numberOf(version, badge, 'cost', 'expected');
      const money = (value: number): string => words.money(value, cost.currency);
      const { low, middle, high } = measure;
      if (low === null || middle === null || high === null)
        return markup`<p>${say('report.riskOnce', { name: badge.name, cost: money(measure.value) })}</p>
          <dl class="figures">
            <div>
              <dt>${say('report.cost')}</dt>
              <dd><strong>${figure(measure, money(measure.value))}</strong></dd>
            </div>
          </dl>`;
      const rows: readonly (readonly [string, Figure])[] = [
        [say('report.riskLow'), low],
        [say('report.riskMiddle'), middle],
        [say('report.riskHigh'), high],
        [say('report.riskMean'), measure],
      ];
      const title =
        numberOf(version, badge, 'awarded').value === 0
          ? say('report.riskNoAward', { name: badge.name })
          : say('report.riskSpread', { name: badge.name, cost: money(measure.value), risk: money(high.value) });
      const picture = barPicture(
        words,
        [{ id: 'cost', label: say('report.cost'), colour: 5 }],
        rows.map(([label, { value }]) => ({
          id: label,
          label: label.replace(/:.*/, ''),
          values: [value],
          note: money(value),
        })),
      );
      return markup`${charts.draw({ title, note: say('report.riskNote'), picture, columns: [], rows: [] }, true)}${table(
        say('report.risk'),
        [say('report.cost'), cost.currency === '' ? say('report.cost') : cost.currency],
        rows.map(([label, of]): Part[] => [label, figure(of, money(of.value))]),
      )}`;
    })}
  </section> `;
}
