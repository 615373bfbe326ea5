import { Construct } from 'constructs';
import { Cdi, KubeVirt, UploadProxyService } from '../constructs';
import { Chapter } from './chapter';
import { LAB } from './lab';

const RELEASES = 'https://github.com/kubevirt';

/** Chapter 0: KubeVirt, CDI and the way in for uploads. */
export class LabPrep extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 0: preparing the lab',
      shows: 'KubeVirt and CDI are installed by their operators; what they do is one declared object each.',
    });
    this.remark(GATES);
    this.installOperators();
    this.configure();
    this.cleanUp(
      `kubectl delete service/cdi-uploadproxy-lb -n ${LAB.cdiNamespace} --ignore-not-found`,
      'kubectl delete cdi/cdi --ignore-not-found',
      `kubectl delete kubevirt/kubevirt -n ${LAB.kubevirtNamespace} --ignore-not-found`,
    );
  }

  private installOperators(): void {
    const { kubevirtVersion, cdiVersion } = LAB;
    this.run('Install the operators', [
      `kubectl apply -f ${RELEASES}/kubevirt/releases/download/${kubevirtVersion}/kubevirt-operator.yaml`,
      `kubectl apply -f ${RELEASES}/containerized-data-importer/releases/download/${cdiVersion}/cdi-operator.yaml`,
      `kubectl wait deployment/virt-operator -n ${LAB.kubevirtNamespace} --for=condition=Available --timeout=5m`,
      `kubectl wait deployment/cdi-operator -n ${LAB.cdiNamespace} --for=condition=Available --timeout=5m`,
    ]);
    this.run('Install virtctl', [
      `curl -fL -o virtctl ${RELEASES}/kubevirt/releases/download/${kubevirtVersion}/virtctl-${kubevirtVersion}-linux-amd64`,
      'sudo install -m 0755 virtctl /usr/local/bin/virtctl',
      'virtctl version --client',
    ]);
  }

  private configure(): void {
    this.apply('1-kubevirt', 'Configure KubeVirt', { namespace: LAB.kubevirtNamespace }, (chart) => {
      new KubeVirt(chart, 'kubevirt', {
        useEmulation: true,
        featureGates: ['DeclarativeHotplugVolumes', 'ExpandDisks'],
      });
      const where = `kubevirt/kubevirt -n ${LAB.kubevirtNamespace}`;
      return {
        next: [`kubectl wait ${where} --for=condition=Available --timeout=15m`],
        look: [`kubectl get ${where} -o jsonpath='{.spec.configuration.developerConfiguration}{"\\n"}'`],
      };
    });
    this.apply('2-cdi', 'Configure CDI', {}, (chart) => {
      new Cdi(chart, 'cdi', {
        uploadProxyUrl: LAB.uploadProxyUrl,
        insecureRegistries: [LAB.registry],
        scratchSpaceStorageClassName: LAB.storageClass.scratch,
      });
      return {
        next: ['kubectl wait cdi/cdi --for=condition=Available --timeout=15m'],
        look: ['kubectl get cdiconfig/config -o jsonpath=\'{.status}{"\\n"}\'', 'kubectl get storageprofile'],
      };
    });
    this.apply('3-upload-proxy', 'Open the upload proxy', { namespace: LAB.cdiNamespace }, (chart) => {
      new UploadProxyService(chart, 'cdi-uploadproxy-lb');
      return { look: [`kubectl get service/cdi-uploadproxy-lb -n ${LAB.cdiNamespace}`] };
    });
  }
}

const GATES = `## Where this departs from the lab

The lab sets its feature gates by merge patches: first HotplugVolumes and DeclarativeHotplugVolumes, then ExpandDisks. A
merge patch replaces a list, so the last one loses the first two; one declared object does not. And HotplugVolumes, once
listed, switches the declarative hotplug off, while DeclarativeHotplugVolumes alone serves \`virtctl addvolume\` too. So
the two gates declared here are DeclarativeHotplugVolumes and ExpandDisks.`;
