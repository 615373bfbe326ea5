import { fieldSpan, goingWith, releaseTitle, sources } from './releases';

test('sources are Kubernetes, both releases, and what goes with that of KubeVirt', () => {
  expect(sources({ kubevirt: 'v1.6.2', cdi: 'v1.66.0' })).toEqual([
    'kubernetes',
    'kubevirt/v1.6.2',
    'cdi/v1.66.0',
    'external-snapshotter/v8.2.0',
    'hco/v1.16.0',
    'ssp/v0.24.1',
    'network-attachment-definition/v1.7.7',
  ]);
});

test.each([
  ['v1.6.2', 'hco', 'v1.16.0'],
  ['v1.9.0', 'ssp', 'v0.26.0'],
  ['v1.9.0', 'other', undefined],
  ['v1.6.0', 'hco', undefined],
])('goingWith KubeVirt %s, of %s, is %s', (kubevirt, component, version) =>
  expect(goingWith(kubevirt, component)).toBe(version),
);

const vm = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine' };
const clone = { apiVersion: 'clone.kubevirt.io/v1beta1', kind: 'VirtualMachineClone' };

test.each([
  ['kubevirt/v1.6.2', vm, ['spec', 'template', 'spec', 'volumes', 0, 'containerPath'], 'KubeVirt since v1.8.4'],
  ['kubevirt/v1.9.0', vm, ['spec', 'template', 'spec', 'hostname'], 'KubeVirt until v1.8.4'],
  ['kubevirt/v1.5.3', vm, ['spec', 'template', 'spec', 'hostname'], 'KubeVirt since v1.6.2'],
  ['kubevirt/v1.6.2', vm, ['spec', 'unknown'], undefined],
  ['kubevirt/v1.6.2', vm, ['spec', 'unknown', 'below', 'it'], undefined],
  ['kubevirt/v1.6.2', clone, ['status', 'phase'], undefined],
  ['kubevirt/v1.6.2', { ...vm, kind: 'Unknown' }, ['spec'], undefined],
])('fieldSpan from %s of %j, of %j, is %s', (source, object, path, span) =>
  expect(fieldSpan(source, object, path)).toBe(span),
);

test.each([
  ['kubevirt/v1.6.2', 'KubeVirt v1.6.2'],
  ['external-snapshotter/v8.2.0', 'the snapshot API v8.2.0'],
  ['kubernetes', 'Kubernetes'],
  ['other/v1', 'other v1'],
])('releaseTitle of %s is %s', (source, title) => expect(releaseTitle(source)).toBe(title));
