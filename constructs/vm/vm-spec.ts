import {
  VirtualMachineSpec,
  VirtualMachineSpecDataVolumeTemplates,
  VirtualMachineSpecTemplateSpec,
  VirtualMachineSpecTemplateSpecDomain,
  VirtualMachineSpecTemplateSpecDomainMemoryGuest,
  VirtualMachineSpecTemplateSpecDomainResources,
  VirtualMachineSpecTemplateSpecDomainResourcesLimits,
  VirtualMachineSpecTemplateSpecDomainResourcesRequests,
} from '../../imports/kubevirt.io';
import { quantity } from '../shared/quantity';
import { DataVolumeTemplate } from '../storage/data-volume-template';
import { BootableVMProps, VmResources } from './bootable-vm-props';
import { renderAttachment, RenderedDisk, RenderedVolume, SettledAttachment } from './disk-attachment';
import { GuestNetwork } from './guest-network';
import { RunStrategy } from './run-strategy';
import { CLOUD_INIT_DISK } from './vm-attachments';

/** The `spec` of a VirtualMachine. */
export function renderVmSpec(
  props: BootableVMProps,
  attached: readonly SettledAttachment[],
  namespace: string | undefined,
): VirtualMachineSpec {
  const { templateLabels: labels, templateAnnotations: annotations } = props;
  return {
    runStrategy: props.runStrategy ?? RunStrategy.ALWAYS,
    instancetype: props.instancetype?._render(),
    preference: props.preference?._render(),
    dataVolumeTemplates: renderTemplates(attached, namespace),
    template: {
      metadata: labels === undefined && annotations === undefined ? undefined : { labels, annotations },
      spec: renderInstance(props, attached),
    },
  };
}

function renderInstance(
  props: BootableVMProps,
  attached: readonly SettledAttachment[],
): VirtualMachineSpecTemplateSpec {
  const pairs = inOrder(attached, props);
  const networks = (props.networks ?? [GuestNetwork.pod()]).map((network) => network._render());
  const isOffline = networks.length === 0;
  const domain: VirtualMachineSpecTemplateSpecDomain = {
    ...props.firmware?._render(),
    cpu: props.cpu && { ...props.cpu },
    memory: props.memory && { guest: quantity(VirtualMachineSpecTemplateSpecDomainMemoryGuest, props.memory) },
    resources: props.resources && renderResources(props.resources),
    devices: {
      disks: pairs.map(({ disk }) => disk),
      interfaces: isOffline ? undefined : networks.map(({ iface }) => iface),
      autoattachPodInterface: isOffline ? false : undefined,
    },
  };
  return {
    domain,
    evictionStrategy: props.evictionStrategy,
    hostname: props.hostname,
    networks: isOffline ? undefined : networks.map(({ network }) => network),
    nodeSelector: props.nodeSelector && { ...props.nodeSelector },
    volumes: pairs.map(({ volume }) => volume),
  };
}

/**
 * The boot disk, the static ones, cloud-init, the hotpluggable ones: KubeVirt v1.6.2 asks for a
 * restart when the order of volumes changes, so what is plugged later stands last
 * (pkg/virt-controller/watch/vm/vm.go, handleVolumeUpdateRequest).
 */
function inOrder(
  attached: readonly SettledAttachment[],
  { cloudInit }: BootableVMProps,
): { disk: RenderedDisk; volume: RenderedVolume }[] {
  const isPlugged = ({ hotpluggable }: SettledAttachment): boolean => hotpluggable;
  const own = cloudInit && {
    disk: { name: CLOUD_INIT_DISK, disk: { bus: 'virtio' } },
    volume: { name: CLOUD_INIT_DISK, ...cloudInit._volumeSource() },
  };
  return [
    ...attached.filter((attachment) => !isPlugged(attachment)).map(renderPair),
    ...(own === undefined ? [] : [own]),
    ...attached.filter(isPlugged).map(renderPair),
  ];
}

/** A template's volume names the DataVolume, so that KubeVirt makes it first. */
function renderPair(attachment: SettledAttachment): { disk: RenderedDisk; volume: RenderedVolume } {
  const { disk, volume } = renderAttachment(attachment);
  if (!(attachment.disk instanceof DataVolumeTemplate)) return { disk, volume };
  const hotpluggable = attachment.hotpluggable ? true : undefined;
  return { disk, volume: { name: volume.name, dataVolume: { name: attachment.disk.claimName, hotpluggable } } };
}

function renderTemplates(
  attached: readonly SettledAttachment[],
  namespace: string | undefined,
): VirtualMachineSpecDataVolumeTemplates[] | undefined {
  const templates = attached.map(({ disk }) => disk).filter((disk) => disk instanceof DataVolumeTemplate);
  if (templates.length === 0) return undefined;
  return templates.map((template) => template._render(namespace) as unknown as VirtualMachineSpecDataVolumeTemplates);
}

function renderResources(resources: VmResources): VirtualMachineSpecTemplateSpecDomainResources {
  const { memoryRequest, memoryLimit, cpuRequest, cpuLimit } = resources;
  const requests: Record<string, VirtualMachineSpecTemplateSpecDomainResourcesRequests> = {};
  const limits: Record<string, VirtualMachineSpecTemplateSpecDomainResourcesLimits> = {};
  if (memoryRequest) requests.memory = quantity(VirtualMachineSpecTemplateSpecDomainResourcesRequests, memoryRequest);
  if (memoryLimit) limits.memory = quantity(VirtualMachineSpecTemplateSpecDomainResourcesLimits, memoryLimit);
  if (cpuRequest) requests.cpu = VirtualMachineSpecTemplateSpecDomainResourcesRequests.fromString(cpuRequest.amount);
  if (cpuLimit) limits.cpu = VirtualMachineSpecTemplateSpecDomainResourcesLimits.fromString(cpuLimit.amount);
  return {
    requests: Object.keys(requests).length > 0 ? requests : undefined,
    limits: Object.keys(limits).length > 0 ? limits : undefined,
  };
}
