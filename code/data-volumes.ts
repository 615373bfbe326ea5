import * as k from '../constructs';
import { isObject, valueAt, without } from '../review/manifests/json';
import { Json } from '../review/rule';
import { call, Code, list, literal, options, record } from './expression';
import { eachCode, Entries, flagCode, memberCode, objectOr, sizeCode, textCode, textsCode, tried } from './scalars';
import { Scope } from './scope';

/** The options of a DataVolume, or of a template of one; undefined if no construct takes its source. */
export function dataVolumeOptions(scope: Scope, object: Json): Entries | undefined {
  const spec = isObject(object.spec) ? object.spec : {};
  const source = tried(() => sourceCode(scope, spec));
  if (source === undefined) return undefined;
  const isPvc = isObject(spec.pvc);
  const claim = (isPvc ? spec.pvc : spec.storage) as Json | undefined;
  const bind = valueAt(object, 'metadata', 'annotations', BIND_IMMEDIATELY);
  return [
    ['source', source],
    ...claimOptions(isObject(claim) ? claim : {}, isPvc),
    ['claimApi', isPvc ? undefined : memberCode('ClaimApi', k.ClaimApi, 'storage')],
    ['contentType', memberCode('ContentType', k.ContentType, spec.contentType)],
    [
      'checkpoints',
      eachList(spec.checkpoints, (one) =>
        isObject(one)
          ? record([
              ['current', literal(one.current)],
              ['previous', literal(one.previous)],
            ])
          : undefined,
      ),
    ],
    ['finalCheckpoint', flagCode(spec.finalCheckpoint)],
    ['preallocation', flagCode(spec.preallocation)],
    ['priorityClassName', textCode(spec.priorityClassName)],
    ['bindImmediately', bind === undefined ? undefined : literal(true)],
  ];
}

/** The annotation that the prop `bindImmediately` says. */
export const BIND_IMMEDIATELY = 'cdi.kubevirt.io/storage.bind.immediate.requested';

/** Annotations of a DataVolume that no prop says. */
export function annotationsCode(annotations: unknown): Code | undefined {
  return textsCode(without(objectOr(annotations), BIND_IMMEDIATELY));
}

/** What a claim asks for. */
export function claimOptions(claim: Json, isExact: boolean): Entries {
  const modes = claim.accessModes;
  const isUsual = isExact && Array.isArray(modes) && modes.length === 1 && modes[0] === 'ReadWriteMany';
  const mode = isExact && claim.volumeMode === undefined ? 'Filesystem' : claim.volumeMode;
  return [
    ['size', sizeCode(valueAt(claim, 'resources', 'requests', 'storage'))],
    ['accessModes', isUsual ? undefined : eachList(modes, (one) => memberCode('AccessMode', k.AccessMode, one))],
    ['volumeMode', isExact && mode === 'Block' ? undefined : memberCode('VolumeMode', k.VolumeMode, mode)],
    ['storageClassName', textCode(claim.storageClassName)],
    ['volumeName', textCode(claim.volumeName)],
  ];
}

function eachList(value: unknown, of: (item: unknown) => Code | undefined): Code | undefined {
  const items = eachCode(value, of);
  return items && list(items);
}

function sourceCode(scope: Scope, spec: Json): Code | undefined {
  const ref = spec.sourceRef;
  if (isObject(ref)) {
    const namespace = textCode(ref.namespace);
    return call(
      'DataVolumeSource',
      k.DataVolumeSource,
      'dataSource',
      literal(ref.name),
      options([['namespace', namespace]]),
    );
  }
  const [kind = '', source] = Object.entries(isObject(spec.source) ? spec.source : {})[0] ?? [];
  if (!isObject(source)) return undefined;
  const make = (factory: string, ...args: (Code | undefined)[]): Code =>
    call('DataVolumeSource', k.DataVolumeSource, factory, ...args);
  const secret = (key: string): Code | undefined =>
    typeof source[key] === 'string'
      ? call('RegistryCredentials', k.RegistryCredentials, 'fromSecretName', literal(source[key]))
      : undefined;
  const reach: Entries = [
    ['credentials', secret('secretRef')],
    ['certConfigMapName', textCode(source.certConfigMap)],
  ];
  const url = (): Code => literal(source.url);
  switch (kind) {
    case 'blank':
      return make('blank');
    case 'upload':
      return make('upload');
    case 'http':
      return make(
        'http',
        url(),
        options([
          ...reach,
          ['checksum', textCode(source.checksum)],
          ['extraHeaders', eachList(source.extraHeaders, textCode)],
          ['secretExtraHeaders', eachList(source.secretExtraHeaders, textCode)],
          ['insecureSkipVerify', flagCode(source.insecureSkipVerify)],
        ]),
      );
    case 's3':
    case 'gcs':
      return make(kind, url(), options(reach));
    case 'registry':
      if (typeof source.imageStream === 'string')
        return make('imageStream', literal(source.imageStream), options([['credentials', secret('secretRef')]]));
      return make(
        'registry',
        url(),
        options([
          ...reach,
          ['architecture', textCode(valueAt(source, 'platform', 'architecture'))],
          ['pullMethod', memberCode('RegistryPullMethod', k.RegistryPullMethod, source.pullMethod)],
        ]),
      );
    case 'imageio':
      return make('imageio', url(), literal(source.diskId), record(reach));
    case 'vddk':
      return make(
        'vddk',
        url(),
        record([
          ['uuid', literal(source.uuid)],
          ['backingFile', literal(source.backingFile)],
          ['thumbprint', literal(source.thumbprint)],
          ['credentials', secret('secretRef')],
          ['initImageUrl', textCode(source.initImageURL)],
        ]),
      );
    case 'pvc':
      return make('claim', scope.source(String(source.name), source.namespace));
    case 'snapshot':
      return make(
        'snapshot',
        call(
          'DiskSnapshot',
          k.DiskSnapshot,
          'fromSnapshotName',
          literal(source.name),
          options([['namespace', textCode(source.namespace)]]),
        ),
      );
    default:
      return undefined;
  }
}
