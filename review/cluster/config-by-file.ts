import { Reviewed } from '../manifests/manifest';
import { ClusterConfig } from '../rule';
import { clusterConfig, ConfigOptions } from './config';
import { gateFault, KNOWN_GATES } from './feature-gates';
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

  /** @param objects Those that hold settings, at least. */
  constructor(
    private readonly options: ConfigOptions,
    objects: readonly Reviewed[],
  ) {
    this.said = objects.flatMap(({ object, origin: { file } }) => {
      switch (kindOf(object)?.settings) {
        case 'KubeVirt':
          return [{ file, config: clusterConfig(options, object) }];
        case 'HyperConverged':
          return [{ file, config: { ...clusterConfig(options), ...setByOperator(options) } }];
        default:
          return [];
      }
    });
  }

  /** The configuration that holds for the objects of a file. */
  public of(file: string | undefined): ClusterConfig {
    let config = this.known.get(file);
    if (config === undefined) this.known.set(file, (config = this.nearest(file)));
    return config;
  }

  private nearest(file: string | undefined): ClusterConfig {
    if (this.said.length === 0) return clusterConfig(this.options);
    const near = this.said.map((one) => nearness(file, one.file));
    const most = Math.max(...near);
    return united(this.said.filter((_one, index) => near[index] === most).map(({ config }) => config));
  }
}

/**
 * The operator that writes the KubeVirt object lists gates of its own, others by its version, and takes patches.
 *
 * @see https://github.com/kubevirt/hyperconverged-cluster-operator controllers/handlers/kubevirt.go, hardCodeKvFgs
 */
function setByOperator({ featureGates, configuration }: ConfigOptions): Partial<ClusterConfig> {
  const isSaid = featureGates !== undefined || configuration !== undefined;
  return isSaid ? {} : { anyGate: true, assumed: false };
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
    featureGates: new Set(configs.flatMap(({ featureGates }) => [...featureGates])),
    configuration: Object.fromEntries(Object.entries(first!.configuration).filter(agreed)),
    anyGate: configs.some(({ anyGate }) => anyGate === true),
  };
}

/**
 * What is to be said of gates that the options name and KubeVirt v1.6.2 does not know.
 *
 * @throws if one is only spelt wrong.
 */
export function gateNotes({ featureGates = [] }: ConfigOptions): string[] {
  return featureGates
    .filter((gate) => !KNOWN_GATES.has(gate))
    .map((gate) => {
      const { spelt, message } = gateFault(gate);
      if (spelt === undefined) return message;
      throw new Error(
        `[review] 'featureGates' must be spelt as KubeVirt does, got ${JSON.stringify(gate)}; write '${spelt}'`,
      );
    });
}
