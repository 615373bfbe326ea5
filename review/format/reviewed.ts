import { Finding } from '../finding';
import { InputFault } from '../manifests/input';
import { Place } from '../manifests/locator';
import { Report } from '../report';
import { Paint } from './paint';

/** Who built the Kustomizations of an input. */
export interface KustomizeUse {
  /** Path of the program; undefined if none is installed. */
  readonly binary?: string;
  /** Its version. */
  readonly version?: string;
  /** How many it built. */
  readonly built: number;
  /** How many there are. */
  readonly asked: number;
}

/** All that a format shows. */
export interface Reviewed {
  readonly report: Report;
  /** What is wrong with the input itself. */
  readonly faults: readonly InputFault[];
  /** Who built the Kustomizations; undefined if nobody was asked. */
  readonly kustomize?: KustomizeUse;
  /**
   * Whether the table lists all that is not checked, and does not count it.
   *
   * @default false
   */
  readonly isVerbose?: boolean;
  /**
   * What was reviewed, for a format that shows more of it than the findings.
   *
   * @default - not known
   */
  readonly manifests?: Iterable<unknown>;
  /** Where a finding stands in its file, as far as that is known. */
  readonly place: (finding: Finding) => Place | undefined;
  /**
   * Where options come from that the command line does not say: `cdk8s-kubevirt.yaml (external)`, a text a file.
   *
   * @default - the command line alone
   */
  readonly sources?: readonly string[];
  /**
   * What the findings were narrowed to: `2 files that changed since HEAD`.
   *
   * @default - all that was read
   */
  readonly scope?: string;
  /**
   * Colours for a terminal.
   *
   * @default - none
   */
  readonly paint?: Paint;
}

/** Writes a review as text, in pieces: of a million findings the whole is longer than a string can be. */
export type Format = (reviewed: Reviewed) => Iterable<string>;
