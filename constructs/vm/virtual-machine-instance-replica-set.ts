import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject } from '../shared/api-object';
import { checkGiven, keysOf } from '../shared/prop-checks';
import { InstanceTemplateProps } from './bootable-vm-props';
import {
  checkFleetNetworks,
  checkSelector,
  checkSelectorRules,
  FLEET_PROPS,
  FleetProps,
  labelled,
  renderSelector,
  selectorOf,
} from './fleet';
import { Machine } from './machine';
import { checkMemoryOfFleet } from './memory-checks';
import { TEMPLATE_PROPS } from './vm-checks';
import { renderTemplate } from './vm-spec';

/** Guests that are made alike and keep nothing: what each machine is made of, and how many there are. */
export interface VirtualMachineInstanceReplicaSetProps extends InstanceTemplateProps, FleetProps {}

/** What machines are labelled with where no selector is given. */
const LABEL = 'kubevirt.io/vmReplicaSet';

/**
 * Guests that are made alike and keep nothing, of which a number always runs: one VirtualMachineInstanceReplicaSet. They share
 * their disks, so that these are volumes that forget what is written (`ContainerDisk`, `Volume.ephemeral`), or are read only.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/replicaset/
 */
export class VirtualMachineInstanceReplicaSet extends Machine {
  /**
   * Guests that are made alike.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineInstanceReplicaSet, unless `name` says otherwise.
   * @param props What each machine is made of, and how many there are.
   * @throws if KubeVirt does not accept a prop, or a disk is in another namespace; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachineInstanceReplicaSetProps) {
    const selector = selectorOf(id, props, LABEL);
    super(scope, id, props, {
      known: { ...TEMPLATE_PROPS, ...keysOf(FLEET_PROPS) },
      check: (faults) => {
        checkGiven(faults, '', props, FLEET_PROPS);
        checkSelector(faults, selector, { templateLabels: props.templateLabels });
        checkFleetNetworks(faults, props);
        checkMemoryOfFleet(faults, props);
        checkSelectorRules(faults, props, { ...props.templateLabels, ...selector });
      },
      hostnamePath: ['spec', 'template', 'spec', 'hostname'],
      hasTemplates: false,
      podLabels: selector,
    });
    const { replicas, paused } = props;
    const template = labelled(props, selector);
    addObject(this, generated.kubevirt.VirtualMachineInstanceReplicaSet, props, {
      // A disk may still be attached until the synth.
      spec: Lazy.any({
        produce: () => ({
          replicas,
          paused,
          selector: renderSelector(selector, props),
          template: renderTemplate(template, this._attached),
        }),
      }),
    });
  }
}
