import { PAPER, type ChartPalette } from '../charts/chart-svg';
import { onGround } from './brand-colour';

const LIGHT = '#ffffff';
const DARK = '#15191c';
const LAUREL = PAPER.series[1];
/** Parts of a picture have to stand out three times (WCAG 2.2, 1.4.11). */
const LEAST = 3;

/** Colours of a chart on the paper of a brand. @param brand `#rrggbb`; null: Laurel's own */
export const paperOf = (brand: string | null): ChartPalette => ({
  ...PAPER,
  series: { ...PAPER.series, 1: onGround(brand ?? LAUREL, LIGHT, LEAST) },
});

/** The look of a report: light, dark, on paper, and on a phone. @param brand `#rrggbb`; null: Laurel's own */
export function reportStyle(brand: string | null): string {
  const own = brand ?? LAUREL;
  const { series } = paperOf(brand);
  return `:root{color-scheme:light dark;--ground:${LIGHT};--raised:#f5f7f8;--ink:#15191c;--soft:#4a5157;--line:#dfe3e6;--limit:#b3261e;--brand:${series[1]};--s1:${series[1]};--s2:${series[2]};--s3:${series[3]};--s4:${series[4]};--s5:${series[5]};--s6:${series[6]};--link:#0f5f9a}
@media (prefers-color-scheme:dark){@media screen{:root{--ground:${DARK};--raised:#1e2428;--ink:#f2f4f5;--soft:#b4bcc2;--line:#343b41;--limit:#ff8a80;--s1:${onGround(own, DARK, LEAST)};--s2:#6cb5ea;--s3:#e0b04a;--s4:#ec8a72;--s5:#cf8ed4;--s6:#98a2aa;--link:#7cc0f2}}}
*{box-sizing:border-box}
html{background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{max-width:800px;margin:0 auto;padding:0 24px 48px;border-top:6px solid var(--brand)}
header{padding:32px 0 8px}
.logo{display:block;max-width:240px;max-height:72px;margin-bottom:20px}
.pictured{display:flex;gap:18px;align-items:center;margin:0 0 12px}
.pictured .answer{min-width:0;margin:0}
.picture{flex:none;width:80px;height:80px}
.kicker{margin:0;color:var(--soft)}
h1{margin:4px 0 0;font-size:32px;line-height:1.2;overflow-wrap:anywhere;text-wrap:balance}
h2{margin:44px 0 12px;padding-bottom:6px;border-bottom:1px solid var(--line);font-size:22px;line-height:1.3}
h3{margin:28px 0 8px;font-size:18px;line-height:1.3}
h4{margin:0 0 2px;font-size:16px;line-height:1.4;text-wrap:pretty}
p{margin:0 0 12px;text-wrap:pretty;overflow-wrap:anywhere}
li,bdi{overflow-wrap:anywhere}
ul,ol{margin:0 0 12px;padding-left:22px}
a{color:var(--link)}
.soft,.look{color:var(--soft);font-size:14px}
.look{margin:4px 0 0}
.answer{margin:0 0 18px;font-size:21px;line-height:1.4;font-weight:600}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;margin:0 0 18px}
.figures>div{padding:12px 14px;border-radius:8px;background:var(--raised)}
.figures dt{color:var(--soft);font-size:14px}
.figures dd{margin:0;font-variant-numeric:tabular-nums}
.figures strong{display:block;font-size:19px;line-height:1.3}
.figures span{display:block;color:var(--soft);font-size:13px;line-height:1.45}
section>dl:not(.figures){margin:0 0 16px}
section>dl:not(.figures)>div{display:grid;grid-template-columns:220px 1fr;gap:2px 20px;padding:6px 0;border-bottom:1px solid var(--line)}
section>dl:not(.figures) dt{color:var(--soft)}
section>dl:not(.figures) dd{margin:0;overflow-wrap:anywhere}
figure{margin:0 0 28px}
figcaption .soft{margin:0 0 6px}
figure svg{display:block;max-width:100%;height:auto}
.narrow{display:none!important}
.legend{display:flex;flex-wrap:wrap;gap:2px 18px;margin:2px 0 8px;padding:0;list-style:none;color:var(--soft);font-size:13px}
.legend li{display:flex;gap:6px;align-items:center}
.versions,.answers{padding:0;list-style:none}
.versions li,.answers li{margin-bottom:6px}
.table{overflow-x:auto;margin:0 0 20px}
.table:target{outline:2px solid var(--link);outline-offset:4px}
table{width:100%;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
caption{padding:0 0 6px;font-weight:600;text-align:left;text-wrap:pretty}
th,td{padding:5px 10px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:600;vertical-align:bottom}
tbody th{min-width:9.5em;font-weight:400}
.numbers td,.numbers thead th:not(:first-child){text-align:right}
.numbers td:last-child,.numbers th:last-child{padding-right:0}
td .soft{display:block;font-size:13px}
pre{overflow-x:auto;padding:12px 14px;border-radius:8px;background:var(--raised);font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}
code,pre{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}
footer{margin-top:40px;color:var(--soft);font-size:13px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media (max-width:600px){body{padding:0 16px 32px}h1{font-size:26px}.answer{font-size:19px}.wide{display:none!important}.narrow{display:block!important}section>dl:not(.figures)>div{grid-template-columns:1fr}}
@page{size:A4;margin:16mm 15mm 18mm}
@media print{html{font-size:10.5pt;line-height:1.45}body{max-width:none;padding:0;border-top-width:4px}header{padding:18px 0 0}h1{font-size:22pt}h2{margin:20pt 0 7pt;font-size:14pt}h3{font-size:12pt}h4{font-size:10.5pt}.answer{font-size:14pt}.figures{grid-template-columns:repeat(5,1fr);gap:8px}.figures>div{padding:7px 9px;print-color-adjust:exact;-webkit-print-color-adjust:exact}.figures strong{font-size:13pt}.figures dt,.figures span{font-size:8.5pt}.soft{font-size:9pt}.look{display:none}h2,h3,h4,figcaption,caption,thead{break-after:avoid}figure,.figures,tr,dl>div,pre{break-inside:avoid}.picture{width:64px;height:64px}.pictured{break-inside:avoid}figure svg,.legend svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}section>dl:not(.figures)>div{grid-template-columns:150px 1fr;padding:3px 0}.table{overflow:visible}table{font-size:9pt}th,td{padding:2px 8px 2px 0}.appendix{break-before:page}.appendix table{font-size:8pt}pre{background:none;border:1px solid var(--line);font-size:8.5pt}a{color:inherit;text-decoration:none}footer{margin-top:16pt}}
`;
}
