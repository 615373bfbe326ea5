import * as k from '../../constructs';
import { isObject, objectsAt, textAt, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { claimEntries, marked, modesCode } from '../disks/claims';
import { Code, list, record } from '../language/expression';
import { eachCode, Entries, flagCode, memberCode, textCode, textsCode, wholeList } from '../language/scalars';
import {
  BIND_IMMEDIATELY,
  IS_DEFAULT_CLASS,
  IS_DEFAULT_SNAPSHOT_CLASS,
  IS_DEFAULT_VIRT_CLASS,
  UPLOAD_TARGET,
} from '../meaning/markers';
import { byClass, Kind } from './way';

/** A PersistentVolumeClaim: an empty disk, or one that waits for an upload. */
export const claim: Kind = (_scope, object) => {
  const spec = isObject(object.spec) ? object.spec : {};
  const entries = claimEntries(spec, true);
  if (marked(object, UPLOAD_TARGET) === undefined) {
    const more: Entries = [
      ['volumeName', textCode(spec.volumeName)],
      ['populator', populatorCode(spec.dataSourceRef ?? spec.dataSource)],
    ];
    return [byClass('SecondaryDisk', k.SecondaryDisk, [...entries, ...more], { knownAs: ['claim'] })];
  }
  const said = new Set([UPLOAD_TARGET, BIND_IMMEDIATELY]);
  const bind = marked(object, BIND_IMMEDIATELY);
  return [
    byClass('UploadTarget', k.UploadTarget, [...entries, ['bindImmediately', bind]], { said, knownAs: ['claim'] }),
  ];
};

/** The object that fills a claim. */
function populatorCode(reference: unknown): Code | undefined {
  if (!isObject(reference)) return undefined;
  return record(['apiGroup', 'kind', 'name'].map((key) => [key, textCode(reference[key])]));
}

export const storageClass: Kind = (_scope, object) => [
  byClass(
    'StorageClass',
    k.StorageClass,
    [
      ['provisioner', textCode(object.provisioner)],
      ['isDefault', marked(object, IS_DEFAULT_CLASS, 'true')],
      ['isVirtDefault', marked(object, IS_DEFAULT_VIRT_CLASS, 'true')],
      ['parameters', textsCode(object.parameters)],
      ['allowVolumeExpansion', flagCode(object.allowVolumeExpansion)],
      ['volumeBindingMode', memberCode('VolumeBindingMode', k.VolumeBindingMode, object.volumeBindingMode)],
      ['reclaimPolicy', memberCode('ReclaimPolicy', k.ReclaimPolicy, object.reclaimPolicy)],
      ['mountOptions', wholeList(eachCode(object.mountOptions, textCode))],
      ['allowedTopologies', wholeList(eachCode(object.allowedTopologies, topologyCode))],
    ],
    { said: saidAs(object, 'true', IS_DEFAULT_CLASS, IS_DEFAULT_VIRT_CLASS) },
  ),
];

export const volumeSnapshotClass: Kind = (_scope, object) => [
  byClass(
    'VolumeSnapshotClass',
    k.VolumeSnapshotClass,
    [
      ['driver', textCode(object.driver)],
      ['isDefault', marked(object, IS_DEFAULT_SNAPSHOT_CLASS, 'true')],
      [
        'deletionPolicy',
        object.deletionPolicy === 'Delete'
          ? undefined
          : memberCode('SnapshotDeletionPolicy', k.SnapshotDeletionPolicy, object.deletionPolicy),
      ],
      ['parameters', textsCode(object.parameters)],
    ],
    { said: saidAs(object, 'true', IS_DEFAULT_SNAPSHOT_CLASS) },
  ),
];

/** Values by the label of nodes; undefined where a label stands twice, which a map cannot say. */
function topologyCode(term: unknown): Code | undefined {
  const expressions = objectsAt(term, 'matchLabelExpressions');
  const byLabel = new Map(expressions.map(({ key, values }) => [String(key), wholeList(eachCode(values, textCode))]));
  return byLabel.size === expressions.length ? record([...byLabel]) : undefined;
}

/** Annotations of which a prop says that they have the value. */
function saidAs(object: Json, value: string, ...annotations: readonly string[]): ReadonlySet<string> {
  return new Set(annotations.filter((annotation) => marked(object, annotation, value) !== undefined));
}

export const volumeSnapshot: Kind = (scope, object) => {
  const disk = textAt(object, 'spec', 'source', 'persistentVolumeClaimName');
  const snapshotClassName = textCode(valueAt(object, 'spec', 'volumeSnapshotClassName'));
  const entries: Entries = [
    ['disk', disk === '' ? undefined : scope.disk(disk)],
    ['snapshotClassName', snapshotClassName],
  ];
  return [byClass('DiskSnapshot', k.DiskSnapshot, entries, { knownAs: ['snapshot'] })];
};

export const storageProfile: Kind = (_scope, object) => {
  const sets = objectsAt(object, 'spec', 'claimPropertySets').map((set) =>
    record([
      ['accessModes', modesCode(set.accessModes)],
      ['volumeMode', memberCode('VolumeMode', k.VolumeMode, set.volumeMode)],
    ]),
  );
  return [
    byClass('StorageProfile', k.StorageProfile, [
      ['cloneStrategy', memberCode('CloneStrategy', k.CloneStrategy, valueAt(object, 'spec', 'cloneStrategy'))],
      ['claimPropertySets', sets.length > 0 ? list(sets) : undefined],
      ['snapshotClassName', textCode(valueAt(object, 'spec', 'snapshotClass'))],
    ]),
  ];
};
