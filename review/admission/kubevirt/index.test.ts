import { RULES } from '.';

const UPDATES = [
  'kubevirt-tls-ciphers-settable',
  'kubevirt-tls-ciphers-known',
  'kubevirt-certificates-duration-valid',
  'kubevirt-certificates-one-form',
  'kubevirt-certificates-ca-renewal',
  'kubevirt-certificates-server-renewal',
  'kubevirt-certificates-server-within-ca',
  'kubevirt-patch-json',
  'kubevirt-replicas',
  'kubevirt-memory-overhead-ratio',
  'kubevirt-seccomp-profile',
];

test('the rules for the KubeVirt object are these', () => {
  expect(RULES.map(({ apiGroup, kind }) => `${apiGroup}/${kind}`)).toEqual(['kubevirt.io/KubeVirt']);
  expect(RULES.flatMap(({ rules }) => rules.map(({ id }) => id))).toEqual([
    'kubevirt-image-pull-policy',
    'kubevirt-overcommit-positive',
    'kubevirt-less-space-percent',
    'kubevirt-default-interface',
    'kubevirt-feature-gate-known',
    ...UPDATES.flatMap((id) => [id, `${id}-on-create`]),
  ]);
});
