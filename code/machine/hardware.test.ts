import type { Json } from '../../review/rule';
import { machineEntries } from './hardware';

/** What the props of a machine say of its processors and claims of resources. */
const said = (spec: Json): Readonly<Record<string, string | undefined>> => {
  const entries = machineEntries(spec, { boot: [], secondary: [], cloudInit: [] }, false);
  return Object.fromEntries(entries.map(([key, code]) => [key, code?.print(0, 0)]));
};

describe('processors', () => {
  test.each<[Json, string | undefined]>([
    [{}, undefined],
    [{ cores: 2, sockets: 1, threads: 3 }, '{ cores: 2, sockets: 1, threads: 3 }'],
    [{ numa: { guestMappingPassthrough: {} } }, '{ numaPassthrough: true }'],
    [{ numa: {} }, undefined],
    [{ realtime: {} }, '{ realtime: true }'],
    [{ realtime: { mask: '0-3' } }, "{ realtime: true, realtimeMask: '0-3' }"],
    [
      { dedicatedCpuPlacement: true, isolateEmulatorThread: false },
      '{ dedicated: true, isolateEmulatorThread: false }',
    ],
  ])('%j are %s', (cpu, code) => expect(said({ domain: { cpu } }).cpu).toBe(code));
});

describe('claims of resources', () => {
  test.each<[Json, string | undefined]>([
    [{ name: 'gpu', resourceClaimName: 'a' }, "[ResourceClaim.fromClaimName('gpu', 'a')]"],
    [{ name: 'gpu', resourceClaimTemplateName: 'b' }, "[ResourceClaim.fromTemplateName('gpu', 'b')]"],
    [{ name: 'gpu' }, undefined],
  ])('%j are %s', (claim, code) => expect(said({ resourceClaims: [claim] }).resourceClaims).toBe(code));
});

describe('memory', () => {
  test.each<[Json, string | undefined]>([
    [{}, 'true'],
    [{ memory: { guest: '1Gi' } }, undefined],
    [{ memory: { hugepages: { pageSize: '2Mi' } } }, undefined],
    [{ resources: { requests: { memory: '1Gi' } } }, undefined],
    [{ resources: { limits: { memory: '1Gi' } } }, undefined],
    [{ resources: { limits: { cpu: '1' } } }, 'true'],
  ])('of %j is left open: %s', (domain, code) => expect(said({ domain }).memoryLeftOpen).toBe(code));
});
