import { Json } from '../rule';
import { claimSource, dataVolumeSource, isClone, pointedAt } from './claim-source';

describe('dataVolumeSource', () => {
  test.each<[Json, object]>([
    [{ source: { pvc: { name: 'a' } } }, { made: 'clone', from: 'n/a', scratch: 'none' }],
    [{ source: { pvc: { name: 'a', namespace: 'm' } } }, { made: 'clone', from: 'm/a', scratch: 'none' }],
    [{ source: { snapshot: { name: 'a' } } }, { made: 'clone', from: 'snapshot n/a', scratch: 'none' }],
    [{ source: { snapshot: { name: 'a', namespace: 'm' } } }, { made: 'clone', from: 'snapshot m/a', scratch: 'none' }],
    [{ sourceRef: { name: 'a' } }, { made: 'clone', from: 'DataSource n/a', scratch: 'none' }],
    [{ sourceRef: { name: 'a', namespace: 'm' } }, { made: 'clone', from: 'DataSource m/a', scratch: 'none' }],
    [{ source: { blank: {} } }, { made: 'blank', scratch: 'none' }],
    [{ source: { upload: {}, blank: null } }, { made: 'upload', scratch: 'needed' }],
    [{ source: { blank: null, http: undefined, upload: {} } }, { made: 'upload', scratch: 'needed' }],
    [
      { source: { registry: { url: 'docker://q/x' } } },
      { made: 'import (registry)', from: 'docker://q/x', scratch: 'needed' },
    ],
    [
      { source: { registry: { imageStream: 's', pullMethod: 'node' } } },
      { made: 'import (registry)', from: 's', scratch: 'none' },
    ],
    [
      { source: { registry: { url: 'docker://q/x', imageStream: 's' } } },
      { made: 'import (registry)', from: 'docker://q/x', scratch: 'needed' },
    ],
    [{ source: { http: { url: 'http://x/a' } } }, { made: 'import (http)', from: 'http://x/a', scratch: 'perhaps' }],
    [
      { source: { http: { url: 'http://x/a' } }, contentType: 'archive' },
      { made: 'import (http)', scratch: 'needed' },
    ],
    [{ source: { imageio: { url: 'http://x/a' } } }, { made: 'import (imageio)', scratch: 'none' }],
    [{ source: { vddk: {} } }, { made: 'import (vddk)', scratch: 'none' }],
    [
      { source: { imageio: {} }, checkpoints: [{ current: 'a' }] },
      { made: 'import (imageio)', isPaused: true },
    ],
    [
      { source: { vddk: {} }, checkpoints: [{ current: 'a' }] },
      { made: 'import (vddk)', isPaused: true },
    ],
    [{ pvc: { volumeName: 'v' } }, { made: 'volume given', scratch: 'none' }],
    [
      { storage: { dataSource: { kind: 'VolumeSnapshot', name: 's' } } },
      { made: 'restored by the CSI driver', from: 'n/s' },
    ],
    [{}, { made: 'empty claim', scratch: 'none' }],
  ])('of %j is %j', (spec, source) => expect(dataVolumeSource(spec, 'n')).toMatchObject(source));
});

test.each<[Json, boolean]>([
  [{ source: { vddk: {} }, checkpoints: [{ current: 'a' }] }, true],
  [{ source: { vddk: {} }, checkpoints: [{ current: 'a' }], finalCheckpoint: true }, false],
  [{ source: { vddk: {} }, checkpoints: [] }, false],
  [{ source: { http: {} }, checkpoints: [{ current: 'a' }] }, false],
])('an import of %j is paused: %j', (spec, is) => {
  expect(dataVolumeSource(spec, 'n').isPaused === true).toBe(is);
});

describe('claimSource', () => {
  const claim = (spec: Json, annotations: Json = {}): Json => ({ metadata: { namespace: 'n', annotations }, spec });
  const at = 'cdi.kubevirt.io/storage.import.endpoint';

  test.each<[Json, object]>([
    [claim({}, { 'cdi.kubevirt.io/storage.upload.target': '' }), { made: 'upload into a claim', scratch: 'needed' }],
    [
      claim({}, { [at]: 'https://x/a' }),
      { made: 'import into a claim (http)', from: 'https://x/a', scratch: 'perhaps' },
    ],
    [
      claim({}, { [at]: 'docker://x/a', 'cdi.kubevirt.io/storage.import.source': 'registry' }),
      { made: 'import into a claim (registry)', from: 'docker://x/a', scratch: 'needed' },
    ],
    [claim({ volumeName: 'v' }), { made: 'volume given', scratch: 'none' }],
    [
      claim({ volumeName: 'v' }, { 'pv.kubernetes.io/bound-by-controller': 'yes' }),
      { made: 'empty claim', scratch: 'none' },
    ],
    [claim({}), { made: 'empty claim', scratch: 'none' }],
    [
      claim({ dataSource: { kind: 'PersistentVolumeClaim', name: 'a' } }),
      { made: 'cloned by the CSI driver', from: 'n/a', scratch: 'none' },
    ],
    [
      claim({ dataSourceRef: { kind: 'VolumeUploadSource', name: 'a', namespace: 'm' } }),
      { made: 'populated by VolumeUploadSource', from: 'm/a', scratch: 'needed' },
    ],
    [claim({ dataSourceRef: { kind: 'VolumeImportSource', name: 'a' } }), { from: 'n/a', scratch: 'perhaps' }],
    [claim({ dataSourceRef: { kind: 'Other', name: 'a' } }), { made: 'populated by Other', scratch: 'none' }],
    [
      claim({ dataSourceRef: { kind: 'VolumeCloneSource', name: 'a' } }),
      { made: 'clone', from: 'VolumeCloneSource n/a', scratch: 'none' },
    ],
  ])('of %j is %j', (object, source) => expect(claimSource(object)).toMatchObject(source));
});

describe('pointedAt', () => {
  test.each<[Json, object | undefined]>([
    [{ pvc: { name: 'a' } }, { kind: 'PersistentVolumeClaim', namespace: 'n', name: 'a' }],
    [{ pvc: { name: 'a', namespace: 'm' } }, { kind: 'PersistentVolumeClaim', namespace: 'm', name: 'a' }],
    [{ snapshot: { name: 'a' } }, { kind: 'VolumeSnapshot', namespace: 'n', name: 'a' }],
    [{ dataSource: { name: 'a', namespace: 'm' } }, { kind: 'DataSource', namespace: 'm', name: 'a' }],
    [
      { kind: 'PersistentVolumeClaim', name: 'a' },
      { kind: 'PersistentVolumeClaim', namespace: 'n', name: 'a' },
    ],
    [
      { kind: 'VolumeSnapshot', name: 'a' },
      { kind: 'VolumeSnapshot', namespace: 'n', name: 'a' },
    ],
    [{ kind: 'Pod', name: 'a' }, undefined],
    [{}, undefined],
  ])('of %j is %j', (source, target) => expect(pointedAt({ spec: { source } }, 'n')).toEqual(target));
});

describe('isClone', () => {
  test.each<[Json | undefined, boolean]>([
    [undefined, false],
    [{}, false],
    [{ sourceRef: {} }, true],
    [{ dataSourceRef: {} }, true],
    [{ dataSource: {} }, true],
    [{ source: { pvc: {} } }, true],
    [{ source: { snapshot: {} } }, true],
    [{ source: { blank: {} } }, false],
    [{ pvc: { dataSource: {} } }, true],
    [{ pvc: { dataSourceRef: {} } }, true],
    [{ storage: { dataSource: {} } }, true],
    [{ source: { blank: {} }, storage: { dataSourceRef: {} } }, true],
    [{ source: { blank: {} }, storage: {}, pvc: {} }, false],
  ])('of %j is %j', (spec, is) => expect(isClone(spec)).toBe(is));
});
