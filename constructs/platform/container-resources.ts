import { ContainerResources } from 'cdk8s-plus-27';
import { isObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { checkSize } from '../shared/quantity';
import { addKind, Faults } from '../shared/refusal';

const RESOURCES: KnownKeys<ContainerResources> = { cpu: true, memory: true, ephemeralStorage: true };
const AMOUNTS = { request: true, limit: true } as const;

/** Notes what is wrong with the resources of a container. */
export function checkResources(faults: Faults, property: string, resources: unknown): void {
  if (resources === undefined || !checkKeys(faults, property, resources, RESOURCES)) return;
  for (const resource of Object.keys(RESOURCES)) {
    const amounts = resources[resource];
    const path = `${property}.${resource}`;
    if (amounts === undefined || !checkKeys(faults, path, amounts, AMOUNTS)) continue;
    for (const [kind, amount] of Object.entries(amounts)) {
      if (resource === 'cpu') checkCpu(faults, `${path}.${kind}`, amount);
      else checkSize(faults, `${path}.${kind}`, amount);
    }
  }
}

function checkCpu(faults: Faults, property: string, cpu: unknown): void {
  const amount = isObject(cpu) ? cpu.amount : undefined;
  if (cpu === undefined || (typeof amount === 'string' && /^\d+(\.\d+)?m?$/.test(amount))) return;
  addKind(faults, property, 'be a Cpu of cdk8s-plus', cpu, 'write for example Cpu.millis(100)');
}
