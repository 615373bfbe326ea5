import { App, ApiObject, Chart } from 'cdk8s';
import type { Json } from '../../review/rule';
import { applyPatches, generatedName, removedName } from './unnamed';

const REMOVED = "JsonPatch.remove('/metadata/name')";

test.each<[Json, readonly string[]]>([
  [{ name: 'a' }, []],
  [{ name: 'a', generateName: 'b-' }, []],
  [{}, [REMOVED]],
  [{ name: '' }, [REMOVED]],
  [{ generateName: '' }, [REMOVED]],
  [{ generateName: 1 }, [REMOVED]],
  [{ generateName: 'b-' }, [REMOVED, "JsonPatch.add('/metadata/generateName', 'b-')"]],
])('the patches of an object with the metadata %j are %j', (metadata, patches) => {
  expect(generatedName({ metadata }).map(({ flat }) => flat)).toEqual(patches);
  expect(removedName({ metadata }).map(({ flat }) => flat)).toEqual(patches.slice(0, 1));
});

test('patches are applied one after the other', () => {
  const object = new ApiObject(new Chart(new App(), 'test'), 'it', { apiVersion: 'v1', kind: 'ConfigMap' });
  applyPatches(object, generatedName({ metadata: { generateName: 'b-' } }));
  expect(object.toJson()).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'b-' } });
});
