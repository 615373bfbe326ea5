import { Json } from '../rule';
import { found, machine, object } from '../testing/reference-tester';
import { SECRET_RULES } from './secrets';

const of = (...objects: Parameters<typeof found>[2][number][]) => found(SECRET_RULES, 'secret-keys', objects);
const secret = (keys: Json, part = 'stringData') => object('Secret', 'login', { [part]: keys });

describe('secret-keys', () => {
  test.each(['http', 's3', 'registry', 'imageio', 'vddk'])(
    'asks for what CDI reads of the credentials of %s',
    (type) => {
      const volume = object('DataVolume', 'd', { spec: { source: { [type]: { secretRef: 'login' } }, storage: {} } });
      expect(of(volume, secret({ accessKeyId: 'a', secretKey: 'b' }))).toEqual([]);
      expect(of(volume, secret({ accessKeyId: 'YQ==', secretKey: 'Yg==' }, 'data'))).toEqual([]);
      expect(of(volume, secret({ accessKeyId: 'a' }))).toMatchObject([{ field: `spec.source.${type}.secretRef` }]);
    },
  );

  test('asks for what CDI reads of the credentials of a DataImportCron', () => {
    const spec = { source: { registry: { url: 'docker://r.example/x', secretRef: 'login' } }, storage: {} };
    const cron = object('DataImportCron', 'c', { spec: { template: { spec } } });
    expect(of(cron, secret({ accessKeyId: 'a', secretKey: 'b' }))).toEqual([]);
    expect(of(cron, secret({ accessKeyId: 'a' }), object('ConfigMap', 'login'))).toMatchObject([
      { field: 'spec.template.spec.source.registry.secretRef' },
    ]);
    expect(of(object('DataImportCron', 'c', { spec: {} }), secret({ accessKeyId: 'a' }))).toEqual([]);
  });

  test('asks for the user data that cloud-init reads', () => {
    const seeded = machine('m', { volumes: [{ name: 's', cloudInitNoCloud: { secretRef: { name: 'login' } } }] });
    expect(of(seeded, secret({ userdata: 'x' }))).toEqual([]);
    expect(of(seeded, secret({ userData: 'x' }))).toEqual([]);
    expect(of(seeded, secret({ user: 'x' }))).toMatchObject([
      { field: 'spec.template.spec.volumes[0].cloudInitNoCloud.secretRef.name' },
    ]);
  });

  test('says nothing of a Secret that is not there, or that somebody else fills', () => {
    const volume = object('DataVolume', 'd', { spec: { source: { http: { secretRef: 'login' } }, storage: {} } });
    expect(of(volume)).toEqual([]);
    expect(of(volume, secret({}))).toEqual([]);
  });
});
