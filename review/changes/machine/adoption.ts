import { textAt } from '../../manifests/json';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';

const CLAIMED = 'pkg/controller/controller_ref_manager.go, ClaimMatchedDataVolumes';
const ALLOWED = 'pkg/virt-controller/watch/vm/vm.go, handleDataVolumes (cdi.kubevirt.io/allowClaimAdoption)';

/**
 * What a template does whose disk stands alone already: the machine takes it over, with its data.
 *
 * @param vm The new machine.
 * @param name Name of the template, and of the disk.
 * @param isUsed Whether the machine used the disk before it had a template for it: then it stands somewhere.
 */
export function adoption(
  vm: Json,
  name: string,
  field: string,
  { before }: ChangeContext,
  isUsed = false,
): Effect | undefined {
  const namespace = textAt(vm, 'metadata', 'namespace');
  const kinds = ['DataVolume', 'PersistentVolumeClaim'];
  const kind = kinds.find((one) => before.find(one, namespace, name) !== undefined) ?? (isUsed ? kinds[0] : undefined);
  if (kind === undefined) return undefined;
  return {
    field,
    message: `the template of disk ${name} is new, and ${kind} ${name} exists`,
    consequence: Consequence.ADOPTED,
    reason: 'the machine takes the disk over with its data: deleting the machine deletes the disk, too',
    remedy: 'leave out the template where the disk is to outlive the machine',
    source: kind === 'DataVolume' ? CLAIMED : ALLOWED,
  };
}
