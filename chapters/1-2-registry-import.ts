import { ContentType, DataVolumeImport, RegistryCredentials } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { alpineVm, LAB_DISK, WELCOME } from './alpine';
import { Chapter } from './chapter';
import { download, removeNamespaces, showDisks, showVms, virtctl, waitForDisk, waitForVm } from './commands';
import { LAB, registrySource } from './lab';

const NAMESPACE = 'sc27-alpine-b';

/** Chapter 1.2: the image in a registry, imported by a DataVolume. */
export class RegistryImport extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.2: import from a registry',
      shows:
        'The disk image travels as a container image. A DataVolume makes the claim and fills it; the login stands in a Secret that CDI reads.',
      needs: 'chapter 0, a registry and docker',
    });
    this.pushImage();
    const disk = this.addDisk();
    this.apply('2-vm', { title: 'Start the VM', namespace: NAMESPACE }, (chart) => {
      const vm = alpineVm(chart, 'alpine-vm', { bootDisk: disk, cloudInit: WELCOME });
      return { next: [waitForVm(vm)], look: [showVms(vm), virtctl('console', vm)] };
    });
    this.cleanUp('# the registry keeps the image: chapter 1.6 imports it too', removeNamespaces(NAMESPACE));
  }

  /** The lab's image: the disk image below /disk/, and nothing else. */
  private pushImage(): void {
    const { images, registry, registryImage, registryLogin, workFolder } = LAB;
    const { file } = images.alpineBios;
    this.run({
      title: 'Build the image and push it',
      text:
        'CDI looks for the disk below `/disk/`. The registry has no certificate that others trust: CDI takes it from chapter 0 on, and ' +
        `the docker daemon needs \`${registry}\` among its \`insecure-registries\`.`,
      commands: [
        download(images.alpineBios),
        `printf 'FROM scratch\\nCOPY ${file} /disk/\\n' > ${workFolder}/Dockerfile`,
        `tar -C ${workFolder} -c Dockerfile ${file} | docker build -t ${registryImage} -`,
        `docker login ${registry} -u ${registryLogin.accessKeyId}`,
        `docker push ${registryImage}`,
      ],
      look: [`docker manifest inspect --insecure ${registryImage}`],
    });
  }

  private addDisk(): DataVolumeImport {
    let disk!: DataVolumeImport;
    const text =
      "The login is the lab's published one. A real one stays out of the manifests: `RegistryCredentials.fromSecretName`.";
    this.apply('1-disk', { title: 'Import the disk', text, namespace: NAMESPACE, newNamespace: true }, (chart) => {
      const credentials = RegistryCredentials.publicDemoValues(chart, 'endpoint-secret', LAB.registryLogin);
      const source = registrySource(credentials);
      disk = new DataVolumeImport(chart, 'alpine-boot', { ...LAB_DISK, source, contentType: ContentType.KUBEVIRT });
      return { next: [waitForDisk(disk)], look: [showDisks(disk)] };
    });
    return disk;
  }
}
