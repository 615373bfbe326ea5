import { existsSync } from 'node:fs';
import { Cluster } from './cluster';
import { fill, proxyUrl, run } from './consequences';
import { Parsed, UsageError } from './flags';
import type { Context } from './kubectl';
import { ApiError, Fields, StoredObject } from './objects';

/** virtctl v1.6.2 against the stand-in's cluster. */
export function virtctl(cluster: Cluster, parsed: Parsed, context: Context): string {
  const { command } = parsed;
  if (command === 'version') return '';
  if (command === 'image-upload') return upload(cluster, parsed, context);
  const [name = '', ...more] = parsed.args;
  if (more.length > 0 || name === '') throw new UsageError(`accepts 1 arg(s), received ${parsed.args.length}`);
  const namespace = parsed.flags.get('namespace') ?? 'default';
  const vm = cluster.get('VirtualMachine', name, namespace);
  const runs = cluster.find('VirtualMachineInstance', name, namespace) !== undefined;
  const act = ACTS[command];
  if (act === undefined) throw new UsageError(`the stand-in does not know virtctl ${command}`);
  act(cluster, vm, runs, parsed);
  return '';
}

type Act = (cluster: Cluster, vm: StoredObject, runs: boolean, parsed: Parsed) => void;

const ACTS: Readonly<Record<string, Act>> = {
  console: (_cluster, _vm, runs) => mustRun(runs),
  migrate: (_cluster, _vm, runs) => mustRun(runs),

  start: (cluster, vm, runs) => {
    if (runs) throw new ApiError('Conflict', 'VM is already running');
    setRunStrategy(cluster, vm, 'Always');
  },

  stop: (cluster, vm) => {
    if (vm.spec?.runStrategy === 'Halted') throw new ApiError('Conflict', 'VM is not running');
    setRunStrategy(cluster, vm, 'Halted');
  },

  restart: (cluster, vm, runs) => {
    mustRun(runs);
    cluster.stop(vm.metadata.name, vm.metadata.namespace);
    run(cluster, vm);
  },

  addvolume: (cluster, vm, runs, { flags }) => {
    mustRun(runs);
    const claimName = volumeName(flags);
    cluster.get('PersistentVolumeClaim', claimName, vm.metadata.namespace);
    const volumes = volumesOf(vm);
    if (volumes.some(({ name }) => name === claimName))
      throw new ApiError('Conflict', `volume ${claimName} already exists`);
    setVolumes(cluster, vm, [
      ...volumes,
      { name: claimName, persistentVolumeClaim: { claimName, hotpluggable: true } },
    ]);
  },

  removevolume: (cluster, vm, runs, { flags }) => {
    mustRun(runs);
    const removed = volumeName(flags);
    const volumes = volumesOf(vm);
    if (!volumes.some(({ name }) => name === removed)) throw new ApiError('Conflict', `volume ${removed} not found`);
    setVolumes(
      cluster,
      vm,
      volumes.filter(({ name }) => name !== removed),
    );
  },
};

function mustRun(runs: boolean): void {
  if (!runs) throw new ApiError('Conflict', 'VM is not running');
}

function volumeName(flags: Parsed['flags']): string {
  const name = flags.get('volume-name');
  if (name === undefined) throw new UsageError('required flag(s) "volume-name" not set');
  return name;
}

function volumesOf(vm: StoredObject): Fields[] {
  return vm.spec?.template.spec.volumes as Fields[];
}

function setVolumes(cluster: Cluster, vm: StoredObject, volumes: Fields[]): void {
  if (vm.spec !== undefined) vm.spec.template.spec.volumes = volumes;
  run(cluster, vm);
}

function setRunStrategy(cluster: Cluster, vm: StoredObject, runStrategy: string): void {
  if (vm.spec !== undefined) vm.spec.runStrategy = runStrategy;
  run(cluster, vm);
}

/** pkg/virtctl/imageupload/imageupload.go: what it checks before it sends anything. */
function upload(cluster: Cluster, { args, flags }: Parsed, context: Context): string {
  const [kind, name = '', ...more] = args;
  if (more.length > 0 || (kind !== 'dv' && kind !== 'pvc')) throw new UsageError('expecting two args');
  if (!['block', 'filesystem', ''].includes(flags.get('volume-mode') ?? ''))
    throw new UsageError('Invalid volume mode');
  const image = flags.get('image-path') ?? '';
  if (!existsSync(context.resolve(image))) throw new Error(`open ${image}: no such file or directory`);
  if (flags.get('uploadproxy-url') !== proxyUrl(cluster))
    throw new Error(`no upload proxy at ${flags.get('uploadproxy-url')}`);
  const namespace = flags.get('namespace') ?? 'default';
  const claim = cluster.get('PersistentVolumeClaim', name, namespace);
  const annotations = claim.metadata.annotations ?? {};
  if (annotations['cdi.kubevirt.io/storage.pod.phase'] === 'Succeeded')
    throw new Error(`PVC ${name} already successfully populated`);
  if (kind === 'dv' && cluster.get('DataVolume', name, namespace).status?.phase !== 'UploadReady')
    throw new Error('no upload server');
  if (kind === 'pvc' && !('cdi.kubevirt.io/storage.upload.target' in annotations))
    throw new Error(`PVC ${name} not available for upload`);
  fill(cluster, claim);
  return '';
}
