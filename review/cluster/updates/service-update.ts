import { textAt, valueAt } from '../../manifests/json';
import { Json } from '../../rule';
import { KeptFault } from './kept-fault';

const SOURCE = 'Kubernetes v1.34.4, pkg/apis/core/validation/validation.go, ValidateServiceUpdate';
const FAMILIES = 'Kubernetes v1.34.4, pkg/registry/core/service/storage/alloc.go, initIPFamilyFields';

/** What a Service keeps: its first address and IP family, unless it becomes another name, and the class of a load balancer. */
export function serviceFaults(old: Json, next: Json): KeptFault[] {
  const [was, is] = [old, next].map((one) => textAt(one, 'spec', 'type') || 'ClusterIP');
  if (was === 'ExternalName' || is === 'ExternalName') return [];
  const faults: KeptFault[] = [];
  const address = changed(addressOf(old), addressOf(next));
  if (address !== undefined) {
    const place = { field: 'spec.clusterIP', name: 'clusterIP', ...address };
    faults.push({ ...place, why: 'a Service keeps its address', source: SOURCE });
  }
  const family = changed(firstOf(old, 'ipFamilies'), firstOf(next, 'ipFamilies'));
  if (family !== undefined) {
    const place = { field: 'spec.ipFamilies', name: 'the first of ipFamilies', ...family };
    faults.push({ ...place, why: 'a Service keeps its first IP family', source: FAMILIES });
  }
  const [from, to] = [old, next].map((one) => valueAt(one, 'spec', 'loadBalancerClass'));
  if (was === 'LoadBalancer' && is === 'LoadBalancer' && from !== to) {
    const place = { field: 'spec.loadBalancerClass', name: 'loadBalancerClass', was: from, is: to };
    faults.push({ ...place, why: 'a load balancer keeps its class, also to have none', source: SOURCE });
  }
  return faults;
}

/** The first address; a manifest that leaves it out keeps what the server chose. */
function addressOf(service: Json): unknown {
  return valueAt(service, 'spec', 'clusterIP') ?? firstOf(service, 'clusterIPs');
}

function firstOf(service: Json, key: string): unknown {
  const list = valueAt(service, 'spec', key);
  return Array.isArray(list) ? (list as unknown[])[0] : undefined;
}

function changed(was: unknown, is: unknown): Pick<KeptFault, 'was' | 'is'> | undefined {
  return was === undefined || is === undefined || was === is ? undefined : { was, is };
}
