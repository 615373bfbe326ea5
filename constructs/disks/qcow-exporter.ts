import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  addObject,
  checkOverrides,
  checkProps,
  OBJECT_PROPS,
  objectName,
  objectNamespace,
  ObjectProps,
} from '../shared/api-object';
import { checkServiceName, checkText, checkWholeNumber } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { VolumeMode } from '../storage/claim-modes';
import { checkDisk, checkDiskNamespace, IDisk } from '../storage/disk';
import { DataVolumeSource } from './data-volume-source';

/** Where the raw device is in the exporter, and the image that is made of it. */
const DEVICE = '/dev/srcdisk';
const FOLDER = '/data';
const IMAGE = 'src.qcow2';

/** An image that holds qemu-img and Python. */
const DEFAULT_IMAGE = 'quay.io/kubevirt/container-disk-v1alpha:latest';
const DEFAULT_PORT = 8080;

/** A disk that leaves its storage. */
export interface QcowExporterProps extends ObjectProps {
  /** The disk, of volume mode `Block`; no VM may run on it meanwhile. */
  readonly disk: IDisk;

  /**
   * Container image with `sh`, `qemu-img` and `python3`.
   *
   * @default 'quay.io/kubevirt/container-disk-v1alpha:latest'
   */
  readonly image?: string;

  /**
   * Port of the web server and of its Service.
   *
   * @default 8080
   */
  readonly port?: number;

  /**
   * The escape hatch of the Service; `overrides` is that of the Pod.
   *
   * @default - no changes
   */
  readonly serviceOverrides?: { readonly [field: string]: unknown };
}

const PROPS: KnownKeys<QcowExporterProps> = {
  ...OBJECT_PROPS,
  disk: true,
  image: true,
  port: true,
  serviceOverrides: true,
};

/**
 * A Pod that converts a raw device to qcow2 and a Service that serves it: the way from one kind of
 * storage to another that works where a clone cannot. Import it by `source`.
 *
 * @see https://www.qemu.org/docs/master/tools/qemu-img.html
 */
export class QcowExporter extends Construct {
  /** Address of the image, inside the cluster. */
  public readonly url: string;

  /** Name of the Pod and of the Service. */
  public readonly name: string;

  /** Namespace of the Pod and of the Service: that of the disk. */
  public readonly namespace: string;

  private readonly port: number;

  /**
   * Serves a disk as a qcow2 image inside the cluster, once it is applied.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the Pod and of the Service, unless `name` says otherwise.
   * @param props The disk, and how it is served.
   * @throws if the disk is not a block device, or its namespace is not known.
   */
  public constructor(scope: Construct, id: string, props: QcowExporterProps) {
    super(...placed(scope, id));
    this.namespace = checkExporter(new Faults(this.node.path), scope, id, props);
    this.name = objectName(id, props);
    this.port = props.port ?? DEFAULT_PORT;
    this.url = `http://${this.name}.${this.namespace}.svc.cluster.local:${this.port}/${IMAGE}`;
    const selector = { app: props.labels?.app ?? this.name };
    const ofPod = { ...props, namespace: this.namespace, labels: { ...selector, ...props.labels } };
    addObject(this, k8s.KubePod, ofPod, {
      spec: renderPod(props.disk.claimName, props.image ?? DEFAULT_IMAGE, this.port),
    });
    const ofService = { ...props, namespace: this.namespace, overrides: props.serviceOverrides };
    const ports = [{ port: this.port, targetPort: k8s.IntOrString.fromNumber(this.port) }];
    addObject(this, k8s.KubeService, ofService, { spec: { selector, ports } }, { id: 'Service' });
  }

  /** The exported image as the source of a DataVolume. */
  public get source(): DataVolumeSource {
    return DataVolumeSource.http(this.url);
  }
}

/** Refuses props that are wrong; returns the namespace of the exporter. */
function checkExporter(faults: Faults, scope: Construct, id: string, props: QcowExporterProps): string {
  checkProps(faults, id, props, PROPS, checkServiceName);
  const namespace = objectNamespace(faults, scope, props) ?? props.disk?.namespace;
  checkDisk(faults, 'disk', props.disk);
  checkOverrides(faults, 'serviceOverrides', props.serviceOverrides);
  checkWholeNumber(faults, 'port', props.port, 1, 65535);
  if (props.image !== undefined) checkText(faults, 'image', props.image);
  if (namespace === undefined) {
    faults.add('namespace', 'be given', undefined, 'its address needs one: set it here, on the chart or on the disk');
  }
  checkDiskNamespace(faults, props.disk, namespace, 'exporter');
  if (props.disk?.volumeMode === VolumeMode.FILESYSTEM) {
    faults.add('disk', `be of volume mode '${VolumeMode.BLOCK}'`, VolumeMode.FILESYSTEM);
  }
  faults.refuse();
  return namespace ?? '';
}

function renderPod(claimName: string, image: string, port: number): k8s.PodSpec {
  const script = [
    'set -e',
    `mkdir -p ${FOLDER}`,
    `qemu-img convert -f raw -O qcow2 ${DEVICE} ${FOLDER}/${IMAGE}`,
    `python3 -m http.server ${port} --directory ${FOLDER}`,
  ];
  return {
    restartPolicy: 'Never',
    containers: [
      {
        name: 'exporter',
        image,
        command: ['/bin/sh', '-c', `${script.join('\n')}\n`],
        volumeDevices: [{ name: 'src', devicePath: DEVICE }],
        ports: [{ containerPort: port }],
      },
    ],
    volumes: [{ name: 'src', persistentVolumeClaim: { claimName } }],
  };
}
