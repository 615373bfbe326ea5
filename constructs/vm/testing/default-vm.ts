/** The spec of a VM of which only the claim of its boot disk is said, and perhaps its memory; all else is the default. */
export function defaultVmSpec(claimName: string, memory?: string): object {
  return {
    runStrategy: 'Always',
    template: {
      spec: {
        domain: {
          devices: {
            disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
            interfaces: [{ name: 'default', masquerade: {} }],
          },
          ...(memory === undefined ? {} : { memory: { guest: memory } }),
        },
        networks: [{ name: 'default', pod: {} }],
        volumes: [{ name: 'rootdisk', persistentVolumeClaim: { claimName } }],
      },
    },
  };
}
