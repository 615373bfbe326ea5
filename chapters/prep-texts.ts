import { LAB } from './lab';

/** What chapter 0 explains beside its steps. */
export const PREP_TEXTS = {
  gates: `## Where this departs from the lab

The lab sets its feature gates by merge patches: first HotplugVolumes and DeclarativeHotplugVolumes, then ExpandDisks. A
merge patch replaces a list, so the last one loses the first two; one declared object does not. And HotplugVolumes, once
listed, switches the declarative hotplug off, while DeclarativeHotplugVolumes alone serves \`virtctl addvolume\` too. So
the two gates declared here are DeclarativeHotplugVolumes (a disk is plugged into a running VM) and ExpandDisks (a guest sees
that its disk has grown).`,

  emulation:
    "**Why emulation.** The lab's nodes are VMs themselves and have no /dev/kvm, so QEMU must play the processor: guests run, and take minutes to boot. On real nodes leave `useEmulation` out.",

  cdi:
    '**What CDI needs to know.** Where clients reach its upload proxy (virtctl asks for it where a command does not say it), that the registry has no certificate that others trust, and which class ' +
    `scratch space is taken from: \`${LAB.storageClass.scratch}\`, on which a claim gets a file system. CDI then makes a StorageProfile for each StorageClass: what it knows of it, and how it clones there.` +
    "\n\n**What CDI's own release says**, and so this object too: its pods go to Linux nodes, since the lab has Windows workers; with HonorWaitForFirstConsumer a disk whose class binds late waits for its VM " +
    'instead of being bound to any node; with WebhookPvcRendering a plain claim that carries the label `cdi.kubevirt.io/applyStorageProfile` gets from the StorageProfile what it does not say.',

  proxy:
    'Uploads come in by a load balancer; its addresses may be shared with others, so yours may be another one. The runbooks read it from the Service in every command that needs it, so that nothing must be ' +
    'changed for them. If the last but one command below prints a difference, write the address of the Service into `uploadProxyUrl` of `chapters/lab.ts`, run `npm run synth` and apply `2-cdi.k8s.yaml` again: ' +
    '`virtctl image-upload` without `--uploadproxy-url` takes the address from there.',

  hangs: [
    `**An operator or its object does not become Available.** \`kubectl get pod -n ${LAB.kubevirtNamespace}\` and \`kubectl get pod -n ${LAB.cdiNamespace}\` show a pod that cannot be scheduled or cannot pull its image; ` +
      '`kubectl describe kubevirt,cdi -A` ends with the conditions and their reasons.',
    `**The Service gets no address.** \`kubectl describe service/${LAB.uploadProxy.name} -n ${LAB.uploadProxy.namespace}\` ends with the events of the load balancer: its pool may be used up, or there is none in the cluster.`,
    `**A claim of the check stays Pending.** The check then describes it, with the events of the driver. More stands in its log: \`${LAB.csiDriverLog}\`.`,
  ],
};
