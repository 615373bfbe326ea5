import { basename, relative } from 'node:path';

/** What a synth wrote. */
export interface SynthCount {
  readonly manifests: number;
  readonly kustomizations: number;
  /** Paths of the texts beside the manifests. */
  readonly documents: readonly string[];
}

/** What a synth did, in one line: `46 manifests, 9 runbooks → dist/`. */
export function synthLine(outdir: string, { manifests, kustomizations, documents }: SynthCount): string {
  const runbooks = documents.filter((path) => basename(path) === 'RUNBOOK.md').length;
  const parts = [
    amount(manifests, 'manifest'),
    ...(kustomizations === 0 ? [] : [amount(kustomizations, 'Kustomization')]),
    ...(runbooks === 0 ? [] : [amount(runbooks, 'runbook')]),
    ...(documents.length === runbooks ? [] : [amount(documents.length - runbooks, 'other text')]),
  ];
  return `${parts.join(', ')} → ${relative('.', outdir) || '.'}/\n`;
}

/** The line as a stream shows it: green on a terminal that has colours (https://no-color.org; SGR codes: ECMA-48, 8.3.117). */
export function shownLine(line: string, stream: Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors'>): string {
  const hasColours = stream.isTTY && !process.env.NO_COLOR && stream.hasColors?.();
  return hasColours ? `\u001b[32m${line.trimEnd()}\u001b[39m\n` : line;
}

function amount(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
