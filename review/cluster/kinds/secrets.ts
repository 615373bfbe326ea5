import { textAt } from '../../manifests/json';
import type { Kind } from './kind';

/** Secrets and ConfigMaps, and what other operators make Secrets of. */
export const SECRET_KINDS: readonly Kind[] = [
  { group: '', kind: 'Secret' },
  { group: '', kind: 'ConfigMap' },
  {
    // https://external-secrets.io/latest/api/externalsecret: the target's name, else its own.
    group: 'external-secrets.io',
    kind: 'ExternalSecret',
    makes: (object, name) => [['Secret', textAt(object, 'spec', 'target', 'name') || name]],
  },
  {
    // https://github.com/bitnami-labs/sealed-secrets: the Secret has the name of the SealedSecret.
    group: 'bitnami.com',
    kind: 'SealedSecret',
    makes: (_object, name) => [['Secret', name]],
  },
  {
    // https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
    group: 'cert-manager.io',
    kind: 'Certificate',
    makes: (object) => [['Secret', textAt(object, 'spec', 'secretName')]],
  },
];
