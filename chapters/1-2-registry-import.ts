import { Construct } from 'constructs';
import { DataVolumeImport, ContentType, RegistryCredentials } from '../constructs';
import { alpineVm, LAB_DISK, WELCOME } from './alpine';
import { Chapter } from './chapter';
import { download, openConsole, removeNamespaces, showDisks, showVm, waitForDisk, waitForVm } from './commands';
import { LAB, registrySource } from './lab';

const NAMESPACE = 'sc27-alpine-b';

/** Chapter 1.2: the image in a registry, imported by a DataVolume. */
export class RegistryImport extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.2: import from a registry',
      shows:
        'The disk image travels as a container image. A DataVolume makes the claim and fills it; the login stands in a Secret that CDI reads.',
    });
    this.run('Build the image and push it', buildAndPush());
    const disk = this.addDisk();
    this.apply('2-vm', 'Start the VM', { namespace: NAMESPACE }, (chart) => {
      const vm = alpineVm(chart, 'alpine-vm', { bootDisk: disk, cloudInit: WELCOME });
      return { next: [waitForVm(vm)], look: [showVm(vm), openConsole(vm)] };
    });
    this.cleanUp(removeNamespaces(NAMESPACE));
  }

  private addDisk(): DataVolumeImport {
    let disk!: DataVolumeImport;
    const text =
      "The login is the lab's published one. A real one stays out of the manifests: `RegistryCredentials.fromSecretName`.";
    this.apply('1-disk', 'Import the disk', { namespace: NAMESPACE, newNamespace: true, text }, (chart) => {
      const credentials = RegistryCredentials.publicDemoValues(chart, 'endpoint-secret', LAB.registryLogin);
      disk = new DataVolumeImport(chart, 'alpine-boot', {
        ...LAB_DISK,
        source: registrySource(credentials),
        contentType: ContentType.KUBEVIRT,
      });
      return { next: [waitForDisk(disk)], look: [showDisks(disk)] };
    });
    return disk;
  }
}

/** The lab's image: the disk image below /disk/, and nothing else. */
function buildAndPush(): string[] {
  const { images, registry, registryImage } = LAB;
  return [
    download(images.alpineBios, images.alpineBiosUrl),
    `printf 'FROM scratch\\nCOPY ${images.alpineBios} /disk/\\n' > Dockerfile`,
    `docker build -t ${registryImage} .`,
    `docker login ${registry} -u ${LAB.registryLogin.accessKeyId}`,
    `docker push ${registryImage}`,
  ];
}
