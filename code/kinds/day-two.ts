import { Duration, JsonPatch } from 'cdk8s';
import * as k from '../../constructs';
import { isObject, objectAt, textAt, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, literal, options, record } from '../language/expression';
import {
  eachCode,
  flagCode,
  memberCode,
  secondsCode,
  sizeCode,
  textCode,
  textsCode,
  tried,
  wholeList,
  Entries,
  numberCode,
  objectOr,
} from '../language/scalars';
import { secondsOf } from '../meaning/sameness';
import { Scope } from '../scope';
import { byClass, Kind } from './way';

/** What acts on a VM: it is in the VM's namespace. */

const KUBEVIRT = 'kubevirt.io';

/** A VM by a reference to it; undefined if it leads to something else. */
function vmOf(scope: Scope, reference: unknown): Code | undefined {
  const isVm = textAt(reference, 'kind') === 'VirtualMachine' && textAt(reference, 'apiGroup') === KUBEVIRT;
  return isVm ? scope.vm(textAt(reference, 'name')) : undefined;
}

function snapshotOf(scope: Scope, reference: unknown): Code | undefined {
  return textAt(reference, 'kind') === 'VirtualMachineSnapshot'
    ? scope.vmSnapshot(textAt(reference, 'name'))
    : undefined;
}

export const vmSnapshot: Kind = (scope, { spec }) => {
  const vm = vmOf(scope, valueAt(spec, 'source'));
  if (vm === undefined) return [];
  return [
    byClass(
      'VirtualMachineSnapshot',
      k.VirtualMachineSnapshot,
      [
        ['vm', vm],
        [
          'deletionPolicy',
          memberCode('MachineSnapshotDeletionPolicy', k.MachineSnapshotDeletionPolicy, valueAt(spec, 'deletionPolicy')),
        ],
        ['failureDeadline', goDurationCode(valueAt(spec, 'failureDeadline'))],
      ],
      { knownAs: ['vmSnapshot'] },
    ),
  ];
};

export const vmRestore: Kind = (scope, { spec }) => {
  const name = textAt(spec, 'virtualMachineSnapshotName');
  if (name === '') return [];
  const snapshot = scope.vmSnapshot(name);
  const target = vmOf(scope, valueAt(spec, 'target'));
  const known = (snapshot.value as k.IVirtualMachineSnapshot).vm;
  return [
    byClass('VirtualMachineRestore', k.VirtualMachineRestore, [
      ['snapshot', snapshot],
      ['vm', known === target?.value ? undefined : target],
      [
        'targetReadinessPolicy',
        memberCode('TargetReadinessPolicy', k.TargetReadinessPolicy, valueAt(spec, 'targetReadinessPolicy')),
      ],
      [
        'volumeRestorePolicy',
        memberCode('VolumeRestorePolicy', k.VolumeRestorePolicy, valueAt(spec, 'volumeRestorePolicy')),
      ],
      [
        'volumeOwnershipPolicy',
        memberCode('VolumeOwnershipPolicy', k.VolumeOwnershipPolicy, valueAt(spec, 'volumeOwnershipPolicy')),
      ],
      ['volumeRestoreOverrides', wholeList(eachCode(valueAt(spec, 'volumeRestoreOverrides'), restored))],
      ['patches', wholeList(eachCode(valueAt(spec, 'patches'), patch))],
    ]),
  ];
};

function restored(item: unknown): Code | undefined {
  if (!isObject(item)) return undefined;
  return record([
    ['volumeName', textCode(item.volumeName)],
    ['restoreName', textCode(item.restoreName)],
    ['labels', textsCode(item.labels)],
    ['annotations', textsCode(item.annotations)],
  ]);
}

export const vmClone: Kind = (scope, { spec }) => {
  const given = valueAt(spec, 'source');
  const [vm, snapshot] = [vmOf(scope, given), snapshotOf(scope, given)];
  const source =
    vm === undefined
      ? snapshot && call('VmCloneSource', k.VmCloneSource, 'snapshot', snapshot)
      : call('VmCloneSource', k.VmCloneSource, 'vm', vm);
  const texts = (...path: string[]): Code | undefined => wholeList(eachCode(valueAt(spec, ...path), textCode));
  return [
    byClass('VirtualMachineClone', k.VirtualMachineClone, [
      ['source', source],
      ['targetName', textCode(valueAt(spec, 'target', 'name'))],
      ['labelFilters', texts('labelFilters')],
      ['annotationFilters', texts('annotationFilters')],
      ['templateLabelFilters', texts('template', 'labelFilters')],
      ['templateAnnotationFilters', texts('template', 'annotationFilters')],
      ['newMacAddresses', textsCode(valueAt(spec, 'newMacAddresses'))],
      ['newSmbiosSerial', textCode(valueAt(spec, 'newSMBiosSerial'))],
      ['patches', wholeList(eachCode(valueAt(spec, 'patches'), patch))],
      [
        'volumeNamePolicy',
        memberCode('CloneVolumeNamePolicy', k.CloneVolumeNamePolicy, valueAt(spec, 'volumeNamePolicy')),
      ],
    ]),
  ];
};

export const vmExport: Kind = (scope, { spec }) => {
  const given = valueAt(spec, 'source');
  const name = textAt(given, 'name');
  const isClaim = textAt(given, 'kind') === 'PersistentVolumeClaim' && textAt(given, 'apiGroup') === '';
  const ways: readonly (readonly [string, Code | undefined])[] = [
    ['vm', vmOf(scope, given)],
    ['snapshot', snapshotOf(scope, given)],
    ['claim', isClaim ? scope.disk(name) : undefined],
  ];
  const [factory, what] = ways.find(([, code]) => code !== undefined) ?? [];
  if (factory === undefined) return [];
  return [
    byClass('VirtualMachineExport', k.VirtualMachineExport, [
      ['source', call('VmExportSource', k.VmExportSource, factory, what)],
      ['tokenSecretName', textCode(valueAt(spec, 'tokenSecretRef'))],
      ['ttl', goDurationCode(valueAt(spec, 'ttlDuration'))],
    ]),
  ];
};

export const liveMigration: Kind = (scope, { spec, metadata }) => {
  const end = (value: unknown): Code | undefined =>
    isObject(value)
      ? record([
          ['migrationId', textCode(value.migrationID)],
          ['connectUrl', textCode(value.connectURL)],
        ])
      : undefined;
  return [
    byClass('LiveMigration', k.LiveMigration, [
      ['vm', scope.vm(textAt(spec, 'vmiName'))],
      ['generateName', textCode(valueAt(metadata, 'generateName'))],
      ['addedNodeSelector', textsCode(valueAt(spec, 'addedNodeSelector'))],
      ['priority', memberCode('MigrationPriority', k.MigrationPriority, valueAt(spec, 'priority'))],
      ['sendTo', end(valueAt(spec, 'sendTo'))],
      ['receive', end(valueAt(spec, 'receive'))],
    ]),
  ];
};

export const migrationPolicy: Kind = (_scope, { spec }) => {
  return [
    byClass('MigrationPolicy', k.MigrationPolicy, [
      ['namespaceSelector', textsCode(objectAt(spec, 'selectors', 'namespaceSelector'))],
      ['virtualMachineInstanceSelector', textsCode(objectAt(spec, 'selectors', 'virtualMachineInstanceSelector'))],
      ...migrationEntries(spec),
      [
        'compression',
        memberCode('MigrationCompression', k.MigrationCompression, valueAt(spec, 'experimental', 'compression')),
      ],
      [
        'stallDetector',
        stallDetector(valueAt(spec, 'experimental', 'stallDetector') ?? valueAt(spec, 'stallDetector')),
      ],
    ]),
  ];
};

/** Settings of live migrations, of a policy and of the cluster alike. */
export function migrationEntries(spec: unknown): Entries {
  const downtime = valueAt(spec, 'maxDowntimeMs');
  return [
    ['allowAutoConverge', flagCode(valueAt(spec, 'allowAutoConverge'))],
    ['allowPostCopy', flagCode(valueAt(spec, 'allowPostCopy'))],
    ['allowWorkloadDisruption', flagCode(valueAt(spec, 'allowWorkloadDisruption'))],
    ['bandwidthPerMigration', sizeCode(valueAt(spec, 'bandwidthPerMigration'))],
    ['completionTimeoutPerGiB', secondsCode(valueAt(spec, 'completionTimeoutPerGiB'))],
    ['maxDowntime', typeof downtime === 'number' ? call('Duration', Duration, 'millis', literal(downtime)) : undefined],
  ];
}

function stallDetector(value: unknown): Code | undefined {
  const from = objectOr(value);
  const factor = (text: unknown): Code | undefined =>
    typeof text === 'string' && Number.isFinite(Number(text)) ? literal(Number(text)) : undefined;
  return options([
    ['stallMargin', numberCode(from.stallMargin)],
    ['ewmaAlpha', factor(from.ewmaAlpha)],
    ['stallProgressTimeout', secondsCode(from.stallProgressTimeout)],
    ['switchoverTimeout', secondsCode(from.switchoverTimeout)],
    ['precopyPossibleFactor', factor(from.precopyPossibleFactor)],
    ['patienceWindowDecayFactor', factor(from.patienceWindowDecayFactor)],
    ['searchLocalMinima', flagCode(from.searchLocalMinima)],
    ['completionTimeoutFactor', factor(from.completionTimeoutFactor)],
  ]);
}

function goDurationCode(value: unknown): Code | undefined {
  return secondsCode(secondsOf(value));
}

/** A patch of RFC 6902, as text of JSON. */
function patch(value: unknown): Code | undefined {
  return tried(() => {
    const { op, path, from, value: given } = JSON.parse(String(value)) as Json;
    const args = op === 'remove' ? [path] : op === 'move' || op === 'copy' ? [from, path] : [path, given];
    return call('JsonPatch', JsonPatch, String(op), ...args.map(literal));
  });
}
