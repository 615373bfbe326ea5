import { report, ReviewOptions } from '..';
import type { Reviewed } from '../manifests/manifest';
import { isOfAbsence, isTouched } from './absence';

/** A Deployment that states its image alone, and that with a wrong word. */
const deployment = (metadata: object, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'op', ...metadata },
  spec: { template: { spec: { containers: [{ name: 'manager', image: 'x:1' }], ...more } } },
});
const argo = (options: string) => ({ annotations: { 'argocd.argoproj.io/sync-options': options } });
const flux = (word: string) => ({ annotations: { 'kustomize.toolkit.fluxcd.io/ssa': word } });

function said(object: object, options: ReviewOptions = {}) {
  const { findings, unchecked } = report([object], options);
  return {
    rules: findings.map(({ rule, field }) => `${rule} ${field}`),
    notes: unchecked.map(({ reason }) => reason),
  };
}

const NOTE = "only a part of an object: without 'spec.selector' it is right if another owner holds the rest";

describe('an object that is only a part', () => {
  test.each([
    ['Argo CD', argo('ServerSideApply=true')],
    ['Argo CD, among other options', argo('Validate=false, ServerSideApply=true')],
    ['Flux', flux('Merge')],
    ['a label of Flux', { labels: { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' } }],
  ])('may lack what another owner holds, by the word of %s: it is noted', (_title, metadata) => {
    expect(said(deployment(metadata))).toEqual({ rules: [], notes: [NOTE] });
  });

  test.each([
    ['nothing', {}],
    ['another option of Argo CD', argo('Replace=true')],
    ['server-side apply that is switched off', argo('ServerSideApply=false')],
    ['another word of Flux', flux('IfNotPresent')],
  ])('is none by %s', (_title, metadata) => {
    expect(said(deployment(metadata))).toEqual({ rules: ['schema-required spec.selector'], notes: [] });
  });

  test('is judged for what it states', () => {
    expect(said(deployment(argo('ServerSideApply=true'), { hostNetwok: true })).rules).toEqual([
      'schema-unknown-field spec.template.spec.hostNetwok',
    ]);
  });

  test('is one that the options name, with or without its namespace', () => {
    const partial = (namespace?: string) => ({ partial: [{ kind: 'Deployment', name: 'op', namespace }] });
    const inShop = deployment({ namespace: 'shop' });
    expect(said(inShop, { partial: [{ kind: 'Deployment', name: 'op' }] }).rules).toEqual([]);
    expect(said(inShop, partial('shop')).rules).toEqual([]);
    expect(said(inShop, partial('elsewhere')).rules).toEqual(['schema-required spec.selector']);
  });

  test('may lack what only a webhook asks for', () => {
    const vm = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'vm', annotations: { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' } },
      spec: { template: { spec: { domain: { devices: {} } } } },
    };
    expect(said(vm)).toEqual({
      rules: [],
      notes: [
        "only a part of an object: without 'spec.running', 'spec.template.spec.domain.memory.guest' it is right if another owner holds the rest",
      ],
    });
  });

  test('is not made by an Application or a Kustomization whose objects are all applied by the server', () => {
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'a' },
      spec: { syncPolicy: { syncOptions: ['ServerSideApply=true'] } },
    };
    const { findings } = report([application, deployment({})]);
    expect(findings.map(({ rule }) => rule)).toEqual(['schema-required']);
  });
});

describe('isTouched', () => {
  const touched = (fields: readonly string[] | undefined, field: string) =>
    isTouched({ touched: fields } as unknown as Reviewed, field);

  test.each<[readonly string[] | undefined, string, boolean]>([
    [undefined, 'spec', false],
    [[], 'spec', false],
    [['spec.a'], 'spec.a', true],
    [['spec.a'], 'spec.b', false],
    [['spec.a', 'spec.b'], 'spec.b', true],
    [['spec.a'], 'spec.a.c', true],
    [['spec.a.c'], 'spec.a', true],
    [['spec'], 'metadata', false],
    [['spec.a'], 'spec.ab', false],
    [['spec.disks.*'], 'spec.disks[1].name', true],
    [['spec.disks.*.name'], 'spec.disks[1].bus', false],
  ])('of the patches %j is %s touched: %j', (fields, field, is) => expect(touched(fields, field)).toBe(is));
});

describe('isOfAbsence', () => {
  test.each([
    ['schema-required', 'anything, got 5', true],
    ['schema-type', 'anything', false],
    ['disk-bus', "'bus' must be given, got nothing", true],
    ['disk-bus', "'bus' must be given, got none", true],
    ['disk-bus', 'must have one, got no disk', true],
    ['disk-bus', `'bus' must not be empty, got ""`, true],
    ['disk-bus', `'bus' must be 'scsi', got "x"`, false],
    ['disk-bus', 'the disk has no bus', true],
  ])('of %s: %s', (rule, message, is) => expect(isOfAbsence({ rule, message })).toBe(is));
});
