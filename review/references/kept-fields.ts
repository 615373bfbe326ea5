import { must } from '../admission/shared/wording';
import { kindNameOf } from '../cluster/identity';
import { keptFaults } from '../cluster/updates/kept-fields';
import { Severity } from '../finding';
import { ReferenceRule } from './rule';

/** A rule for what a later step says otherwise of an object of Kubernetes itself. */
export const KEPT_FIELD_RULES: readonly ReferenceRule[] = [
  {
    id: 'field-stays',
    sentence:
      'An update keeps what the API server never changes: the class of a claim, the provisioner of a StorageClass.',
    source: 'Kubernetes v1.34.4, pkg/apis/core/validation/validation.go and its like in apps, batch, rbac and storage',
    severity: Severity.ERROR,
    check: (cluster, note) => {
      for (const reviewed of cluster.objects) {
        const { object, old } = reviewed;
        if (old === undefined) continue;
        for (const { field, name, was, is, why, remedy } of keptFaults(kindNameOf(reviewed), old, object)) {
          const isShown = was !== undefined || is !== undefined;
          const message = isShown
            ? must(name, `stay ${was === undefined ? 'absent' : JSON.stringify(was)}`, is)
            : `'${name}' must stay what it was, got a change`;
          note(reviewed, field, message, remedy === undefined ? why : `${why}: ${remedy}`);
        }
      }
    },
  },
];
