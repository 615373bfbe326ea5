import type { Json } from '../rule';
import type { Machine } from './machine';
import { besideGuest, fillingContainer } from './pod-container';
import { ClusterSettings } from './settings';

interface Told {
  readonly unknown?: string;
  readonly logsSerialConsole?: unknown;
  readonly supportContainer?: (name: string) => Json | undefined;
  readonly cdiPodResources?: Json;
}

const settings = (told: Told = {}): ClusterSettings =>
  ({ supportContainer: () => undefined, ...told }) as unknown as ClusterSettings;
const beside = (guest: Json, told?: Told) => besideGuest({ guest } as Machine, settings(told));
const names = (guest: Json, told?: Told): string[] => beside(guest, told).map(({ name }) => name);

const image: Json = { volumes: [{ name: 'a', containerDisk: { image: 'x' } }] };
const devices = (more: Json): Json => ({ domain: { devices: more } });
const resources = (requests: Json, limits: Json): Json => ({ domain: { resources: { requests, limits } }, ...image });

describe('besideGuest', () => {
  test('holds the disk of an image', () => {
    expect(beside(image)).toEqual([
      {
        name: 'container-disk',
        requests: { cpu: 0.001, memory: 1_000_000 },
        limits: { cpu: 0.01, memory: 40_000_000 },
      },
    ]);
    expect(names({ volumes: [{ name: 'a', dataVolume: { name: 'x' } }] })).toEqual([]);
  });

  test.each<[string, string[], Json, Told]>([
    ['where the machine asks for it', ['guest-console-log'], devices({ logSerialConsole: true }), {}],
    ['where the cluster does', ['guest-console-log'], devices({}), { logsSerialConsole: true }],
    ['not where the machine refuses it', [], devices({ logSerialConsole: false }), { logsSerialConsole: true }],
    ['not where nobody asks for it', [], devices({}), {}],
    ['not without a console', [], devices({ logSerialConsole: true, autoattachSerialConsole: false }), {}],
    ['not where it is not known how KubeVirt is set', [], devices({ logSerialConsole: true }), { unknown: 'patched' }],
  ])('holds the log of the console, %s', (_where, expected, guest, told) => {
    expect(names(guest, told)).toEqual(expected);
  });

  test('asks for what the cluster says of a container', () => {
    const supportContainer = (name: string): Json | undefined =>
      name === 'container-disk' ? { requests: { cpu: '1' }, limits: { memory: '1Mi' } } : undefined;
    expect(beside({ ...image, ...devices({ logSerialConsole: true }) }, { supportContainer })).toEqual([
      {
        name: 'guest-console-log',
        requests: { cpu: 0.005, memory: 35_000_000 },
        limits: { cpu: 0.015, memory: 60_000_000 },
      },
      { name: 'container-disk', requests: { cpu: 1, memory: 1_000_000 }, limits: { cpu: 0.01, memory: 2 ** 20 } },
    ]);
  });

  const whole = { cpu: 0.01, memory: 40_000_000 };
  const least = { cpu: 0.001, memory: 1_000_000 };
  test.each<[string, Json, object]>([
    ['of pinned processors', { domain: { cpu: { dedicatedCpuPlacement: true } }, ...image }, whole],
    ['of requests that are its limits', resources({ cpu: 1, memory: '1Gi' }, { cpu: '1', memory: '1024Mi' }), whole],
    ['of requests below its limits', resources({ cpu: 1, memory: '1Gi' }, { cpu: 1, memory: '2Gi' }), least],
    ['without a limit', resources({ cpu: 1, memory: '1Gi' }, { cpu: 1 }), least],
    ['that states nothing', image, least],
  ])('asks for its limits in the pod of a machine %s, else for less', (_of, guest, requests) => {
    expect(beside(guest)[0]?.requests).toEqual(requests);
  });
});

test('fillingContainer asks for what CDI says', () => {
  expect(fillingContainer(settings())).toMatchObject({ name: 'importer', requests: { cpu: 0.1, memory: 60_000_000 } });
  const cdiPodResources = { limits: { cpu: '2' } };
  expect(fillingContainer(settings({ cdiPodResources })).limits).toEqual({ cpu: 2, memory: 600_000_000 });
});
