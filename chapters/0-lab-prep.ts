import { Cdi, KubeVirt, Toleration, UploadProxyService } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { Chapter } from './chapter';
import { expecting, Named, reference, remove, showField, waitForCondition, waitForField } from './commands';
import { LAB } from './lab';

const RELEASES = 'https://github.com/kubevirt';
const KUBEVIRT_RELEASE = `${RELEASES}/kubevirt/releases/download/${LAB.kubevirtVersion}`;
const CDI_RELEASE = `${RELEASES}/containerized-data-importer/releases/download/${LAB.cdiVersion}`;
const OPERATORS = [`${KUBEVIRT_RELEASE}/kubevirt-operator.yaml`, `${CDI_RELEASE}/cdi-operator.yaml`];

const LINUX = { 'kubernetes.io/os': 'linux' };

/**
 * What the CDI object of CDI's release says: manifests/templates/release/cdi-cr.yaml.in (v1.63.1). Without the node
 * selectors a pod of CDI may be sent to a Windows node.
 */
const CDI_RELEASE_SETTINGS = {
  featureGates: ['HonorWaitForFirstConsumer', 'WebhookPvcRendering'],
  infrastructure: { nodeSelector: LINUX, tolerations: [Toleration.exists('CriticalAddonsOnly')] },
  workloads: { nodeSelector: LINUX },
};

/** Chapter 0: KubeVirt, CDI and the way in for uploads. */
export class LabPrep extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 0: preparing the lab',
      shows: 'KubeVirt and CDI are installed by their operators; what they do is one declared object each.',
      needs:
        'a cluster of two nodes or more with its storage classes, external-snapshotter v8 (its CRDs and its controller), ' +
        'a load balancer, and kubectl 1.31 or later',
    });
    this.remark(GATES);
    this.checkCluster();
    this.installOperators();
    const kubevirt = this.configureKubevirt();
    const cdi = this.configureCdi();
    const proxy = this.openUploadProxy();
    this.cleanUp(
      '# only after the clean-up of the other chapters: VMs and DataVolumes go with KubeVirt and CDI',
      remove('service', proxy),
      remove('cdi', cdi),
      remove('kubevirt', kubevirt),
      ...OPERATORS.map((url) => `kubectl delete -f ${url} --ignore-not-found`),
      `rm -rf ${LAB.workFolder}`,
    );
  }

  private checkCluster(): void {
    const names = Object.values(LAB.storageClass).filter((name) => name !== LAB.storageClass.block2);
    this.run({
      title: 'See what the cluster has',
      text: `\`${LAB.storageClass.block2}\` is made in chapter 1.5. Other names than the lab's go into \`chapters/lab.ts\`.`,
      commands: [
        'kubectl get nodes',
        `kubectl get storageclass ${names.join(' ')}`,
        'kubectl get crd volumesnapshots.snapshot.storage.k8s.io volumesnapshotclasses.snapshot.storage.k8s.io',
      ],
    });
  }

  private installOperators(): void {
    const operators = [
      { name: 'virt-operator', namespace: LAB.kubevirtNamespace },
      { name: 'cdi-operator', namespace: LAB.cdiNamespace },
    ];
    this.run({
      title: 'Install the operators',
      commands: [
        ...OPERATORS.map((url) => `kubectl apply -f ${url}`),
        ...operators.map((operator) => waitForCondition('deployment', operator, 'Available', '5m')),
      ],
    });
    this.run({
      title: 'Install virtctl',
      commands: [
        `curl -fL --create-dirs -o ${LAB.workFolder}/virtctl ${KUBEVIRT_RELEASE}/virtctl-${LAB.kubevirtVersion}-linux-amd64`,
        `sudo install -m 0755 ${LAB.workFolder}/virtctl /usr/local/bin/virtctl`,
      ],
      look: ['virtctl version --client'],
    });
  }

  private configureKubevirt(): Named {
    const place = { title: 'Configure KubeVirt', namespace: LAB.kubevirtNamespace };
    const kubevirt = { name: 'kubevirt', namespace: LAB.kubevirtNamespace };
    this.apply('1-kubevirt', place, (chart) => {
      new KubeVirt(chart, kubevirt.name, {
        useEmulation: true,
        featureGates: ['DeclarativeHotplugVolumes', 'ExpandDisks'],
      });
      return {
        next: [waitForCondition('kubevirt', kubevirt, 'Available', '15m')],
        look: [showField('kubevirt', kubevirt, '.spec.configuration.developerConfiguration')],
      };
    });
    return kubevirt;
  }

  private configureCdi(): Named {
    const cdi = { name: 'cdi' };
    this.apply('2-cdi', { title: 'Configure CDI' }, (chart) => {
      new Cdi(chart, cdi.name, {
        uploadProxyUrl: LAB.uploadProxyUrl,
        insecureRegistries: [LAB.registry],
        scratchSpaceStorageClassName: LAB.storageClass.scratch,
        ...CDI_RELEASE_SETTINGS,
      });
      return {
        next: [waitForCondition('cdi', cdi, 'Available', '15m')],
        look: [
          expecting(LAB.uploadProxyUrl, showField('cdiconfig', { name: 'config' }, '.status.uploadProxyURL')),
          '# one for each storage class\nkubectl get storageprofile',
        ],
      };
    });
    return cdi;
  }

  private openUploadProxy(): Named {
    const proxy = { name: 'cdi-uploadproxy-lb', namespace: LAB.cdiNamespace };
    const text = `The load balancer must give it the address of \`uploadProxyUrl\` in \`chapters/lab.ts\`, ${LAB.uploadProxyUrl}.`;
    this.apply('3-upload-proxy', { title: 'Open the upload proxy', text, namespace: LAB.cdiNamespace }, (chart) => {
      new UploadProxyService(chart, proxy.name);
      return {
        next: [waitForField('service', proxy, '.status.loadBalancer.ingress[*].ip')],
        look: [`kubectl get ${reference('service', proxy)}`, expecting('OK', `curl -k ${LAB.uploadProxyUrl}/healthz`)],
      };
    });
    return proxy;
  }
}

const GATES = `## Where this departs from the lab

The lab sets its feature gates by merge patches: first HotplugVolumes and DeclarativeHotplugVolumes, then ExpandDisks. A
merge patch replaces a list, so the last one loses the first two; one declared object does not. And HotplugVolumes, once
listed, switches the declarative hotplug off, while DeclarativeHotplugVolumes alone serves \`virtctl addvolume\` too. So
the two gates declared here are DeclarativeHotplugVolumes and ExpandDisks.`;
