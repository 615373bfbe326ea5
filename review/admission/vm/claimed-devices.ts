import { has, listIn, textIn } from '../../manifests/json';
import { Json } from '../../rule';
import { Machine } from './machine';

/** Whether a device names one of the node's. */
export function hasName(device: Json): boolean {
  return textIn(device, 'deviceName') !== '';
}

/** Whether a device names a resource claim, in whole or in part. */
export function hasClaim(device: Json): boolean {
  return has(device, 'claimName') || has(device, 'requestName');
}

/** The devices of a list that are asked of a resource claim. */
export function claimed(devices: Json, list: 'gpus' | 'hostDevices'): readonly Json[] {
  return listIn(devices, list).filter((device) => !hasName(device) && hasClaim(device));
}

/** The claim and the request that something names; empty if it does not name both. */
export function pairOf(named: Json | undefined): string {
  const [claim, request] = [textIn(named, 'claimName'), textIn(named, 'requestName')];
  return claim === '' || request === '' ? '' : `${claim}/${request}`;
}

/** Names of the resource claims of a machine. */
export function claimNames({ template }: Machine): ReadonlySet<string> {
  return new Set(listIn(template, 'resourceClaims').map((claim) => textIn(claim, 'name')));
}
