import * as path from 'node:path';
import { jsonPieces } from '../../constructs/shared/json-pieces';
import { Finding, Severity } from '../finding';
import { InputFault } from '../manifests/input';
import { Place } from '../manifests/locator';
import { STDIN_NAME } from '../manifests/reader';
import { ruleEntries } from '../rules';
import { fileOfOption } from './options-source';
import { Format, Reviewed } from './reviewed';
import { sentence, titleOf } from './words';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/**
 * For code scanning: SARIF 2.1.0.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif: Format = function* (reviewed) {
  const { report, faults, kustomize, sources = [] } = reviewed;
  const found = [report.findings, report.accepted];
  const rules = [...new Set(found.flatMap((some) => some.map(({ rule }) => rule)))].sort();
  const notes = report.unchecked.map(({ object, file, reason }) => ({
    level: 'note',
    message: { text: object === undefined ? reason : `${titleOf(object)}: ${reason}` },
    locations: located(file),
  }));
  const run = {
    tool: { driver: { name: 'cdk8s-kubevirt', rules: rules.map(described) } },
    columnKind: 'utf16CodeUnits',
    properties: { release: report.release, ...(kustomize === undefined ? {} : { kustomize }) },
    invocations: [
      {
        executionSuccessful: !faults.some(({ severity }) => severity === Severity.ERROR),
        toolExecutionNotifications: [...faults.map(notification), ...notes, ...sources.map(source)],
      },
    ],
    results: results(found, rules, reviewed),
  };
  yield* jsonPieces({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
  yield '\n';
};

/** What code scanning shows beside the findings of a rule. */
function described(id: string): object {
  const entry = ruleEntries().get(id);
  if (entry === undefined) return { id };
  const help = entry.help === undefined ? {} : { helpUri: entry.help };
  return { id, shortDescription: { text: entry.sentence }, ...help, properties: { source: entry.source } };
}

function* results(
  found: readonly (readonly Finding[])[],
  rules: readonly string[],
  reviewed: Reviewed,
): Generator<object> {
  const indices = new Map(rules.map((rule, index) => [rule, index]));
  for (const some of found)
    for (const finding of some) yield result(finding, indices.get(finding.rule) ?? -1, reviewed);
}

function result(finding: Finding, ruleIndex: number, { place, sources }: Reviewed): object {
  const { rule, severity, object, field, accepted, path, missing } = finding;
  // A finding of what does not exist rests on 'closed', one that is accepted on 'accept'.
  const closed = missing === undefined ? undefined : fileOfOption(sources, 'closed');
  const accepting = accepted === undefined ? undefined : fileOfOption(sources, 'accept');
  const logical = [{ fullyQualifiedName: `${titleOf(object)} ${field}`, kind: 'object' }];
  if (path !== undefined) logical.push({ fullyQualifiedName: path, kind: 'module' });
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: `${titleOf(object)} ${field}: ${sentence(finding)}` },
    locations: [{ physicalLocation: physical(object.file, place(finding)), logicalLocations: logical }],
    ...(closed === undefined
      ? {}
      : {
          relatedLocations: [{ physicalLocation: physical(closed), message: { text: `'closed' stands in ${closed}` } }],
        }),
    suppressions:
      accepted === undefined
        ? []
        : [
            {
              kind: 'external',
              justification: accepted,
              ...(accepting === undefined ? {} : { location: { physicalLocation: physical(accepting) } }),
            },
          ],
  };
}

function notification({ file, line, column, severity, message }: InputFault): object {
  const at = line === undefined ? undefined : { line, column: column ?? 1 };
  return { level: severity, message: { text: message }, locations: located(file, at) };
}

/** A file whose options hold: `cdk8s-kubevirt.yaml (closed)`. */
function source(text: string): object {
  return {
    level: 'note',
    message: { text: `options of ${text}` },
    locations: located(text.replace(/ \([^()]*\)$/, '')),
  };
}

/** An empty list if the place is not known. */
function located(file: string | undefined, at?: Place): object[] {
  const physicalLocation = physical(file, at);
  return physicalLocation === undefined ? [] : [{ physicalLocation }];
}

export function physical(file: string | undefined, at?: Place): object | undefined {
  if (file === undefined || file === STDIN_NAME) return undefined;
  const region = at === undefined ? {} : { region: { startLine: at.line, startColumn: at.column } };
  return { artifactLocation: { uri: fileUri(file) }, ...region };
}

/**
 * The URI of a file, relative as it was named. On Windows `\\` stands between folders, and a path may begin with a drive
 * or a server.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8089
 */
export function fileUri(file: string, { sep }: Pick<path.PlatformPath, 'sep'> = path): string {
  const slashed = sep === '/' ? file : file.replaceAll(sep, '/');
  const [, drive = '', rest = ''] = /^([A-Za-z]:(?=\/))?([^]*)$/.exec(slashed) ?? [];
  const encoded = rest.split('/').map(encodeURIComponent).join('/');
  if (sep === '/') return encodeURIComponent(drive) + encoded;
  if (drive !== '') return `file:///${drive}${encoded}`;
  return rest.startsWith('//') ? `file:${encoded}` : encoded;
}
