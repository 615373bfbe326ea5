import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { KubeVirt, KubeVirtProps } from './kubevirt';

describe('KubeVirt', () => {
  test('changes nothing of what KubeVirt does by itself', () => {
    expect(manifest(new KubeVirt(testChart('kubevirt'), 'kubevirt'))).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt', namespace: 'kubevirt' },
      spec: { configuration: { developerConfiguration: {} } },
    });
  });

  test('writes every prop', () => {
    const props: Required<KubeVirtProps> = {
      name: 'other',
      namespace: 'virt',
      labels: { app: 'kubevirt' },
      annotations: { note: 'yes' },
      useEmulation: true,
      featureGates: ['DeclarativeHotplugVolumes', 'ExpandDisks'],
      overrides: { spec: { imagePullPolicy: 'IfNotPresent' } },
    };
    expect(manifest(new KubeVirt(testChart('kubevirt'), 'kubevirt', props))).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'other', namespace: 'virt', labels: { app: 'kubevirt' }, annotations: { note: 'yes' } },
      spec: {
        configuration: {
          developerConfiguration: {
            useEmulation: true,
            featureGates: ['DeclarativeHotplugVolumes', 'ExpandDisks'],
          },
        },
        imagePullPolicy: 'IfNotPresent',
      },
    });
  });

  test('takes either hotplug gate alone', () => {
    expect(() => new KubeVirt(testChart(), 'a', { featureGates: ['HotplugVolumes'] })).not.toThrow();
    expect(() => new KubeVirt(testChart(), 'b', { featureGates: ['DeclarativeHotplugVolumes'] })).not.toThrow();
  });

  test.each([
    [null, `'props' must be an object, got null`],
    [{ useEmulation: 'true' }, `'useEmulation' must be true or false, got "true"; write true`],
    [
      { featureGates: 'ExpandDisks' },
      `'featureGates' must be a list of text, got "ExpandDisks"; write ["ExpandDisks"]`,
    ],
    [{ featureGates: null }, `'featureGates' must be a list of text, got null`],
    [{ featureGates: ['A', ''] }, `'featureGates[1]' must be text, got ""`],
    [{ featureGates: ['A', 'A'] }, `'featureGates' must name each value once, got ["A","A"]`],
    [
      { featureGates: ['HotplugVolumes', 'DeclarativeHotplugVolumes'] },
      `'featureGates' must not hold 'HotplugVolumes', which switches 'DeclarativeHotplugVolumes' off, got ["HotplugVolumes","DeclarativeHotplugVolumes"]; 'DeclarativeHotplugVolumes' alone serves virtctl addvolume too`,
    ],
  ])('fails when the props are %j', (props, message) => {
    const make = () => new KubeVirt(testChart(), 'kubevirt', untyped<KubeVirtProps>(props));
    expect(failureOf(make)).toBe(`[test/kubevirt] ${message}`);
  });

  test('fails when a list is not one', () => {
    // @ts-expect-error the gates are a list
    expect(() => new KubeVirt(testChart(), 'kubevirt', { featureGates: 'ExpandDisks' })).toThrow("'featureGates'");
  });

  testEscapeHatch((overrides) => new KubeVirt(testChart('kubevirt'), 'kubevirt', { overrides }));
});
