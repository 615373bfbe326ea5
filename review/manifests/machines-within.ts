import { shellWord } from '../../constructs/shared/printable';
import { Json } from '../rule';
import { objectsAt, textAt, valueAt } from './json';

/**
 * Why a machine within an object was not looked at, with the command that renders it; undefined if the object is of no kind
 * that holds one.
 */
export function machineWithin(object: Json, file: string | undefined): string | undefined {
  const kind = KINDS.find(
    ({ group, kind: name }) => textAt(object, 'kind') === name && textAt(object, 'apiVersion').startsWith(group),
  );
  if (kind === undefined || !kind.holds(object)) return undefined;
  return `${kind.within} was not looked at: ${kind.command(object, shellWord(file ?? 'FILE'))} | cdk8s-kubevirt check -`;
}

interface Holder {
  readonly group: string;
  readonly kind: string;
  readonly within: string;
  readonly holds: (object: Json) => boolean;
  readonly command: (object: Json, file: string) => string;
}

const KINDS: readonly Holder[] = [
  {
    // https://docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/images/using-templates
    group: 'template.openshift.io/',
    kind: 'Template',
    within: 'the VM within',
    holds: (object) => objectsAt(object, 'objects').some((one) => textAt(one, 'apiVersion').startsWith('kubevirt.io/')),
    command: (object, file) => `oc process --local -f ${file}${unset(object)}`,
  },
  {
    // https://fluxcd.io/flux/components/helm/helmreleases/
    group: 'helm.toolkit.fluxcd.io/',
    kind: 'HelmRelease',
    within: 'what its chart makes, a VM maybe,',
    holds: () => true,
    command: (object) => {
      const name = textAt(object, 'spec', 'releaseName') || textAt(object, 'metadata', 'name');
      const chart = textAt(object, 'spec', 'chart', 'spec', 'chart') || textAt(object, 'spec', 'chartRef', 'name');
      return `helm template ${shellWord(name)} ${shellWord(chart || 'CHART')} --values VALUES`;
    },
  },
  {
    // https://github.com/kubernetes-sigs/cluster-api-provider-kubevirt api/v1alpha1/kubevirtmachine_types.go
    group: 'infrastructure.cluster.x-k8s.io/',
    kind: 'KubevirtMachineTemplate',
    within: 'the VM within',
    holds: (object) => valueAt(object, ...MACHINE_TEMPLATE) !== undefined,
    command: (_object, file) =>
      `yq 'select(.kind == "KubevirtMachineTemplate") | .${MACHINE_TEMPLATE.join('.')} | .apiVersion = "kubevirt.io/v1" | .kind = "VirtualMachine" | .metadata.name = "vm"' ${file}`,
  },
];

const MACHINE_TEMPLATE = ['spec', 'template', 'spec', 'virtualMachineTemplate'];

/** The parameters that somebody must give a value. */
function unset(template: Json): string {
  return objectsAt(template, 'parameters')
    .filter(({ value, generate }) => value === undefined && generate === undefined)
    .map((parameter) => ` -p ${shellWord(textAt(parameter, 'name'))}=…`)
    .join('');
}
