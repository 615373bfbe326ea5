import { aBoolean, oneOf, PropChecks } from '../shared/prop-checks';
import { there } from './device-presence';
import { InterfaceModel } from './network-card';

/** Network cards as a preference wants them, where the VM does not say otherwise. */
export interface PreferredInterfaces {
  /**
   * What network cards look like.
   *
   * @default - that of the VM
   */
  readonly interfaceModel?: InterfaceModel;

  /**
   * Whether the pod network is a masquerade.
   *
   * @default - that of the VM
   */
  readonly interfaceMasquerade?: boolean;

  /**
   * Whether each network card has as many queues as the guest has processors.
   *
   * @default - that of the VM
   */
  readonly networkMultiqueue?: boolean;

  /**
   * Whether a VM that names no networks has a card on the pod network.
   *
   * @default - that of the VM
   */
  readonly podInterface?: boolean;
}

/** What `PreferredInterfaces` must be. */
export const PREFERRED_INTERFACES: PropChecks<PreferredInterfaces> = {
  interfaceModel: oneOf(InterfaceModel),
  interfaceMasquerade: aBoolean,
  networkMultiqueue: aBoolean,
  podInterface: aBoolean,
};

/** The part of the `devices` of a preference that they make. */
export function renderPreferredInterfaces(devices: PreferredInterfaces): Record<string, unknown> {
  return {
    preferredInterfaceModel: devices.interfaceModel,
    preferredInterfaceMasquerade: there(devices.interfaceMasquerade),
    preferredNetworkInterfaceMultiQueue: devices.networkMultiqueue,
    preferredAutoattachPodInterface: devices.podInterface,
  };
}
