import { ContentType, DataVolumeImport, RegistryCredentials } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { alpineVm, LAB_DISK, MESSAGE, WELCOME } from './alpine';
import { Chapter } from './chapter';
import {
  claimOf,
  expecting,
  removeNamespaces,
  showDisks,
  showEvents,
  showVms,
  waitForDisk,
  waitForVm,
} from './commands';
import { ALPINE_GUEST_LOGIN, inGuest } from './guest';
import { LAB, registrySource } from './lab';
import { importHangs, vmHangs, watchImport } from './meanwhile';
import { WHY_SCRATCH } from './reasons';
import { shellWord, variable, WORK_FOLDER } from './shell';
import { download } from './upload';

const NAMESPACE = 'sc27-alpine-b';

/** Chapter 1.2: the image in a registry, imported by a DataVolume. */
export class RegistryImport extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.2: import from a registry',
      shows:
        'The disk image travels as a container image. A DataVolume makes the claim and fills it; the login stands in a Secret that CDI reads.',
      needs: 'chapter 0, a registry, and podman or docker',
    });
    this.remark(ALPINE_GUEST_LOGIN);
    this.pushImage();
    this.pushArtifact();
    const disk = this.addDisk();
    this.apply('2-vm', { title: 'Start the VM', namespace: NAMESPACE }, (chart) => {
      const vm = alpineVm(chart, 'alpine-vm', { bootDisk: disk, cloudInit: WELCOME });
      this.hangs(importHangs(disk), vmHangs(vm));
      return {
        next: [waitForVm(vm)],
        inGuest: inGuest(vm, expecting(MESSAGE, 'cat /etc/motd')),
        look: [showVms(vm)],
      };
    });
    this.cleanUp('# the registry keeps the image: chapter 1.6 imports it too', removeNamespaces(NAMESPACE));
  }

  /** The lab's image: the disk image below /disk/, and nothing else. */
  private pushImage(): void {
    const { images, registry, registryLogin } = LAB;
    const registryImage = shellWord(LAB.registryImage);
    const { file } = images.alpineBios;
    const { accessKeyId: user, secretKey: password } = registryLogin;
    const folder = `${WORK_FOLDER}/container-disk`;
    const image = variable('image', LAB.workFolder + file);
    this.run({
      title: 'Build the image and push it',
      text:
        `CDI looks for the disk below \`/disk/\`, and nothing else needs to be in the image. The login is the lab's published one, ` +
        `\`${user}\` with the password \`${password}\`. The registry has no certificate that others trust: CDI is told so in chapter 0, podman ` +
        `by a flag, and docker by \`${registry}\` among the \`insecure-registries\` of its daemon.`,
      commands: [
        download(images.alpineBios),
        `mkdir -p ${folder} && ln -f ${image} ${folder}/`,
        `printf ${shellWord(`FROM scratch\\nCOPY ${file} /disk/\\n`)} > ${folder}/Dockerfile`,
        'tool=$(command -v podman || command -v docker)',
        'case $tool in *podman) insecure=--tls-verify=false ;; *) insecure= ;; esac',
        `"$tool" build -t ${registryImage} ${folder}`,
        `printf %s ${shellWord(password)} | "$tool" login $insecure -u ${shellWord(user)} --password-stdin ${shellWord(registry)}`,
        `"$tool" push $insecure ${registryImage}`,
      ],
    });
  }

  /**
   * ORAS pushes a file as an artifact, cmd/oras/root/push.go of v1.3.0. CDI reads every layer as a tar archive and looks for
   * disk/ in it, pkg/importer/transport.go (processLayer, copyRegistryImage) and registry-datasource.go of v1.63.1.
   */
  private pushArtifact(): void {
    const { images, registry, registryLogin } = LAB;
    const [registryArtifact, registryImage] = [shellWord(LAB.registryArtifact), shellWord(LAB.registryImage)];
    const { accessKeyId: user, secretKey: password } = registryLogin;
    const fetch = (image: string): string => `oras manifest fetch --insecure --pretty ${image}`;
    this.run({
      title: 'Push the file alone, and see the difference',
      text:
        'ORAS pushes a file without an image around it. That is a good way to keep images in a registry, but CDI v1.63.1 cannot import it: it ' +
        'unpacks each layer as a tar archive and takes the first file below `disk/`. The layer that ORAS pushes is the qcow2 file itself; CDI ' +
        'would say `Failed to find VM disk image file in the container image`. So the steps below import the image, and `oras pull` is the ' +
        'way back for the file.',
      commands: [
        `printf %s ${shellWord(password)} | oras login --insecure -u ${shellWord(user)} --password-stdin ${shellWord(registry)}`,
        `(cd ${WORK_FOLDER} && oras push --insecure ${registryArtifact} ./${shellWord(images.alpineBios.file)})`,
      ],
      look: [
        '# one layer, a tar archive that is packed; the config is that of an image',
        fetch(registryImage),
        '# one layer, named after the file; the config is empty',
        fetch(registryArtifact),
      ],
    });
  }

  private addDisk(): DataVolumeImport {
    let disk!: DataVolumeImport;
    const text =
      "The login stands in the manifest because it is the lab's published one. A real one stays out of it: `RegistryCredentials.fromSecretName`.\n\n" +
      WHY_SCRATCH;
    this.apply('1-disk', { title: 'Import the disk', text, namespace: NAMESPACE, newNamespace: true }, (chart) => {
      const credentials = RegistryCredentials.publicDemoValues(chart, 'endpoint-secret', LAB.registryLogin);
      const source = registrySource(credentials);
      disk = new DataVolumeImport(chart, 'alpine-boot', { ...LAB_DISK, source, contentType: ContentType.KUBEVIRT });
      return {
        watch: watchImport(disk),
        next: [waitForDisk(disk)],
        look: [showDisks(disk), showEvents('DataVolume', claimOf(disk))],
      };
    });
    return disk;
  }
}
