import { ServiceType } from 'cdk8s-plus-27';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { UploadProxyService, UploadProxyServiceProps } from './upload-proxy-service';

describe('UploadProxyService', () => {
  test("is a load balancer in front of CDI's upload proxy", () => {
    expect(manifest(new UploadProxyService(testChart('cdi'), 'cdi-uploadproxy-lb'))).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cdi-uploadproxy-lb', namespace: 'cdi' },
      spec: {
        type: 'LoadBalancer',
        selector: { 'cdi.kubevirt.io': 'cdi-uploadproxy' },
        ports: [{ protocol: 'TCP', port: 443, targetPort: 8443 }],
      },
    });
  });

  test('writes every prop', () => {
    const props: Required<UploadProxyServiceProps> = {
      name: 'proxy',
      namespace: 'other',
      labels: { app: 'cdi' },
      annotations: { note: 'yes' },
      type: ServiceType.NODE_PORT,
      overrides: { spec: { externalTrafficPolicy: 'Local' } },
    };
    expect(manifest(new UploadProxyService(testChart('cdi'), 'cdi-uploadproxy-lb', props))).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'proxy', namespace: 'other', labels: { app: 'cdi' }, annotations: { note: 'yes' } },
      spec: {
        type: 'NodePort',
        selector: { 'cdi.kubevirt.io': 'cdi-uploadproxy' },
        ports: [{ protocol: 'TCP', port: 443, targetPort: 8443 }],
        externalTrafficPolicy: 'Local',
      },
    });
  });

  test.each([
    [null, `'props' must be an object, got null`],
    [{ name: 'a.b' }, `'name' must be a DNS label that starts with a letter`],
    [{ name: '1a' }, `'name' must be a DNS label that starts with a letter`],
    [{ type: 'Loadbalancer' }, `'type' must be 'ClusterIP', 'NodePort' or 'LoadBalancer', got "Loadbalancer"`],
    [
      { type: ServiceType.EXTERNAL_NAME },
      `'type' must be 'ClusterIP', 'NodePort' or 'LoadBalancer', got "ExternalName"`,
    ],
  ])('fails when the props are %j', (props, message) => {
    const make = () => new UploadProxyService(testChart('cdi'), 'lb', untyped<UploadProxyServiceProps>(props));
    expect(failureOf(make)).toContain(`[test/lb] ${message}`);
  });

  test('takes no type that Kubernetes does not know', () => {
    // @ts-expect-error types are an enum
    expect(() => new UploadProxyService(testChart('cdi'), 'lb', { type: 'Loadbalancer' })).toThrow("'type'");
  });

  testEscapeHatch((overrides) => new UploadProxyService(testChart('cdi'), 'lb', { overrides }));
});
