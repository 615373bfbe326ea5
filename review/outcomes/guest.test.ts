import { Reviewed } from '../manifests/manifest';
import { found, machine, object } from '../testing/reference-tester';
import { GUEST_RULES } from './guest';

describe('network-data-mac', () => {
  const networkData = 'version: 2\nethernets: { a: { match: { macaddress: "02:00:00:00:00:01" } } }';
  const domain = { devices: { interfaces: [{ name: 'a', bridge: {}, macAddress: '02:00:00:00:00:02' }] } };
  const of = (source: object): Reviewed =>
    machine('web', { domain, volumes: [{ name: 'seed', cloudInitNoCloud: source }] });
  const seeded = of({ networkData });
  const named = of({ networkDataSecretRef: { name: 'net' } });
  const secret = object('Secret', 'net', { stringData: { networkdata: networkData } });
  const changed = (reviewed: Reviewed): Reviewed => ({ ...reviewed, isChanged: true });
  const names = (...objects: Reviewed[]): unknown[] =>
    found(GUEST_RULES, 'network-data-mac', objects).map(({ name }) => name);

  test('is said of the machine, or of the Secret that it names', () => {
    expect(names(seeded)).toEqual(['web']);
    expect(names(named, secret)).toEqual(['net']);
  });

  test('is not said where a patch may still change either', () => {
    expect(names(changed(seeded))).toEqual([]);
    expect(names(changed(named), secret)).toEqual([]);
    expect(names(named, changed(secret))).toEqual([]);
  });

  test('is not said of data without a MAC address', () => {
    expect(names(of({ networkData: 'version: 2' }))).toEqual([]);
  });
});
