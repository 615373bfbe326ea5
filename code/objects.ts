import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as k from '../constructs';
import { isObject, objectsAt, textAt, valueAt } from '../review/manifests/json';
import { Json } from '../review/rule';
import { annotationsCode, claimOptions, dataVolumeOptions } from './data-volumes';
import { diskProps } from './disks';
import { call, Code, literal, options, record } from './expression';
import { machineProps } from './machine';
import { isSame, overridesFor } from './meaning';
import { Entries, memberCode, textCode, textsCode, tried } from './scalars';
import { Scope } from './scope';

type Maker = new (scope: Construct, id: string, props: never) => Construct;

/** How an object is made: by a construct with its props, or as it stands. */
export interface Made {
  /** The name of the class. */
  readonly type: string;
  readonly props: Code;
  readonly construct: Construct;
  /** The paths that `overrides` says; empty if every field is said by a prop. */
  readonly overridden: readonly string[];
}

/** Makes an object of a manifest in a chart: by its construct where that says the same, with `overrides` where it must. */
export function make(chart: Chart, id: string, object: Json, scope: Scope): Made {
  const found = propsOf(scope, object);
  const made = found && tried(() => byConstruct(chart, id, object, found.type, found.entries));
  return made ?? asItStands(chart, id, object);
}

function propsOf(scope: Scope, object: Json): { type: keyof typeof CLASSES; entries: Entries } | undefined {
  const { apiVersion, kind } = object;
  const group = String(apiVersion).split('/')[0];
  const spec = isObject(object.spec) ? object.spec : {};
  if (kind === 'VirtualMachine' && group === 'kubevirt.io') {
    const entries = machineEntries(scope, spec);
    return entries && { type: 'BootableVM', entries };
  }
  if (kind === 'DataVolume' && group === 'cdi.kubevirt.io') {
    const entries = dataVolumeOptions(scope, object);
    return entries && { type: 'DataVolumeImport', entries };
  }
  if (kind === 'PersistentVolumeClaim' && apiVersion === 'v1') {
    return { type: 'SecondaryDisk', entries: claimOptions(spec, true) };
  }
  return kind === 'Namespace' && apiVersion === 'v1' ? { type: 'Namespace', entries: [] } : undefined;
}

function machineEntries(scope: Scope, spec: Json): Entries | undefined {
  const instance = valueAt(spec, 'template', 'spec');
  if (!isObject(instance)) return undefined;
  const disks = diskProps(scope, instance, objectsAt(spec, 'dataVolumeTemplates'), isObject(spec.preference));
  const metadata = valueAt(spec, 'template', 'metadata');
  return (
    disks && [
      [
        'runStrategy',
        spec.runStrategy === 'Always' ? undefined : memberCode('RunStrategy', k.RunStrategy, spec.runStrategy),
      ],
      ['instancetype', matcherCode(spec.instancetype, 'Instancetype')],
      ['preference', matcherCode(spec.preference, 'Preference')],
      ...machineProps(instance),
      ...disks,
      [
        'updateVolumesStrategy',
        memberCode('UpdateVolumesStrategy', k.UpdateVolumesStrategy, spec.updateVolumesStrategy),
      ],
      ['templateLabels', textsCode(valueAt(metadata, 'labels'))],
      ['templateAnnotations', textsCode(valueAt(metadata, 'annotations'))],
    ]
  );
}

function matcherCode(value: unknown, type: 'Instancetype' | 'Preference'): Code | undefined {
  if (!isObject(value)) return undefined;
  const {
    name,
    kind = `VirtualMachineCluster${type}`,
    inferFromVolume,
    inferFromVolumeFailurePolicy,
    revisionName,
  } = value;
  return tried(() => {
    if (typeof inferFromVolume === 'string') {
      const policy = memberCode('InferenceFailurePolicy', k.InferenceFailurePolicy, inferFromVolumeFailurePolicy);
      return call(type, k[type], 'inferredFrom', literal(inferFromVolume), options([['failurePolicy', policy]]));
    }
    const factory = String(kind).toLowerCase().includes('cluster') ? 'cluster' : 'namespaced';
    return call(type, k[type], factory, literal(name), options([['revisionName', textCode(revisionName)]]));
  });
}

const CLASSES = {
  BootableVM: k.BootableVM,
  DataVolumeImport: k.DataVolumeImport,
  SecondaryDisk: k.SecondaryDisk,
  Namespace: k.Namespace,
} as const;

function byConstruct(
  chart: Chart,
  id: string,
  object: Json,
  type: keyof typeof CLASSES,
  own: Entries,
): Made | undefined {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const shared: Entries = [
    ['name', metadata.name === id ? undefined : textCode(metadata.name)],
    ['namespace', textCode(metadata.namespace)],
    ['labels', textsCode(metadata.labels)],
    [
      'annotations',
      type === 'DataVolumeImport' ? annotationsCode(metadata.annotations) : textsCode(metadata.annotations),
    ],
  ];
  const entries = [...shared, ...own];
  const construct = tried(() => attempt(type, record(entries)));
  if (construct === undefined) return undefined;
  const difference = overridesFor(resourceOf(construct), object);
  const props = record(difference === undefined ? entries : [...entries, ['overrides', difference.code]]);
  if (difference !== undefined) {
    const proof = tried(() => attempt(type, props));
    if (proof === undefined || !isSame(resourceOf(proof), object)) return undefined;
  }
  const made = new (CLASSES[type] as unknown as Maker)(chart, id, props.value as never);
  return { type, props, construct: made, overridden: difference?.paths ?? [] };

  function attempt(name: keyof typeof CLASSES, code: Code): Construct {
    const trial = new Chart(new App(), 'trial');
    return new (CLASSES[name] as unknown as Maker)(trial, id, code.value as never);
  }
}

/** What a construct makes. */
function resourceOf(construct: Construct): unknown {
  const resource = construct.node.findAll().find((node) => ApiObject.isApiObject(node)) as ApiObject;
  return resource.toJson() as unknown;
}

/** An object that no construct makes. */
function asItStands(chart: Chart, id: string, object: Json): Made {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const ofMetadata = Object.entries(metadata).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [[key, isObject(value) ? texts(value) : literal(value)] as const],
  );
  const entries = Object.entries(object).map(
    ([key, value]) => [key, key === 'metadata' ? record(ofMetadata) : literal(value)] as const,
  );
  const props = record(entries);
  return {
    type: 'ApiObject',
    props,
    construct: new ApiObject(chart, id, props.value as never),
    overridden: [],
  };
}

/** A map of texts; what is not text, and wrong there, stands as it is. */
function texts(map: Json): Code {
  return record(
    Object.entries(map).map(([key, value]) => {
      const code = literal(value);
      return [key, typeof value === 'string' ? code : asNever(code)] as const;
    }),
  );
}

function asNever(code: Code): Code {
  const text = `${code.print(0, 0)} as never`;
  return { ...code, flat: text, print: () => text };
}

/** The name of an object, for people. */
export function titleOf(object: Json): string {
  const namespace = textAt(object, 'metadata', 'namespace');
  return `${textAt(object, 'kind')} ${namespace === '' ? '' : `${namespace}/`}${textAt(object, 'metadata', 'name')}`;
}
