import { Cron } from 'cdk8s';
import { Construct } from 'constructs';
import type { DataImportCronSpec, DataImportCronSpecTemplateSpec } from '../../imports/cdi.kubevirt.io';
import { CLAIM_LIMITS, ClaimLimits } from '../disks/claim-selection';
import { checkDataVolume, DataVolumeOptions, likeSource, renderDataVolumeSpec } from '../disks/data-volume';
import { DataVolumeClaim } from '../disks/data-volume-claim';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeSourceKind } from '../disks/data-volume-source-kind';
import { IMPORT_POD_OPTIONS, ImportPodOptions } from '../disks/import-options';
import { generated } from '../generated';
import { addObject, checkProps, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { checkName, isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { aBoolean, aName, checkGiven, keysOf, oneOf, PropCheck, PropChecks, wholeNumber } from '../shared/prop-checks';
import { addKind, Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { checkInferredDefaults, INFERRED_DEFAULTS, inferenceLabels, InferredDefaults } from './inferred-defaults';

/** What happens to the imports and the DataSource when the DataImportCron is deleted. */
export enum ImportRetentionPolicy {
  /** They are deleted. */
  NONE = 'None',
  /** They stay. */
  ALL = 'All',
}

/** Whether old imports are deleted. */
export enum ImportGarbageCollect {
  /** Those beyond `importsToKeep` are. */
  OUTDATED = 'Outdated',
  /** None is. */
  NEVER = 'Never',
}

/** An image that is imported again and again, and the name by which disks are made of its newest import. */
export interface GoldenImageProps
  extends ObjectProps, DataVolumeClaim, ClaimLimits, ImportPodOptions, InferredDefaults {
  /** Where it comes from: `DataVolumeSource.registry(…)`, or `DataVolumeSource.claim(…)`. */
  readonly source: DataVolumeSource;

  /**
   * When CDI looks for a newer image, in UTC: `Cron.schedule({ minute: '0', hour: '3' })`.
   *
   * @default - it never looks by itself; of a registry it imports what the tag leads to when it is made
   */
  readonly schedule?: Cron;

  /**
   * Name of the DataSource, which leads to the newest import.
   *
   * @default - the name of the DataImportCron
   */
  readonly dataSourceName?: string;

  /**
   * Whether CDI makes the DataSource, once the first import is there: the manifest has the DataImportCron alone.
   *
   * @default false
   */
  readonly dataSourceLeftToCdi?: boolean;

  /**
   * What happens to the imports and the DataSource when the DataImportCron is deleted.
   *
   * @default - CDI's own: ImportRetentionPolicy.ALL
   */
  readonly retentionPolicy?: ImportRetentionPolicy;

  /**
   * Whether old imports are deleted.
   *
   * @default - CDI's own: ImportGarbageCollect.OUTDATED
   */
  readonly garbageCollect?: ImportGarbageCollect;

  /**
   * How many imports are kept.
   *
   * @default - CDI's own: 3
   */
  readonly importsToKeep?: number;

  /**
   * Name of the ServiceAccount by which CDI makes the DataVolumes: one that may clone from another namespace.
   *
   * @default - CDI's own
   */
  readonly cronServiceAccountName?: string;

  /**
   * The escape hatch of the DataSource; `overrides` is that of the DataImportCron.
   *
   * @default - no changes
   */
  readonly dataSourceOverrides?: { readonly [field: string]: unknown };
}

/** By it CDI knows the DataSource that a cron manages: pkg/common/common.go, DataImportCronLabel (v1.66.0). */
const CRON_LABEL = 'cdi.kubevirt.io/dataImportCron';

/** CDI makes labels and the names of CronJobs of it: dataimportcron-validate.go, Admit (v1.66.0). */
const LONGEST_NAME = 63;

const aCron: PropCheck = (faults, property, value) => {
  if (isObject(value) && typeof value.expressionString === 'string') return;
  addKind(faults, property, 'be a Cron of cdk8s', value, cronRemedy(value));
};

/** The five fields of a text of cron, as a Cron has them. */
function cronRemedy(value: unknown): string {
  const fields = typeof value === 'string' ? value.trim().split(/\s+/) : [];
  if (fields.length !== 5) return "write for example Cron.schedule({ minute: '0', hour: '3' })";
  const named = ['minute', 'hour', 'day', 'month', 'weekDay'].map((name, index) => `${name}: '${fields[index]}'`);
  return `write Cron.schedule({ ${named.filter((field) => !field.endsWith("'*'")).join(', ')} })`;
}
const aShortName: PropCheck = (faults, property, value) => checkName(faults, property, value, LONGEST_NAME);

const OWN: PropChecks<Omit<GoldenImageProps, keyof ObjectProps | keyof DataVolumeOptions>> = {
  ...INFERRED_DEFAULTS,
  schedule: aCron,
  dataSourceName: aShortName,
  dataSourceLeftToCdi: aBoolean,
  retentionPolicy: oneOf(ImportRetentionPolicy),
  garbageCollect: oneOf(ImportGarbageCollect),
  importsToKeep: wholeNumber(0),
  cronServiceAccountName: aName,
  dataSourceOverrides: (faults, property, value) => {
    if (!isObject(value)) addKind(faults, property, 'be a plain object', value);
  },
};
const PROPS: KnownKeys<GoldenImageProps> = {
  ...OBJECT_PROPS,
  ...keysOf(OWN),
  ...keysOf(CLAIM_LIMITS),
  ...keysOf(IMPORT_POD_OPTIONS),
  source: true,
  size: true,
  accessModes: true,
  volumeMode: true,
  storageClassName: true,
  claimApi: true,
};

/**
 * A golden image: a DataImportCron, which imports an image whenever there is a newer one, and the DataSource by which disks are
 * made of the newest import: `source` is that of a disk. What it imports is settled when it is made; another source, size or
 * schedule takes another name.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/os-image-poll-and-update.md
 */
export class GoldenImage extends Construct {
  /** Name of the DataImportCron. */
  public readonly name: string;

  /** Namespace of the DataImportCron and its DataSource, as far as the manifest says. */
  public readonly namespace?: string;

  /** Name of the DataSource. */
  public readonly dataSourceName: string;

  /**
   * An image that is kept up to date.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the DataImportCron, unless `name` says otherwise.
   * @param props Where the image comes from, and how often.
   * @throws if CDI does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: GoldenImageProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS, aShortName);
    checkGiven(faults, '', props, OWN);
    this.name = objectName(id, props);
    this.namespace = objectNamespace(faults, scope, props);
    const template = likeSource(props);
    checkDataVolume(faults, template);
    checkSource(faults, props.source, this.namespace);
    checkInferredDefaults(faults, props);
    checkLeft(faults, props);
    checkManaged(faults, props, props.dataSourceName ?? this.name);
    faults.refuse();
    this.dataSourceName = props.dataSourceName ?? this.name;
    const labels = { ...inferenceLabels(props), ...props.labels };
    const named = { ...props, labels };
    addObject(this, generated.cdi.DataImportCron, named, {
      spec: renderSpec(props, template, this.dataSourceName, this.namespace),
    });
    if (props.dataSourceLeftToCdi === true) return;
    const dataSource = {
      ...named,
      name: this.dataSourceName,
      labels: { [CRON_LABEL]: this.name, ...labels },
      overrides: props.dataSourceOverrides,
    };
    // CDI writes where it leads to.
    addObject(this, generated.cdi.DataSource, dataSource, { spec: { source: {} } }, { id: 'DataSource' });
  }

  /** The newest import as the source of a disk; by `ClaimApi.STORAGE` the disk needs no size. */
  public get source(): DataVolumeSource {
    return DataVolumeSource.dataSource(this.dataSourceName, { namespace: this.namespace });
  }
}

/** Notes overrides of a DataSource that is not made. */
function checkLeft(faults: Faults, { dataSourceLeftToCdi, dataSourceOverrides }: GoldenImageProps): void {
  if (dataSourceLeftToCdi !== true || dataSourceOverrides === undefined) return;
  faults.note("'dataSourceOverrides' must be left out with 'dataSourceLeftToCdi'");
}

/** Notes overrides by which the cron would manage another DataSource than the one that is made. */
function checkManaged(faults: Faults, { overrides }: GoldenImageProps, dataSourceName: string): void {
  const spec: unknown = isObject(overrides) ? overrides.spec : undefined;
  const managed = isObject(spec) ? spec.managedDataSource : undefined;
  if (managed === undefined || managed === dataSourceName) return;
  const must = `be ${JSON.stringify(dataSourceName)}, as the DataSource is called`;
  faults.add('overrides.spec.managedDataSource', must, managed, "set the prop 'dataSourceName'");
}

/** CDI: dataimportcron-validate.go, validateDataImportCronSpec (v1.66.0). */
function checkSource(faults: Faults, source: unknown, namespace: string | undefined): void {
  if (!(source instanceof DataVolumeSource)) return;
  if (source.kind !== DataVolumeSourceKind.REGISTRY && source.kind !== DataVolumeSourceKind.CLAIM) {
    faults.add('source', "be of the kind 'registry' or 'pvc'", source.kind);
  }
  source._checkTarget(faults, '', namespace);
}

function renderSpec(
  props: GoldenImageProps,
  template: DataVolumeOptions,
  managedDataSource: string,
  namespace: string | undefined,
): DataImportCronSpec {
  return {
    schedule: props.schedule?.expressionString ?? '',
    managedDataSource,
    retentionPolicy: props.retentionPolicy,
    garbageCollect: props.garbageCollect,
    importsToKeep: props.importsToKeep,
    serviceAccountName: props.cronServiceAccountName,
    template: { spec: renderDataVolumeSpec(template, namespace) as unknown as DataImportCronSpecTemplateSpec },
  };
}
