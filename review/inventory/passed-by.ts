import { groupOf } from '../cluster/kinds';
import { textAt } from '../manifests/json';
import type { Json } from '../rule';
import { PassedKind } from './model';
import { compare } from './text';

/** The groups of Kubernetes, KubeVirt and CDI, whose kinds are known: what is not counted of them makes no claim. */
const KNOWN =
  /^(|apps|batch|autoscaling|policy|extensions|([\w-]+\.)+k8s\.io|k8s\.cni\.cncf\.io|((cdi|upload\.cdi|forklift\.cdi|instancetype|hco|snapshot|clone|export|pool|migrations|subresources)\.)?kubevirt\.io)$/;

/** Counts the objects of groups that nothing is known of. */
export class PassedKinds {
  private readonly counts = new Map<string, { kind: string; apiGroup: string; objects: number }>();

  public note(object: Json): void {
    const kind = textAt(object, 'kind');
    const apiGroup = groupOf(object);
    if (kind === '' || apiGroup === undefined || KNOWN.test(apiGroup)) return;
    const found = this.counts.get(`${kind}.${apiGroup}`) ?? { kind, apiGroup, objects: 0 };
    found.objects += 1;
    this.counts.set(`${kind}.${apiGroup}`, found);
  }

  public list(): PassedKind[] {
    return [...this.counts.values()].sort((a, b) => compare(a.kind, b.kind) || compare(a.apiGroup, b.apiGroup));
  }
}
