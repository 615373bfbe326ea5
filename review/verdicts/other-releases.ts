import { AdmissionCheck } from '../admission';
import { Severity } from '../finding';
import { Reviewed } from '../manifests/manifest';
import { ClusterConfig } from '../rule';
import { ReleasePair, SchemaCheck } from '../schema';
import { AdmissionFinding, admissionFindings } from './admission-findings';

/** A refusal of other releases, and which they are. */
export interface OtherRefusal extends AdmissionFinding {
  /** `KubeVirt v1.9.0`. */
  readonly releases: readonly string[];
}

/** One pair beside that of the cluster. */
interface Other {
  readonly pair: ReleasePair;
  readonly admission: AdmissionCheck;
  readonly schemas: SchemaCheck;
}

/** What the webhooks of other releases refuse beside those of the cluster's own: what an upgrade to them would bring. */
export class OtherReleases {
  private readonly others: readonly Other[];

  constructor(pairs: readonly ReleasePair[]) {
    this.others = pairs.map((pair) => ({
      pair,
      admission: new AdmissionCheck({ release: pair.kubevirt, cdi: pair.cdi }),
      schemas: new SchemaCheck([pair]),
    }));
  }

  /**
   * Each refusal once, with the releases that it is of.
   *
   * @param own What the cluster's own releases say of the object.
   */
  public refusals(
    reviewed: Pick<Reviewed, 'object' | 'old'>,
    config: ClusterConfig,
    own: readonly AdmissionFinding[],
  ): OtherRefusal[] {
    const known = new Set(own.filter(isError).map(keyOf));
    const found = new Map<string, OtherRefusal>();
    for (const { pair, admission, schemas } of this.others) {
      const verdict = schemas.check(reviewed.object);
      if (verdict.unread === true) continue;
      const there = { ...config, release: pair.kubevirt, cdi: pair.cdi, releaseAssumed: false };
      for (const finding of admissionFindings(admission, schemas.asStored(reviewed), verdict, there, ignore)) {
        const key = keyOf(finding);
        // Another release of the operator lists other gates.
        const isUncertain = finding.isOfGate && config.byOperator === true;
        if (!isError(finding) || isUncertain || known.has(key)) continue;
        const title = finding.source.startsWith('CDI') ? `CDI ${pair.cdi}` : `KubeVirt ${pair.kubevirt}`;
        found.set(key, { ...finding, releases: [...(found.get(key)?.releases ?? []), title] });
      }
    }
    return [...found.values()];
  }
}

/** A rule that could not be applied is said of the cluster's own releases. */
function ignore(): void {}

function isError({ severity }: AdmissionFinding): boolean {
  return severity === Severity.ERROR;
}

function keyOf({ id, field }: AdmissionFinding): string {
  return `${id}\n${field}`;
}
