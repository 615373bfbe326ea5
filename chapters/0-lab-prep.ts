import { Cdi, KubeVirt, Toleration, UploadProxyService } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { Chapter } from './chapter';
import { CLUSTER_CHECKS } from './cluster-check';
import {
  expecting,
  inNamespace,
  Named,
  reference,
  remove,
  showField,
  waitForCondition,
  waitForField,
} from './commands';
import { DASHBOARD } from './dashboard';
import { LAB } from './lab';
import { PREP_TEXTS } from './prep-texts';
import { shellWord, WORK_FOLDER } from './shell';
import { READ_PROXY } from './upload';

const RELEASES = 'https://github.com/kubevirt';
const KUBEVIRT_RELEASE = `${RELEASES}/kubevirt/releases/download/${shellWord(LAB.kubevirtVersion)}`;
const CDI_RELEASE = `${RELEASES}/containerized-data-importer/releases/download/${shellWord(LAB.cdiVersion)}`;
const ORAS_RELEASE =
  `https://github.com/oras-project/oras/releases/download/${shellWord(LAB.orasVersion)}/` +
  `oras_${shellWord(LAB.orasVersion.slice(1))}_linux_amd64.tar.gz`;
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

/** Chapter 0: KubeVirt, CDI, the way in for uploads, and a dashboard. */
export class LabPrep extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 0: preparing the lab',
      shows: 'KubeVirt and CDI are installed by their operators; what they do is one declared object each.',
      needs:
        'a cluster of two Linux nodes or more with the storage classes of step 2, external-snapshotter v8 (its CRDs and its controller), a load balancer, ' +
        'the Internet for pods, and kubectl 1.31 or later on a Linux machine',
    });
    this.remark(PREP_TEXTS.gates);
    for (const check of CLUSTER_CHECKS) this.run(check);
    this.installOperators();
    this.configureKubevirt();
    this.configureCdi();
    const proxy = this.openUploadProxy();
    this.openDashboard();
    this.hangs(...PREP_TEXTS.hangs, DASHBOARD.hangs);
    this.cleanUp(...cleanUp(proxy));
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
        `curl -fL --create-dirs -o ${WORK_FOLDER}/virtctl ${KUBEVIRT_RELEASE}/virtctl-${shellWord(LAB.kubevirtVersion)}-linux-amd64`,
        `sudo install -m 0755 ${WORK_FOLDER}/virtctl /usr/local/bin/virtctl`,
      ],
      look: ['virtctl version --client'],
    });
    this.run({
      title: 'Install ORAS',
      text: 'It shows in chapter 1.2 what a registry holds.',
      commands: [
        `curl -fL --create-dirs -o ${WORK_FOLDER}/oras.tar.gz ${ORAS_RELEASE}`,
        `tar -xzf ${WORK_FOLDER}/oras.tar.gz -C ${WORK_FOLDER} oras`,
        `sudo install -m 0755 ${WORK_FOLDER}/oras /usr/local/bin/oras`,
      ],
      look: ['oras version'],
    });
  }

  private configureKubevirt(): void {
    const place = { title: 'Configure KubeVirt', text: PREP_TEXTS.emulation, namespace: LAB.kubevirtNamespace };
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
  }

  private configureCdi(): void {
    const cdi = { name: 'cdi' };
    this.apply('2-cdi', { title: 'Configure CDI', text: PREP_TEXTS.cdi }, (chart) => {
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
  }

  private openUploadProxy(): Named {
    const { name, namespace } = LAB.uploadProxy;
    this.apply('3-upload-proxy', { title: 'Open the upload proxy', text: PREP_TEXTS.proxy, namespace }, (chart) => {
      new UploadProxyService(chart, name);
      return {
        next: [waitForField('service', LAB.uploadProxy, '.status.loadBalancer.ingress')],
        look: [
          `kubectl get ${reference('service', LAB.uploadProxy)}`,
          READ_PROXY,
          `test "$proxy" = ${LAB.uploadProxyUrl} || echo "chapters/lab.ts says ${LAB.uploadProxyUrl}, the Service $proxy"`,
          expecting('OK', 'curl -k $proxy/healthz'),
        ],
      };
    });
    return LAB.uploadProxy;
  }

  private openDashboard(): void {
    const { title, text } = DASHBOARD;
    this.apply('4-dashboard', { title, text }, (chart) => DASHBOARD.addTo(chart));
  }
}

/** Stops where VMs or DataVolumes are left: KubeVirt and CDI would take them along. */
function cleanUp(proxy: Named): string[] {
  const inPlace = (type: string, flags = ''): string =>
    `kubectl get ${type}${flags} -o name 2> /dev/null | xargs -r kubectl delete${flags}`;
  return [
    '# only after the clean-up of the other chapters: this stops where VMs or DataVolumes are left',
    // A cluster that does not answer has not said that it is gone.
    'left=$(for kind in vm datavolume; do kubectl get $kind -A -o name 2> /dev/null; done || true)',
    'kubectl get namespace -o name > /dev/null || left="(the cluster gives no answer)"',
    'if [ -n "$left" ]; then echo "clean up the other chapters first: $left"; else',
    ...DASHBOARD.cleanUp.map((command) => `  ${command}`),
    `  kubectl delete volumesnapshotclass -l ${shellWord(LAB.madeByLab)}`,
    `  ${remove('service', proxy)}`,
    `  ${inPlace('cdi')}`,
    `  ${inPlace('kubevirt', inNamespace({ namespace: LAB.kubevirtNamespace }))}`,
    ...OPERATORS.map((url) => `  kubectl delete -f ${url} --ignore-not-found`),
    `  rm -rf ${WORK_FOLDER}`,
    'fi',
  ];
}
