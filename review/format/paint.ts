/** What a word of a report means, as far as its colour says it. */
export enum Tone {
  BAD = 'bad',
  DOUBTFUL = 'doubtful',
  GOOD = 'good',
  /** What is read last: ids, sources. */
  QUIET = 'quiet',
  TITLE = 'title',
}

/** Colours a text that is printable already; its width is what it was. */
export type Paint = (tone: Tone, text: string) => string;

/** No colours: what a file, a pipe and NO_COLOR get. */
export const PLAIN: Paint = (_tone, text) => text;

/** SGR codes: ECMA-48, 8.3.117. */
const CODES: Readonly<Record<Tone, readonly [on: number, off: number]>> = {
  [Tone.BAD]: [31, 39],
  [Tone.DOUBTFUL]: [33, 39],
  [Tone.GOOD]: [32, 39],
  [Tone.QUIET]: [2, 22],
  [Tone.TITLE]: [1, 22],
};

/** The colours of a terminal. */
export const COLOURED: Paint = (tone, text) => {
  const [on, off] = CODES[tone];
  return text === '' ? text : `\u001b[${on}m${text}\u001b[${off}m`;
};
