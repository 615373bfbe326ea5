import { valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ClusterConfig, Json } from '../rule';
import { clusterConfig, ConfigOptions } from './config';
import { gateFault, isGateKnown, KNOWN_GATES } from './feature-gates';
import { operatorGates, PATCH_ANNOTATION } from './hyper-converged';
import { kindOf } from './kinds';

/** What one object says of its cluster, and the file that it stands in. */
interface Said {
  readonly file: string | undefined;
  readonly config: ClusterConfig;
}

/**
 * The configuration of each object's cluster: that of the KubeVirt object which stands nearest (in its file, else in the
 * folder that shares most of its path), since a repository may hold several clusters. Of several that are as near, a gate
 * counts that any lists, and a setting that all have.
 */
export class ClusterConfigs {
  private readonly said: readonly Said[];
  private readonly known = new Map<string | undefined, ClusterConfig>();

  /**
   * @param objects Those that hold settings, at least.
   * @param release The release of KubeVirt, and whether nothing names it.
   * @param operators The releases of HyperConverged up to the one that the cluster has, if it has one.
   */
  constructor(
    private readonly options: ConfigOptions,
    objects: readonly Reviewed[],
    private readonly release: Pick<ClusterConfig, 'release' | 'releaseAssumed'> = {},
    operators: readonly string[] = [],
  ) {
    this.said = objects.flatMap(({ object, origin: { file } }) => {
      switch (kindOf(object)?.settings) {
        case 'KubeVirt':
          return [{ file, config: { ...clusterConfig(options, object), ...from(options, file) } }];
        case 'HyperConverged':
          return [{ file, config: setByOperator(options, object, operators) }];
        default:
          return [];
      }
    });
  }

  /** The configuration that holds for the objects of a file. */
  public of(file: string | undefined): ClusterConfig {
    let config = this.known.get(file);
    if (config === undefined) this.known.set(file, (config = { ...this.nearest(file), ...this.release }));
    return config;
  }

  private nearest(file: string | undefined): ClusterConfig {
    if (this.said.length === 0) return { ...clusterConfig(this.options), ...from(this.options) };
    const near = this.said.map((one) => nearness(file, one.file));
    const most = Math.max(...near);
    return united(this.said.filter((_one, index) => near[index] === most).map(({ config }) => config));
  }
}

/**
 * What HyperConverged makes of the KubeVirt object: the gates that its release lists. One that an earlier release listed
 * counts as on: it graduated. With a patch by annotation, or where its release is not known, any gate may be on.
 */
function setByOperator(options: ConfigOptions, object: Json, operators: readonly string[]): ClusterConfig {
  const config = clusterConfig(options);
  if (options.featureGates !== undefined || options.configuration !== undefined) return config;
  const isPatched = valueAt(object, 'metadata', 'annotations', PATCH_ANNOTATION) !== undefined;
  if (isPatched || operators.length === 0) return { ...config, anyGate: true, assumed: false };
  const gates = operators.map((version) => operatorGates(object, version));
  const { disabled } = gates.at(-1)!;
  return {
    ...config,
    featureGates: new Set(gates.flatMap(({ listed }) => listed).filter((gate) => !disabled.includes(gate))),
    configuration: disabled.length === 0 ? {} : { developerConfiguration: { disabledFeatureGates: disabled } },
    byOperator: true,
    assumed: false,
  };
}

/** Where the gates are said: the option, if it is given, else the file. */
function from({ featureGates }: ConfigOptions, file?: string): Pick<ClusterConfig, 'from'> {
  const place = featureGates === undefined ? file : 'the option for feature gates';
  return place === undefined ? {} : { from: place };
}

/** How much of their path two files share, in folders; the same file is nearest. */
function nearness(file: string | undefined, other: string | undefined): number {
  if (file === other) return Infinity;
  const [ours, theirs] = [file ?? '', other ?? ''].map((name) => name.split('/').slice(0, -1));
  const different = ours!.findIndex((folder, index) => folder !== theirs![index]);
  return different < 0 ? ours!.length : different;
}

function united(configs: readonly ClusterConfig[]): ClusterConfig {
  const [first, ...others] = configs;
  if (others.length === 0) return first!;
  const agreed = ([key, value]: [string, unknown]): boolean =>
    others.every(({ configuration }) => JSON.stringify(configuration[key]) === JSON.stringify(value));
  return {
    ...first!,
    from: undefined,
    featureGates: new Set(configs.flatMap(({ featureGates }) => [...featureGates])),
    configuration: Object.fromEntries(Object.entries(first!.configuration).filter(agreed)),
    anyGate: configs.some(({ anyGate }) => anyGate === true),
  };
}

/** @throws if a gate of the options is only spelt wrong. */
export function checkGates({ featureGates = [] }: ConfigOptions): void {
  for (const gate of featureGates) {
    const { spelt = gate } = KNOWN_GATES.has(gate) ? {} : gateFault(gate);
    if (spelt === gate) continue;
    const must = "'featureGates' must be spelt as KubeVirt does";
    throw new Error(`[review] ${must}, got ${JSON.stringify(gate)}; write '${spelt}'`);
  }
}

/** What is to be said of gates that the options name and the release does not know. */
export function gateNotes({ featureGates = [] }: ConfigOptions, release: string): string[] {
  return featureGates.filter((gate) => !isGateKnown(gate, release)).map((gate) => gateFault(gate, release).message);
}
