import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../../../constructs/shared/printable';
import { shortened } from '../../../constructs/shared/wording';
import { count } from '../words';

/** How much a line matters to whoever reads it. */
export type Weight = 'bad' | 'doubtful' | 'good' | 'plain';

/** A number that stands large. */
export interface Card {
  readonly label: string;
  readonly value: string;
  readonly weight?: Weight;
}

/** What will not work, or may not. */
export interface Problem {
  readonly weight: Weight;
  readonly object: string;
  readonly text: string;
  readonly place?: string;
}

/** A cell of a table: what is read, and what it is sorted by if that is another. */
export interface Cell {
  readonly text: string;
  readonly sort?: number;
  readonly weight?: Weight;
}

/** A table that sorts and filters. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (Cell | string)[])[];
  /** How many rows there are, where some were left out already. */
  readonly count?: number;
}

/** A bar of parts, whose lengths are their shares. */
export interface Bar {
  readonly label: string;
  readonly text: string;
  readonly parts: readonly { readonly label: string; readonly value: number; readonly text: string }[];
}

/** A picture of bars on one scale. */
export interface Bars {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** A box of the picture of objects. */
export interface Node {
  readonly id: string;
  readonly kind: 'namespace' | 'vm' | 'disk' | 'class';
  readonly label: string;
  /** Id of the namespace that holds it. */
  readonly parent?: string;
  readonly weight?: Weight;
}

/** Machines, disks and classes, and which hangs on which. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/** All that a page shows, in this order. */
export interface Page {
  readonly title: string;
  readonly basis: readonly string[];
  readonly problemsTitle: string;
  readonly problems: readonly Problem[];
  /** What is said where there is no problem. */
  readonly fine: string;
  readonly cards: readonly Card[];
  readonly bars: readonly Bars[];
  readonly graph?: Graph;
  readonly tables: readonly Table[];
}

/** No page fetches anything: the browser itself refuses it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/** One self-contained HTML file, in pieces. */
export function* htmlPage(page: Page): Generator<string> {
  const { title, basis, cards, bars, graph, tables } = page;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${text(title)}</title>
<style>
${asset('style.css')}</style>
</head>
<body>
<a class="skip" href="#problems">To what will not work</a>
<header>
<h1>${text(title)}</h1>
${basis.map((line) => `<p class="basis">${text(line)}</p>`).join('\n')}
<button type="button" id="theme" hidden>Dark colours</button>
</header>
<main>
`;
  yield `${problems(page)}
<section aria-labelledby="totals"><h2 id="totals">Totals</h2><dl class="cards">${cards.map(card).join('')}</dl></section>
${bars.map(barPicture).join('\n')}
${graph === undefined || graph.nodes.length === 0 || graph.nodes.length > MOST_NODES ? '' : graphSection(graph)}
`;
  for (const [index, one] of tables.filter(({ rows }) => rows.length > 0).entries()) {
    if (index > 0) yield '\n';
    yield* table(one, index);
  }
  yield `
</main>
<script>
${asset('in-browser.js')}</script>
</body>
</html>
`;
}

/** No browser draws more boxes than these, nor would a person look at them. */
const MOST_NODES = 50_000;

/** A file beside this one, which the build copies: it is read when a page is written, and not before. */
function asset(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

/** What of a text acts in HTML, written so that it does not; nothing of it acts on a terminal either. */
function text(value: string): string {
  return printable(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function problems({ problemsTitle, problems, fine }: Page): string {
  const shown = problems.slice(0, MOST_PROBLEMS);
  const more =
    problems.length > shown.length ? `<p>${problems.length - shown.length} more stand in the tables below.</p>` : '';
  const items = shown.map(
    ({ weight, object, text: says, place }) =>
      `<li class="${weight}"><strong>${text(object)}</strong> ${text(says)}${place === undefined ? '' : ` <code>${text(place)}</code>`}</li>`,
  );
  const body =
    items.length === 0 ? `<p class="good">${text(fine)}</p>` : `<ul class="problems">${items.join('\n')}</ul>${more}`;
  return `<section aria-labelledby="problems"><h2 id="problems" tabindex="-1">${text(problemsTitle)}</h2>${body}</section>`;
}

/** A reader looks at the first of them; the tables have all. */
const MOST_PROBLEMS = 50;

function card({ label, value, weight = 'plain' }: Card): string {
  return `<div class="card ${weight}"><dt>${text(label)}</dt><dd>${text(value)}</dd></div>`;
}

/** No browser sorts more rows than these. */
export const MOST_ROWS = 10_000;

function* table({ title, columns, rows: all, count: amount = all.length }: Table, index: number): Generator<string> {
  const rows = all.slice(0, MOST_ROWS);
  const more =
    amount > rows.length
      ? ` <span>and ${amount - rows.length} more, which <code>--format json</code> lists</span>`
      : '';
  const id = `table-${index}`;
  const head = columns.map(
    (name) => `<th scope="col" aria-sort="none"><button type="button">${text(name)}</button></th>`,
  );
  yield `<section aria-labelledby="${id}"><h2 id="${id}">${text(title)}</h2>
<p class="tools"><label>Filter <input type="search" aria-label="Filter ${text(title)}" aria-controls="${id}-rows" autocomplete="off"></label> <span role="status">${count(rows.length, 'row')}</span>${more}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Rows of ${text(title)}"><table id="${id}-rows" aria-labelledby="${id}"><thead><tr>${head.join('')}</tr></thead>
<tbody>
`;
  for (const row of rows) yield `<tr>${row.map(cell).join('')}</tr>\n`;
  yield '</tbody></table></div></section>';
}

function cell(value: Cell | string): string {
  const {
    text: shown,
    sort,
    weight,
  } = typeof value === 'string' ? { text: value, sort: undefined, weight: undefined } : value;
  const key = sort === undefined ? '' : ` data-sort="${sort}"`;
  const type = weight === undefined ? '' : ` class="${weight}"`;
  return `<td${key}${type}>${text(shown)}</td>`;
}

const [BAR_WIDTH, BAR_HEIGHT, LABEL_WIDTH, ROW] = [520, 18, 200, 28];

/** Bars on one scale, drawn here: they stand without the script, and on paper. */
function barPicture({ title, bars }: Bars, index: number): string {
  if (bars.length === 0) return '';
  const id = `bars-${index}`;
  const longest = Math.max(1, ...bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)));
  const names = [...new Set(bars.flatMap(({ parts }) => parts.map(({ label }) => label)))];
  const rows = bars.map(({ label, text: total, parts }, row) => {
    let x = LABEL_WIDTH;
    const boxes = parts.map(({ label: name, value, text: says }) => {
      const width = (value / longest) * BAR_WIDTH;
      const box = `<rect class="part-${names.indexOf(name) % PARTS}" x="${x.toFixed(1)}" y="${row * ROW + 4}" width="${Math.max(width, 1).toFixed(1)}" height="${BAR_HEIGHT}"><title>${text(`${name}: ${says}`)}</title></rect>`;
      x += width;
      return box;
    });
    const y = row * ROW + 18;
    return `<g><title>${text(`${label}: ${total}`)}</title><text x="${LABEL_WIDTH - 8}" y="${y}" text-anchor="end">${text(cut(label))}</text>${boxes.join('')}<text x="${(x + 6).toFixed(1)}" y="${y}">${text(total)}</text></g>`;
  });
  const said = bars.map(({ label, text: total }) => `${label}: ${total}`).join('; ');
  const height = bars.length * ROW + 4;
  return `<section aria-labelledby="${id}"><h2 id="${id}">${text(title)}</h2>
<svg class="bars" viewBox="0 0 ${LABEL_WIDTH + BAR_WIDTH + 160} ${height}" role="img" aria-label="${text(said)}">${rows.join('')}</svg>${legend(names)}</section>`;
}

/** What the colours stand for, where there is one for each name. */
function legend(names: readonly string[]): string {
  if (names.length < 2 || names.length > PARTS) return '';
  const items = names.map(
    (name, index) =>
      `<li><svg width="12" height="12" aria-hidden="true"><rect class="part-${index}" width="12" height="12"></rect></svg> ${text(name)}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** Colours that the parts of a bar take in turn. */
const PARTS = 6;

function cut(label: string): string {
  return label.length > 26 ? shortened(label, 25) : label;
}

/** The graph as the page may hold it: names as they are printed, and numbers in place of keys that are made of them. */
function shown({ nodes, edges }: Graph): Graph {
  const numbers = new Map(nodes.map(({ id }, index) => [id, String(index)] as const));
  const numberOf = (id: string): string => numbers.get(id) ?? '';
  return {
    nodes: nodes.map(({ id, label, parent, ...rest }) => ({
      id: numberOf(id),
      label: printable(label),
      ...(parent === undefined ? {} : { parent: numberOf(parent) }),
      ...rest,
    })),
    edges: edges.map(([from, to]) => [numberOf(from), numberOf(to)]),
  };
}

/** The script draws it: a click opens what a box holds. Without the script the tables say the same. */
function graphSection(graph: Graph): string {
  const json = JSON.stringify(shown(graph)).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<section aria-labelledby="picture"><h2 id="picture">Machines, disks and classes</h2>
<p>A namespace is one box until it is opened: click it, or press Enter on it. A machine with a thick frame cannot be live-migrated.
The tables below hold all that the picture shows.</p>
<p class="tools"><span role="status" id="graph-status"></span></p>
<div class="scroll" tabindex="0" role="region" aria-label="Picture of machines, disks and classes" id="graph"></div>
<noscript><p>The picture needs a script; the tables below hold all of it.</p></noscript>
<script type="application/json" id="graph-data">${json}</script></section>`;
}
