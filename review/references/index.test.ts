import { REFERENCE_RULES } from '.';

test('the rules over all manifests are these', () => {
  expect(REFERENCE_RULES.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
    'warning claim-exists',
    'warning data-volume-exists',
    'warning data-source-exists',
    'warning secret-exists',
    'warning config-map-exists',
    'warning storage-class-exists',
    'warning instancetype-exists',
    'warning cluster-instancetype-exists',
    'warning preference-exists',
    'warning cluster-preference-exists',
    'warning namespace-exists',
    'warning object-once',
    'warning data-volume-template-or-standalone',
    'warning data-volume-template-of-one-machine',
    'warning firmware-uuid-of-one-machine',
    'warning firmware-serial-of-one-machine',
    'warning mac-address-of-one-machine',
    'warning disk-of-one-machine',
    'error restore-patches-refused',
    'warning restore-patches',
    'error instancetype-conflict',
    'error instancetype-annotation-conflict',
    'error preference-spread-divides',
    'error preference-cpu-required',
    'error preference-memory-required',
    'warning eviction-live-migrate',
  ]);
});
