import { ClaimedDisk, Quantity, VolumeMode } from 'cdk8s-kubevirt';
import { claimOf, inNamespace, reference, waitForDisk, waitForField } from './commands';
import { Image, LAB } from './lab';
import { shellWord, variable, WORK_FOLDER } from './shell';

/** What the load balancer gave a Service: an address or, in some clouds, a host name. */
export const GIVEN_ADDRESS = '{.status.loadBalancer.ingress[*].ip}{.status.loadBalancer.ingress[*].hostname}';

/** Reads the address of the upload proxy from its Service; `$proxy` holds it then. */
export const READ_PROXY = `proxy=https://$(kubectl get ${reference('service', LAB.uploadProxy)} -o jsonpath='${GIVEN_ADDRESS}'):443`;

/** Downloads an image, unless it is there as a whole; `$image` is its path then. */
export function download({ file, from }: Image): string {
  const image = variable('image', LAB.workFolder + file);
  return [
    `image=${WORK_FOLDER}/${shellWord(file)}`,
    `test -f ${image} || { curl -fL --create-dirs -o ${image}.part ${shellWord(from)}/${shellWord(file)} && mv ${image}.part ${image}; }`,
  ].join('\n');
}

/** Downloads an image, unless it is there, and uploads it into a claim that waits for it. */
export function uploadIntoClaim(disk: ClaimedDisk, image: Image): string[] {
  return [download(image), READ_PROXY, imageUpload('pvc', disk)];
}

/** As `uploadIntoClaim`, into a DataVolume: virtctl takes one whose upload server stands ready. */
export function uploadIntoDataVolume(disk: ClaimedDisk, image: Image): string[] {
  const ready = waitForField('datavolume', claimOf(disk), '.status.phase', 'UploadReady');
  return [download(image), READ_PROXY, ready, imageUpload('dv', disk), waitForDisk(disk)];
}

/** Flags: pkg/virtctl/imageupload/imageupload.go of v1.6.2. */
function imageUpload(kind: 'pvc' | 'dv', disk: ClaimedDisk): string {
  const flags = [
    ...(disk.size === undefined ? [] : [`--size=${Quantity.format(disk.size)}`]),
    ...(disk.accessModes ?? []).map((mode) => `--access-mode=${mode}`),
    `--volume-mode=${disk.volumeMode === VolumeMode.FILESYSTEM ? 'filesystem' : 'block'}`,
    ...(disk.storageClassName === undefined ? [] : [`--storage-class=${shellWord(disk.storageClassName)}`]),
  ];
  return [
    `virtctl image-upload ${kind} ${disk.claimName}${inNamespace(disk)}`,
    `  ${flags.join(' ')}`,
    `  --image-path=$image --uploadproxy-url=$proxy --insecure`,
  ].join(' \\\n');
}
