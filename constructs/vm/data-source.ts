import { Construct } from 'constructs';
import type { DataSourceSpecSource } from '../../imports/cdi.kubevirt.io';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeSourceKind } from '../disks/data-volume-source-kind';
import { generated } from '../generated';
import { addObject, checkProps, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { KnownKeys } from '../shared/known-keys';
import { checkGiven, instanceOf, keysOf, PropChecks, required } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { checkInferredDefaults, INFERRED_DEFAULTS, inferenceLabels, InferredDefaults } from './inferred-defaults';

/** A name by which disks are made of an image that lies in a claim or in a snapshot. */
export interface DataSourceProps extends ObjectProps, InferredDefaults {
  /**
   * Where it leads to: `DataVolumeSource.claim(…)`, `DataVolumeSource.snapshot(…)` or, since CDI v1.63,
   * `DataVolumeSource.dataSource(…)`.
   */
  readonly source: DataVolumeSource;
}

const OWN: PropChecks<Omit<DataSourceProps, keyof ObjectProps>> = {
  source: required(instanceOf(DataVolumeSource, 'DataVolumeSource.claim(…)')),
  ...INFERRED_DEFAULTS,
};
const PROPS: KnownKeys<DataSourceProps> = { ...OBJECT_PROPS, ...keysOf(OWN) };

/**
 * A DataSource: a name by which disks are made of an image, wherever the image lies. One that always leads to the newest image is
 * part of a `GoldenImage`.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/datavolumes.md#sourceref
 */
export class DataSource extends Construct {
  /** Name of the DataSource. */
  public readonly name: string;

  /** Namespace of the DataSource, as far as the manifest says. */
  public readonly namespace?: string;

  /**
   * A name for an image.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the DataSource, unless `name` says otherwise.
   * @param props Where it leads to.
   * @throws if CDI does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: DataSourceProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkGiven(faults, '', props, OWN);
    this.name = objectName(id, props);
    this.namespace = objectNamespace(faults, scope, props);
    const { source } = props;
    if (source instanceof DataVolumeSource) checkSource(faults, source, this.namespace);
    checkInferredDefaults(faults, props);
    faults.refuse();
    const labels = { ...inferenceLabels(props), ...props.labels };
    const named = { ...props, labels };
    addObject(this, generated.cdi.DataSource, named, { spec: { source: renderSource(source, this.namespace) } });
  }

  /** It as the source of a disk; by `ClaimApi.STORAGE` the disk needs no size. */
  public get source(): DataVolumeSource {
    return DataVolumeSource.dataSource(this.name, { namespace: this.namespace });
  }
}

/** CDI's schema requires the namespace (v1.66.0). */
function checkSource(faults: Faults, source: DataVolumeSource, namespace: string | undefined): void {
  const { kind, isClone } = source;
  if (!isClone && kind !== DataVolumeSourceKind.DATA_SOURCE) {
    faults.add('source', "be of the kind 'pvc', 'snapshot' or 'DataSource'", kind);
    return;
  }
  const { name, namespace: found } = Object.values(renderSource(source, namespace))[0] as Partial<Place>;
  if (found !== undefined) return;
  const remedy = "set 'namespace' on the source, on this construct or on its chart";
  faults.add('source', 'name the namespace that it leads to', name, remedy);
}

interface Place {
  readonly name: string;
  readonly namespace: string;
}

function renderSource(source: DataVolumeSource, namespace: string | undefined): DataSourceSpecSource {
  const rendered = source._render(namespace);
  if (source.kind !== DataVolumeSourceKind.DATA_SOURCE) return rendered as DataSourceSpecSource;
  const { name, namespace: found = namespace } = rendered as unknown as Partial<Place>;
  return { dataSource: { name, namespace: found } as Place };
}
