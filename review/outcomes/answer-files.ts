import { Cluster } from '../cluster/cluster';
import { devicesOf, guestField, Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { childIn, isObject, listIn, textAt, textIn } from '../manifests/json';
import type { Json } from '../rule';
import { OutcomeRule } from './rule';

/** The rule that Windows finds the answers to the questions of its setup. */
export const ANSWER_FILE_RULE: OutcomeRule = {
  id: 'answer-file-cdrom',
  sentence: 'An answer file for the setup of Windows is on a CD-ROM.',
  source:
    'Windows Setup, implicit answer file search order: media that can be removed; KubeVirt, pkg/virt-launcher/virtwrap/converter/converter.go:Convert_v1_SysprepSource_To_api_Disk',
  severity: Severity.WARNING,
  check: (cluster, note) => {
    for (const machine of cluster.sampleMachines) {
      const volumes = listIn(machine.guest, 'volumes');
      for (let index = 0; index < volumes.length; index += 1) {
        const volume = volumes[index]!;
        if ((volume.sysprep ?? volume.configMap ?? volume.secret) === undefined) continue;
        const type = TYPES.find((one) => isObject(volume[one]));
        if (type === undefined || isCdRom(machine, volume)) continue;
        if (type !== 'sysprep' && !holdsAnswers(cluster, machine, type, childIn(volume, type))) continue;
        const message = `'name' must be that of a CD-ROM, got ${JSON.stringify(textIn(volume, 'name'))}, which the machine has as a disk; Windows looks for answer files on media that can be removed, and asks its questions`;
        note(
          machine.from,
          guestField(machine, `volumes[${index}].name`),
          message,
          "write 'cdrom: { bus: sata }' for its disk",
        );
      }
    }
  },
};

const TYPES = ['sysprep', 'configMap', 'secret'] as const;
const ANSWERS = /^(auto)?unattend\.xml$/i;

/** A volume that no disk and no file system names gets a disk. */
function isCdRom({ guest }: Machine, { name }: Json): boolean {
  const devices = devicesOf(guest);
  if (listIn(devices, 'filesystems').some((one) => one.name === name)) return true;
  return isObject(listIn(devices, 'disks').find((one) => one.name === name)?.cdrom);
}

/** Whether a ConfigMap or a Secret among the manifests holds an answer file. */
function holdsAnswers(cluster: Cluster, { namespace }: Machine, type: string, source: Json | undefined): boolean {
  const isMap = type === 'configMap';
  const object = cluster.object(
    isMap ? 'ConfigMap' : 'Secret',
    namespace,
    textAt(source, isMap ? 'name' : 'secretName'),
  );
  return [childIn(object?.object, 'data'), childIn(object?.object, 'stringData')].some(
    (data) => data !== undefined && Object.keys(data).some((key) => ANSWERS.test(key)),
  );
}
