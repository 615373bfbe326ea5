// Parses Mermaid diagrams with Mermaid itself: a JSON list of texts on standard input, on standard output a list
// of what each is: { error } or { boxes, titles, arrows }, the texts as a reader sees them. A process of its own,
// because Mermaid comes as an ES module and looks for a browser's globals when it is loaded.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

/** What a browser shows of a label: Mermaid holds its own escapes back until it draws. */
function shown(label = '') {
  const html = label.replace(/ﬂ°°/g, '&#').replace(/ﬂ°/g, '&').replace(/¶ß/g, ';');
  return html
    .split(/<br\s*\/?>/)
    .map((line) => new window.DOMParser().parseFromString(line, 'text/html').body.textContent);
}

async function read(text) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return {
      boxes: [...db.getVertices().values()].map((box) => shown(box.text)),
      titles: db.getSubGraphs().map((group) => shown(group.title).join('\n')),
      arrows: db.getEdges().map((edge) => shown(edge.text).join('\n')),
    };
  } catch (error) {
    return { error: error.message };
  }
}

const outcomes = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) outcomes.push(await read(text));
process.stdout.write(JSON.stringify(outcomes));
