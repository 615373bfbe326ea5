import { dataVolumeClaim } from './claim';
import { ClonedObject } from './claim-source';
import { CloneLookup, ClonePredictions, cloneSource } from './clone';

const FACTS = { storageClasses: [] };
const clone = dataVolumeClaim(
  FACTS,
  { metadata: { name: 'a' }, spec: { sourceRef: { name: 's0' }, storage: {} } },
  'n',
);
const claim = dataVolumeClaim(FACTS, { metadata: { name: 'last' }, spec: { pvc: {} } }, 'n');

/** DataSources of which each names the next one: `s0`, `s1` and so on, up to the last one. */
function pointers(last: number, lookup: Partial<CloneLookup>): CloneLookup {
  const pointer = (_kind: string, namespace: string, name: string): ClonedObject =>
    name === `s${last}`
      ? { kind: 'PersistentVolumeClaim', namespace, name: 'last' }
      : { kind: 'DataSource', namespace, name: `s${Number(name.slice(1)) + 1}` };
  const nothing = (): undefined => undefined;
  return { claim: nothing, snapshot: nothing, imported: nothing, cron: nothing, pointer, ...lookup };
}

describe('a clone of a DataSource', () => {
  test.each([
    [0, true],
    [1, true],
    [2, false],
  ])('is followed through %d others to a claim: %j', (last, isFound) => {
    const lookup = pointers(last, { claim: () => claim });
    expect(cloneSource(clone.source.clones, lookup)?.claim).toBe(isFound ? claim : undefined);
  });

  test.each([
    [0, 'DataImportCron nightly makes what DataSource n/s0 names: its size and its class are not known'],
    [2, 'DataImportCron nightly makes what DataSource n/s2 names: its size and its class are not known'],
    [3, 'DataSource n/s0 is not among the manifests'],
  ])('is followed through %d others to a cron', (last, reason) => {
    const lookup = pointers(last, { cron: (_, name) => (name === `s${last}` ? 'nightly' : undefined) });
    expect(new ClonePredictions(true).of(FACTS, true, clone, undefined, lookup).reason).toBe(reason);
  });
});
