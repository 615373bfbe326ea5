import * as k from '../../constructs';
import { isObject, textAt, valueAt, without } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, list, literal, options, record } from '../language/expression';
import { labelRules } from '../language/label-rules';
import {
  eachCode,
  Entries,
  flagCode,
  memberCode,
  objectOr,
  sizeCode,
  textCode,
  textsCode,
  tried,
} from '../language/scalars';
import { BIND_IMMEDIATELY } from '../meaning/markers';
import { Scope } from '../scope';
import { claimEntries } from './claims';

/** The kind of a source and what it says; empty without one. */
export function sourceOf(spec: Json): readonly [string, unknown] {
  return Object.entries(objectOr(spec.source))[0] ?? ['', undefined];
}

/**
 * The options of a DataVolume, or of a template of one; undefined if no construct takes its source.
 *
 * @param isPassed Whether the source of a clone is passed as an object, where it stands above.
 */
export function dataVolumeEntries(scope: Scope, object: Json, isPassed = false): Entries | undefined {
  const spec = objectOr(object.spec);
  const isPvc = isObject(spec.pvc);
  const claim = objectOr(isPvc ? spec.pvc : spec.storage);
  const source = tried(() => sourceCode(scope, spec, claim, isPassed));
  if (source === undefined) return undefined;
  return [
    ['source', source],
    ...claimEntries(claim, isPvc, (source.value as k.DataVolumeSource).disk),
    ['volumeName', textCode(claim.volumeName)],
    ['volumeRules', rulesCode(claim.selector)],
    ['volumeAttributesClassName', textCode(claim.volumeAttributesClassName)],
    ['sizeLimit', sizeCode(valueAt(claim, 'resources', 'limits', 'storage'))],
    ['claimApi', claimApiCode(isPvc ? 'pvc' : 'storage', (source.value as k.DataVolumeSource).disk?.claimApi)],
    ['contentType', memberCode('ContentType', k.ContentType, spec.contentType)],
    ['checkpoints', eachList(spec.checkpoints, checkpoint)],
    ['finalCheckpoint', flagCode(spec.finalCheckpoint)],
    ['preallocation', flagCode(spec.preallocation)],
    ['priorityClassName', textCode(spec.priorityClassName)],
    ['serviceAccountName', textCode(spec.serviceAccountName)],
    ['bindImmediately', flagOfBinding(object)],
  ];
}

function claimApiCode(api: string, usual: string = 'pvc'): Code | undefined {
  return api === usual ? undefined : memberCode('ClaimApi', k.ClaimApi, api);
}

function rulesCode(selector: unknown): Code | undefined {
  const rules = isObject(selector) ? labelRules(selector) : undefined;
  return rules && list(rules);
}

export function flagOfBinding(object: Json): Code | undefined {
  return valueAt(object, 'metadata', 'annotations', BIND_IMMEDIATELY) === undefined ? undefined : literal(true);
}

function checkpoint(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  return record([
    ['current', literal(value.current)],
    ['previous', literal(value.previous)],
  ]);
}

/** Annotations of a template that no prop says. */
export function templateAnnotations(annotations: unknown): Code | undefined {
  return textsCode(without(objectOr(annotations), BIND_IMMEDIATELY));
}

function eachList(value: unknown, of: (item: unknown) => Code | undefined): Code | undefined {
  const items = eachCode(value, of);
  return items && list(items);
}

function sourceCode(scope: Scope, spec: Json, claim: Json, isPassed: boolean): Code | undefined {
  const ref = spec.sourceRef;
  if (isObject(ref)) {
    const passed = scope.image(textAt(ref, 'name'), ref.namespace);
    if (passed !== undefined) return passed;
    const namespace = textCode(ref.namespace);
    return call(
      'DataVolumeSource',
      k.DataVolumeSource,
      'dataSource',
      literal(ref.name),
      options([['namespace', namespace]]),
    );
  }
  if (isObject(claim.dataSourceRef) && !isObject(spec.source)) return populatorCode(claim.dataSourceRef);
  const [kind, source] = sourceOf(spec);
  if (!isObject(source)) return undefined;
  const make = (factory: string, ...args: (Code | undefined)[]): Code =>
    call('DataVolumeSource', k.DataVolumeSource, factory, ...args);
  const secret = (key: string): Code | undefined =>
    typeof source[key] === 'string' && source[key] !== ''
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
        return make(
          'imageStream',
          literal(source.imageStream),
          options([
            ['credentials', secret('secretRef')],
            ['architecture', textCode(valueAt(source, 'platform', 'architecture'))],
          ]),
        );
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
      return make(
        'imageio',
        url(),
        literal(source.diskId),
        record([...reach, ['insecureSkipVerify', flagCode(source.insecureSkipVerify)]]),
      );
    case 'vddk':
      return make(
        'vddk',
        url(),
        record([
          ['uuid', literal(source.uuid)],
          ['backingFile', literal(source.backingFile)],
          ['thumbprint', literal(source.thumbprint)],
          ...reach,
          ['initImageUrl', textCode(source.initImageURL)],
          ['extraArgsConfigMapName', textCode(source.extraArgs)],
        ]),
      );
    case 'pvc': {
      const [name, namespace] = [String(source.name), source.namespace];
      const passed = isPassed ? scope.knownDisk(name, namespace) : undefined;
      return make('claim', passed ?? scope.namedDisk(name, namespace));
    }
    case 'snapshot': {
      const [name, namespace] = [String(source.name), source.namespace];
      return make('snapshot', isPassed ? scope.snapshot(name, namespace) : scope.namedSnapshot(name, namespace));
    }
    default:
      return undefined;
  }
}

function populatorCode(reference: Json): Code | undefined {
  return call(
    'DataVolumeSource',
    k.DataVolumeSource,
    'populator',
    record([
      ['apiGroup', textCode(reference.apiGroup)],
      ['kind', textCode(reference.kind)],
      ['name', textCode(reference.name)],
    ]),
  );
}
