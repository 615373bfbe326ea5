/**
 * What rules are about, by the key of it: a rule that stands here says nothing of an object in which none of its keys
 * stands anywhere, and is not asked. Most machines have no part of what most rules are about. A rule that stands
 * nowhere here is always asked; `*` ends the name of a topic.
 */
const ABOUT: readonly (readonly [keys: string, rules: string])[] = [
  ['accessCredentials', 'access-credential-* run-access-credential-secret-name'],
  ['affinity', 'node-affinity-* pod-affinity-*'],
  ['autoattachVSOCK', 'vsock-gate'],
  ['binding', 'interface-binding-exclusive'],
  ['blank', 'data-volume-source-blank-content'],
  ['blockSize', 'disk-block-size-*'],
  ['bootOrder', 'boot-order-unique disk-boot-order-positive interface-boot-order-positive'],
  ['bridge', 'interface-bridge-pod-permitted'],
  ['cache', 'disk-cache-known run-disk-shareable-cache'],
  ['cdrom', 'disk-bus-cdrom disk-cdrom-empty-gate start-cdrom-bus'],
  ['cdrom lun', 'disk-target-single'],
  ['clock', 'clock-known-keys'],
  ['cloudInitConfigDrive cloudInitNoCloud', 'cloud-init-given run-cloud-init-single'],
  ['configMap', 'volume-config-map-name'],
  ['containerDisk', 'container-disk-* volume-container-disk-path run-container-disk-name-length'],
  ['contentType', 'data-volume-archive-on-filesystem data-volume-source-registry-content'],
  ['dataSource dataSourceRef', 'data-volume-population-*'],
  ['dataVolume', 'volume-data-volume-name'],
  ['dataVolumeTemplates', 'cdi-template-* data-volume-template-* run-data-volume-template-name-unique'],
  ['dedicatedCpuPlacement', 'cpu-dedicated-*'],
  ['dedicatedIOThread', 'disk-dedicated-io-thread-bus start-disk-io-thread-bus'],
  ['dhcpOptions', 'interface-dhcp-*'],
  ['dnsConfig dnsPolicy', 'dns-*'],
  ['downwardMetrics', 'disk-downward-metrics-* downward-metrics-gate start-disk-downward-metrics-bus'],
  ['downwardMetrics', 'volume-downward-metrics-*'],
  ['emptyDisk', 'run-empty-disk-capacity'],
  ['errorPolicy', 'disk-error-policy-known'],
  ['evictionStrategy', 'eviction-strategy-known'],
  ['features', 'cpu-feature-policy-known start-hyperv-*'],
  ['filesystems', 'filesystem-* run-filesystem-*'],
  ['firmware', 'firmware-* kernel-boot-* start-bios-arm64 start-secure-boot-arm64'],
  ['gcs http imageio s3 vddk', 'data-volume-source-url-valid'],
  ['gpus', 'gpu-*'],
  ['hooks.kubevirt.io/hookSidecars', 'template-annotation-sidecar-gate'],
  ['hostDevices', 'host-device-gate'],
  ['hostDisk', 'volume-host-disk-*'],
  ['hostname', 'hostname-label'],
  ['hotpluggable', 'run-disk-hotplug-bus'],
  ['hugepages', 'memory-page-size-*'],
  ['imageStream', 'data-volume-source-registry-image-stream data-volume-source-registry-image-stream-node'],
  ['imageio', 'data-volume-source-imageio-complete'],
  ['inputs', 'input-*'],
  [
    'instancetype preference',
    'instancetype-infer-* instancetype-inferred-* instancetype-named instancetype-revision-renamed',
  ],
  ['io', 'disk-io-known'],
  ['ioThreadsPolicy', 'io-threads-*'],
  ['isolateEmulatorThread', 'cpu-isolate-emulator-thread-dedicated'],
  ['kubevirt.io/ignitiondata', 'template-annotation-ignition-gate'],
  ['launchSecurity', 'launch-security-*'],
  ['limits', 'cpu-limit-positive cpu-request-limit'],
  ['limits', 'memory-guest-limit memory-limit-positive memory-request-limit'],
  ['livenessProbe readinessProbe', 'probe-*'],
  ['lun', 'disk-lun-*'],
  ['macAddress', 'interface-mac-address-form interface-masquerade-mac-reserved'],
  ['macvtap', 'interface-macvtap-*'],
  ['masquerade', 'interface-masquerade-pod'],
  ['maxGuest', 'memory-max-guest-*'],
  ['maxSockets', 'cpu-max-sockets'],
  ['memoryDump', 'volume-memory-dump-single'],
  ['model', 'interface-model-known start-cpu-model-arm64'],
  ['multus', 'network-default-single network-multus-*'],
  ['networkData networkDataBase64', 'cloud-init-network-data-size'],
  ['networkDataBase64', 'cloud-init-network-data-base64'],
  ['networkDataBase64 networkDataSecretRef', 'cloud-init-network-data-single'],
  ['networkDataSecretRef secretRef', 'run-cloud-init-name-length'],
  ['numa', 'cpu-numa-*'],
  ['panicDevices', 'panic-device-*'],
  ['passt', 'interface-passt-*'],
  ['pciAddress', 'disk-pci-address-* interface-pci-address-form'],
  ['ports', 'interface-port-*'],
  ['pullMethod', 'data-volume-source-registry-pull-method'],
  ['readonly', 'disk-readonly-sata start-disk-readonly-bus'],
  ['realtime', 'cpu-realtime-*'],
  ['registry', 'data-volume-source-registry-address data-volume-source-registry-url'],
  ['running', 'run-strategy-exclusive'],
  ['secret', 'volume-secret-name'],
  ['secretRef userDataBase64', 'cloud-init-user-data-single'],
  ['serial', 'disk-serial-*'],
  ['serviceAccount', 'volume-service-account-*'],
  ['slirp', 'interface-slirp-discontinued'],
  ['snapshot', 'data-volume-source-snapshot-complete'],
  ['sound', 'sound-* start-sound-arm64'],
  ['sourceRef', 'data-volume-source-ref-* data-volume-source-single'],
  ['startStrategy', 'start-strategy-*'],
  ['state', 'interface-state-*'],
  ['status', 'status-*'],
  ['subdomain', 'subdomain-form'],
  ['tolerations', 'toleration-*'],
  ['topologySpreadConstraints', 'topology-spread-*'],
  ['updateVolumesStrategy', 'run-update-volumes-strategy-known'],
  ['userDataBase64', 'cloud-init-user-data-base64'],
  ['vddk', 'data-volume-source-vddk-complete'],
  ['video', 'start-video-type video-*'],
  ['watchdog', 'start-watchdog-*'],
];

const EXACT = new Map<string, readonly string[]>();
const TOPICS = new Map<string, readonly string[]>();
for (const [keys, rules] of ABOUT) {
  for (const rule of rules.split(' ')) {
    const [map, name] = rule.endsWith('-*') ? [TOPICS, rule.slice(0, -1)] : [EXACT, rule];
    map.set(name, [...(map.get(name) ?? []), ...keys.split(' ')]);
  }
}

/** The kinds that stand by the thousand. Of any other, which may hold one of them, every rule is asked. */
export const KINDS_BY_KEYS: ReadonlySet<string> = new Set(['DataVolume', 'VirtualMachine']);

/** The names in the table: of rules, and of topics, which end in `-`. */
export const NAMED_RULES: readonly string[] = [...EXACT.keys(), ...TOPICS.keys()];

/** The keys of which one must stand in an object, or the rule says nothing of it; nothing where it may say something of any. */
export function keysOf(rule: string): readonly string[] | undefined {
  const own = EXACT.get(rule);
  if (own !== undefined) return own;
  for (let at = rule.indexOf('-'); at >= 0; at = rule.indexOf('-', at + 1)) {
    const topic = TOPICS.get(rule.slice(0, at + 1));
    if (topic !== undefined) return topic;
  }
  return undefined;
}
