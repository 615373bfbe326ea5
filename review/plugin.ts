import * as fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { EXTERNAL } from '../constructs/shared/external-mark';
import { printable } from '../constructs/shared/printable';
import { regularBytes } from '../constructs/shared/regular-file';
import { ACCEPT_ANNOTATION } from './accept';
import type { ExternalObject } from './cluster/catalogue';
import { report } from './engine';
import { Finding, ObjectReference, Severity } from './finding';
import { releases, sentence, titleOf, totals } from './format/words';
import { InputFault } from './manifests/input';
import { textAt } from './manifests/json';
import { ReviewedManifest } from './manifests/manifest';
import { parseManifests } from './manifests/parser';
import { checkedOptions } from './options';
import { Report } from './report';
import { OPTIONS_FILE, optionsFile, SharedOptions, sourcesOf } from './settings/options-file';
import { effectOf } from './verdicts/effect';
import { LostQuantity, lostQuantities } from './verdicts/lost-quantities';

/**
 * What the cdk8s command line gives a validation plugin, as far as this one looks.
 *
 * @see https://github.com/cdk8s-team/cdk8s-cli/blob/2.x/src/plugins/validation.ts
 */
export interface ValidationContext {
  /** Paths of the synthesized files. */
  readonly manifests: readonly string[];
  /** What ran the app wrote about its constructs: by name, and, if it is a `ManifestApp`, by what names the object alone. */
  readonly metadata: Readonly<Record<string, { readonly path: string } | undefined>>;
  /** Whether the manifests are printed. */
  readonly stdout?: boolean;
  /** What collects the findings and prints them. */
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/** One rule, and what breaks it. */
export interface Violation {
  /** Id of the rule. */
  readonly ruleName: string;
  /** How bad it is. */
  readonly recommendation: string;
  /** What to do. */
  readonly fix: string;
  /** The objects that break it, and which field does. */
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

/** What `properties` of the plugin may say in cdk8s.yaml: the options of a review. */
export type KubeVirtReviewProps = SharedOptions;

/**
 * Reviews what `cdk8s synth` wrote: a validation plugin of the cdk8s command line. What `cdk8s-kubevirt.yaml` of the working
 * folder says takes the place of the properties.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validating-manifests
 */
export class KubeVirtReview {
  private readonly strict: boolean;
  private readonly options: SharedOptions;
  private readonly sources: readonly string[];

  /**
   * The plugin, as the cdk8s command line makes it.
   *
   * @param props What stands under `properties` in cdk8s.yaml.
   * @throws if there is no such property, or its value is of another shape.
   */
  public constructor(props: KubeVirtReviewProps = {}) {
    keepStdoutClean();
    const own = optionsFile(process.cwd());
    const { strict, ...options } = { ...checkedOptions(props, 'plugin'), ...own };
    this.sources = sourcesOf(new Map(Object.keys(own).map((key) => [key, OPTIONS_FILE])));
    this.strict = strict === true;
    this.options = options;
  }

  /**
   * Reviews the manifests, and hands in the report.
   *
   * @throws if there are no schemas of a release that the properties name.
   */
  public async validate({ manifests, metadata, stdout, report: answer }: ValidationContext): Promise<void> {
    if (stdout === true) await streamWritten();
    const inputs = manifests.map((file) => parseManifests(file, regularBytes(file)));
    const objects = inputs.flatMap((input) => input.manifests);
    const faults = inputs.flatMap((input) => input.faults);
    const { storage: file, ...options } = this.options;
    const storage = file === undefined ? undefined : storageText(file);
    const external = [...(options.external ?? []), ...declared(metadata)];
    const known = external.length === 0 ? options : { ...options, external };
    const reviewed = report(objects, { ...known, storage });
    const lost = lostQuantities(objects);
    if (lost.length > 0) answer.addViolation(lostViolation(lost));
    const paths = new ConstructPaths(metadata, objects);
    for (const fault of faults) answer.addViolation(inputViolation(fault));
    for (const findings of byRule(reviewed.findings)) answer.addViolation(violation(findings, paths));
    const failed = lost.length > 0 || [...faults, ...reviewed.findings].some(this.isBad);
    answer.submit(failed ? 'failure' : 'success', summary(reviewed, this.sources));
  }

  private readonly isBad = ({ severity }: { readonly severity: Severity }): boolean =>
    severity === Severity.ERROR || this.strict;
}

function storageText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    throw new Error(`[review] 'storage' must be a file that can be read, got ${JSON.stringify(file)}: ${code}`);
  }
}

/**
 * Under `cdk8s synth --stdout` the command line logs to standard output, in the middle of the manifests. It makes the
 * plugins before it logs anything, and gives them no other word of it.
 */
function keepStdoutClean(): void {
  const [, command = ''] = process.argv;
  const streams = process.argv.some((word) => /^(-p|--stdout)(=true)?$/.test(word));
  if (streams && /cdk8s/.test(command)) console.log = console.error;
}

/** The command line pipes the manifests without waiting, and ends the process, the pipe with it, when a review fails. */
async function streamWritten(): Promise<void> {
  const { stdout } = process;
  while (stdout.listenerCount('unpipe') > 0 || stdout.writableLength > 0) await setTimeout(STREAM_POLL_MILLISECONDS);
}

const STREAM_POLL_MILLISECONDS = 5;

/** What the constructs of the app were given as being in the cluster already: `Disk.fromClaimName` and its like. */
function declared(metadata: ValidationContext['metadata']): ExternalObject[] {
  return Object.keys(metadata).flatMap((key) => {
    const [, kind, namespace, name] = DECLARED.exec(key) ?? [];
    if (kind === undefined || name === undefined) return [];
    return [namespace === undefined ? { kind, name } : { kind, namespace, name }];
  });
}

const DECLARED = new RegExp(`^${EXTERNAL} (\\w+) (?:([^/]+)/)?([^/]+)$`);

/** One rule is one violation; each finding of it is a location of its object. */
function violation(findings: readonly Finding[], paths: ConstructPaths): Violation {
  const { rule, severity } = findings[0]!;
  return {
    ruleName: rule,
    recommendation: `${severity}: ${effectOf(rule, severity)}`,
    fix: `as each location says, or accept it: annotation '${ACCEPT_ANNOTATION}${rule}: <reason>'`,
    violatingResources: findings.map((finding) => ({
      resourceName: paths.nameOf(finding.object),
      locations: [printable(`${finding.field}: ${sentence(finding)}`)],
      manifestPath: finding.object.file ?? '',
    })),
  };
}

function lostViolation(lost: readonly LostQuantity[]): Violation {
  return {
    ruleName: 'quantity-lost',
    recommendation: 'error: a generated class wrote null for a quantity that is plain text',
    fix: 'give the class of the quantity: ….fromString(…)',
    violatingResources: lost.map(({ name, field, file }) => ({
      resourceName: name || 'none',
      locations: [printable(`${field}: must be a quantity, got null`)],
      manifestPath: file,
    })),
  };
}

function inputViolation({ file, line, column, severity, message }: InputFault): Violation {
  const place = line === undefined ? [] : [`line ${line}, column ${column ?? 1}`];
  return {
    ruleName: 'input',
    recommendation: printable(`${severity}: ${message}`),
    fix: 'write YAML that kubectl reads',
    violatingResources: [{ resourceName: 'none', locations: place, manifestPath: file }],
  };
}

/**
 * The names under which the command line knows the constructs of objects. It looks them up by the name that a report
 * gives, and would show the path of the last object so named: a name that is not clear gets its kind and namespace.
 */
class ConstructPaths {
  private readonly counts = new Map<string, number>();
  private readonly wholeNames = new Map<string, string[]>();

  constructor(metadata: ValidationContext['metadata'], manifests: Iterable<ReviewedManifest>) {
    for (const { object } of manifests) {
      const name = textAt(object, 'metadata', 'name');
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
    for (const key of Object.keys(metadata)) {
      const [, title] = /^\S+ (\S+ \S+)$/.exec(key) ?? [];
      if (title !== undefined) this.wholeNames.set(title, [...(this.wholeNames.get(title) ?? []), key]);
    }
  }

  public nameOf(object: ObjectReference): string {
    const title = titleOf(object);
    const same = this.wholeNames.get(title) ?? [];
    const whole = same.length === 1 ? same[0] : same.find((key) => isOfFile(key, object.file ?? ''));
    if (whole !== undefined) return whole;
    return this.counts.get(object.name) === 1 ? object.name : title;
  }
}

/** Whether a file is that of the chart that a name begins with. */
function isOfFile(wholeName: string, file: string): boolean {
  const chart = wholeName.slice(0, wholeName.indexOf(' '));
  return `/${file.replaceAll('\\', '/')}`.includes(`/${chart}.`);
}

function byRule(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) rules.set(finding.rule, [...(rules.get(finding.rule) ?? []), finding]);
  return [...rules.values()];
}

/** What the command line shows in its summary, a row each. */
function summary({ accepted, unchecked, ...rest }: Report, sources: readonly string[]): Record<string, string> {
  const whole = { accepted, unchecked, ...rest };
  const rows: Record<string, string> = { Releases: releases(whole), Found: totals(whole) };
  if (sources.length > 0) rows.Options = sources.join(', ');
  for (const { object, rule, accepted: reason } of accepted) rows[`Accepted: ${titleOf(object)} ${rule}`] = `${reason}`;
  for (const { object, reason } of unchecked) {
    rows[`Unchecked: ${object === undefined ? reason : titleOf(object)}`] = reason;
  }
  return rows;
}
